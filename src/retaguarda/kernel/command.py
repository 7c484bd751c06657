"""A command: a frozen, typed dataclass whose signature is form, validation, help, permission, JSON and audit row.

`parse` reads one from JSON and names every fault at once; `check` does the same for one built in Python;
`dump` writes the form that the journal keeps (secrets as `***`).
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Kind, Secret, Text, ValueFault

MOST_LINES = 1000
_WORD = re.compile(r"(?<!^)(?=[A-Z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """What changes business data. Subclasses are frozen dataclasses with a docstring: the help a person reads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A row inside a command (an order line, an address)."""


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """One field as the signature says: its kind, or the part class whose rows it holds (`many`)."""

    name: str
    kind: Kind | None
    part: type[Part] | None
    required: bool
    nullable: bool
    default: Any
    least_rows: int = 0
    most_rows: int = MOST_LINES


@dataclass(frozen=True, slots=True)
class Rows(Kind):
    """Marks a `tuple[Part, …]` field that needs at least `least` rows and takes `most`."""

    least: int = 0
    most: int = MOST_LINES


_FIELDS: dict[type[Any], tuple[FieldSpec, ...]] = {}
_NAMES: dict[type[Any], str] = {}


def name_of(command: type[Command]) -> str:
    """`sales.confirm_order` for ConfirmOrder of the module sales: name, permission and key of texts."""
    known = _NAMES.get(command)
    if known is None:
        known = _NAMES[command] = f"{module_of(command)}.{_WORD.sub('_', command.__name__).lower()}"
    return known


def module_of(part: type[Any]) -> str:
    """The name of the module whose folder a class stands in."""
    parts = part.__module__.split(".")
    return parts[parts.index("modules") + 1] if "modules" in parts else parts[-1]


def fields_of(part: type[Any]) -> tuple[FieldSpec, ...]:
    """The fields of a command or part, in the order of its signature."""
    known = _FIELDS.get(part)
    if known is None:
        known = _FIELDS[part] = _read_fields(part)
    return known


def _read_fields(part: type[Any]) -> tuple[FieldSpec, ...]:
    hints = get_type_hints(part, include_extras=True)
    return tuple(
        _spec(f.name, hints[f.name], None if f.default is MISSING else f.default, f.default is MISSING)
        for f in fields(part)
    )


def _spec(name: str, hint: Any, default: Any, required: bool) -> FieldSpec:
    nullable = False
    if get_origin(hint) in (Union, UnionType):
        options = [a for a in get_args(hint) if a is not NoneType]
        nullable, hint = len(options) < len(get_args(hint)), options[0]
    kind: Kind | None = None
    if get_origin(hint) is Annotated:
        hint, *extras = get_args(hint)
        kind = next((k for k in extras if isinstance(k, Kind)), None)
    part = None
    if get_origin(hint) is tuple and is_dataclass(inner := get_args(hint)[0]):
        part = inner
    if kind is None and part is None:
        raise TypeError(f"field {name!r} of a command needs a kind")
    rows = kind if isinstance(kind, Rows) else Rows()
    many = (rows.least, rows.most)
    return FieldSpec(name, None if part else kind, part, required, nullable, default, *many)  # type: ignore[arg-type]


def parse[P: Command | Part](cls: type[P], values: Mapping[str, Any]) -> P:
    """Builds `cls` from JSON values; raises `Invalid` with every fault (unknown fields among them)."""
    faults: list[Fault] = []
    built: P | None = _build(cls, values, "", faults)
    if faults or built is None:
        raise Invalid(*faults)
    return built


def _build(cls: type[Any], values: Any, path: str, faults: list[Fault]) -> Any:
    if not isinstance(values, (dict, Mapping)):  # most are, and to ask that is much cheaper
        faults.append(Fault(path.rstrip("."), "kernel.not_a_record"))
        return None
    specs = fields_of(cls)
    known = {s.name for s in specs}
    before = len(faults)
    for name in values:
        if name not in known:
            faults.append(Fault(f"{path}{name}", "kernel.unknown_field", {"known": ", ".join(sorted(known))}))
    out: dict[str, Any] = {}
    for spec in specs:
        where = path + spec.name
        if spec.name not in values or (values[spec.name] is None and spec.nullable):
            if spec.required and not (spec.name in values and spec.nullable):
                faults.append(Fault(where, "kernel.required"))
            elif spec.name in values:
                out[spec.name] = None
            continue
        out[spec.name] = _clean(spec, values[spec.name], where, faults)
    return cls(**out) if len(faults) == before else None


def _clean(spec: FieldSpec, value: Any, where: str, faults: list[Fault]) -> Any:
    if spec.part is not None:
        if not isinstance(value, list | tuple):
            faults.append(Fault(where, "kernel.not_a_list"))
        elif len(value) < spec.least_rows:
            faults.append(Fault(where, "kernel.too_few", {"least": spec.least_rows}))
        elif len(value) > spec.most_rows:
            faults.append(Fault(where, "kernel.too_many", {"most": spec.most_rows}))
        else:
            return tuple(_row(spec.part, v, f"{where}.{i + 1}.", faults) for i, v in enumerate(value))
        return None
    assert spec.kind is not None
    if value is None or (value == "" and spec.required and not isinstance(spec.kind, Text)):
        faults.append(Fault(where, "kernel.required"))
        return None
    try:
        cleaned = spec.kind.clean(value)
    except ValueFault as fault:
        faults.append(Fault(where, fault.code, fault.params))
        return None
    if cleaned == "" and spec.required and isinstance(spec.kind, Text):
        faults.append(Fault(where, "kernel.required"))
    return cleaned


def _row(part: type[Any], value: Any, path: str, faults: list[Fault]) -> Any:
    if isinstance(value, part):
        value = {s.name: getattr(value, s.name) for s in fields_of(part)}
    return _build(part, value, path, faults)


def check[C: Command](command: C) -> C:
    """The same command with every field cleaned; raises `Invalid` naming every fault."""
    return parse(type(command), {s.name: getattr(command, s.name) for s in fields_of(type(command))})


def dump(part: Command | Part) -> dict[str, Any]:
    """JSON values of a command; what `parse` reads back, secrets excepted. What was not said is not in it."""
    out: dict[str, Any] = {}
    for spec in fields_of(type(part)):
        value = getattr(part, spec.name)
        if value is None:
            if spec.required or spec.default is not None:
                out[spec.name] = None
        elif spec.part is not None:
            out[spec.name] = [dump(row) for row in value]
        else:
            assert spec.kind is not None
            out[spec.name] = spec.kind.dump(value)
    return out


def has_secret(command: type[Any], shown: Container[str] | None = None) -> bool:
    """Whether any field (of those `shown`) is a `Secret`, so that what is typed is never kept as a draft."""
    return any(isinstance(s.kind, Secret) for s in fields_of(command) if shown is None or s.name in shown)
