"""Payloads that a command should take as the company stands, and payloads that it must not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from retaguarda.app.compose import registry
from retaguarda.kernel.command import Command, FieldSpec, fields_of
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.kinds import Day, Kind, Number, Ref, Text, Version, Whole
from tests.helpers.payloads import fitting, wrong
from tests.stateful.standing import NO_ROW, NothingStandsError, Standing
from tests.stateful.values import VALUES

Payload = dict[str, Any]


def legal(standing: Standing, name: str) -> Payload:
    """A payload for a record that offers the command; raises where nothing does."""
    values = VALUES.get(name)
    command = registry().handled(name).command
    subject, row = _subject(standing, name, command, told=values is not None)
    out = dict(values(standing, row)) if values else {}
    for spec in fields_of(command):
        if spec.required and spec.name not in out:
            out[spec.name] = _key(row, spec.name) if spec is subject and row else _value(standing, spec)
    return out


def _subject(standing: Standing, name: str, command: type[Command], told: bool) -> tuple[FieldSpec | None, Any]:
    """The field of the record that the command is for, and a row that offers it (`NO_ROW`: its values say it)."""
    refs = [spec for spec in fields_of(command) if isinstance(spec.kind, Ref)]
    subject = next((spec for spec in refs if spec.required), None)
    try:
        return subject, standing.offered(name)
    except NothingStandsError:
        if told or subject is None:
            return subject, NO_ROW
        raise


def _key(row: Any, field: str) -> str:
    return str(getattr(row, field, None) or row.id)


def _value(standing: Standing, spec: FieldSpec) -> Any:
    assert spec.kind is not None, f"{spec.name}: the rows of a command are said in values"
    kind: Kind = spec.kind
    if isinstance(kind, Ref):
        return standing.key(kind.table)
    if isinstance(kind, Day):
        return standing.day()
    if isinstance(kind, Number):
        return standing.whole() if kind.most > 1 else "0.05"
    if isinstance(kind, Text) and spec.name in ("code", "name", "login"):
        return standing.word()
    return fitting(kind)


# -- what must not be


def illegal(standing: Standing, name: str) -> Payload:
    """A payload with something wrong in it: what it names, what it says, or that it comes too late."""
    try:
        payload = legal(standing, name)
    except NothingStandsError:
        payload = _of_anything(standing, name)
    ways = [way for way in SPOILING if way(standing, name, dict(payload))]
    if not ways:
        return {**payload, "nonsense": 1}
    spoiled = dict(payload)
    standing.one_of(ways)(standing, name, spoiled)
    return spoiled


def _of_anything(standing: Standing, name: str) -> Payload:
    out = {}
    for spec in fields_of(registry().handled(name).command):
        if spec.required:
            out[spec.name] = [{}] * spec.least_rows if spec.part is not None else _value(standing, spec)
    return out


def _specs(name: str, kind: type[Kind]) -> list[FieldSpec]:
    return [spec for spec in fields_of(registry().handled(name).command) if isinstance(spec.kind, kind)]


def _of_nothing(standing: Standing, name: str, payload: Payload) -> bool:
    """A key that no record has."""
    found = _specs(name, Ref)
    if found:
        payload[standing.one_of(found).name] = new_id()
    return bool(found)


def _of_another(standing: Standing, name: str, payload: Payload) -> bool:
    """Any record of the table, however it stands."""
    found = [spec for spec in _specs(name, Ref) if spec.required]
    if found:
        spec = standing.one_of(found)
        assert isinstance(spec.kind, Ref)
        payload[spec.name] = standing.key(spec.kind.table)
    return bool(found)


def _stale(_standing: Standing, name: str, payload: Payload) -> bool:
    """A version that the record does not have yet."""
    found = _specs(name, Version)
    if found:
        payload[found[0].name] = 999_999
    return bool(found)


def _too_much(standing: Standing, name: str, payload: Payload) -> bool:
    """The largest number that the field takes, in the head or in a line."""
    found = [spec for spec in (*_specs(name, Number), *_specs(name, Whole)) if not isinstance(spec.kind, Version)]
    lines = [value for value in payload.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
    if lines and (not found or standing.chance.random() < 0.7):
        lines[0][0] = {
            **lines[0][0],
            **({"quantity": "9999999"} if "quantity" in lines[0][0] else {"amount": "9999999"}),
        }
        return True
    if found:
        spec = standing.one_of(found)
        most = spec.kind.most  # type: ignore[union-attr]
        payload[spec.name] = most if isinstance(spec.kind, Whole) else format(most, "f")
    return bool(found)


def _wrong(standing: Standing, name: str, payload: Payload) -> bool:
    """A value that no field of its kind takes."""
    specs = fields_of(registry().handled(name).command)
    if specs:
        spec = standing.one_of(specs)
        payload[spec.name] = standing.one_of(list(wrong(spec)))
    return bool(specs)


Way = Callable[[Standing, str, Payload], bool]
SPOILING: tuple[Way, ...] = (_of_nothing, _of_another, _of_another, _stale, _too_much, _too_much, _wrong)
"""Each spoils the payload and says so; the ones that the office itself must see through come twice."""
