"""Payloads of any command, made from its signature: a worked example, and everything that is wrong with a field."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from retaguarda.kernel.command import Command, FieldSpec, Part, fields_of
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.kinds import (
    Choice,
    Codes,
    Day,
    Flag,
    Instant,
    Kind,
    Number,
    Picture,
    Ref,
    Secret,
    Text,
    Version,
    Whole,
)
from tests.helpers.pictures import drawn

DAY = dt.date(2026, 11, 30)
DEEP = {"a": [{"b": [1, 2, {"c": "d"}]}]}


def worked_example(command: type[Command | Part], *, full: bool = True) -> dict[str, Any]:
    """Values that the signature takes; whether records of these keys exist is another matter."""
    return {spec.name: _fitting(spec, full=full) for spec in fields_of(command) if full or spec.required}


def _fitting(spec: FieldSpec, *, full: bool) -> Any:
    if spec.part is not None:
        return [worked_example(spec.part, full=full) for _ in range(max(1, spec.least_rows))]
    assert spec.kind is not None
    return fitting(spec.kind)


def fitting(kind: Kind) -> Any:
    """One value the kind takes, as JSON has it."""
    if isinstance(kind, Text):
        return ("Texto de exemplo " * (kind.least // 16 + 1))[: max(kind.least, min(kind.most, 12))].strip() or "x"
    if isinstance(kind, Number):
        return _number(kind)
    if isinstance(kind, Version):
        return 1
    if isinstance(kind, Whole):
        return min(max(kind.least, 1), kind.most)
    if isinstance(kind, Flag):
        return True
    if isinstance(kind, Day):
        return DAY.isoformat()
    if isinstance(kind, Instant):
        return "2026-11-30T10:00:00-03:00"
    if isinstance(kind, Choice):
        return kind.options[0]
    if isinstance(kind, Ref):
        return new_id()
    if isinstance(kind, Codes):
        return ["abc"]
    if isinstance(kind, Picture):
        return kind.dump(drawn())
    raise TypeError(f"no example for {type(kind).__name__}")


def _number(kind: Number) -> str:
    least = kind.least if kind.least is not None else kind.above if kind.above is not None else Decimal(0)
    value = least + (kind.most - least) / 2 if kind.most < 2 else least + 1
    return format(value, "f")


def wrong(spec: FieldSpec) -> Iterator[Any]:
    """Values that no field of this kind may take, whatever the data."""
    if spec.part is not None:
        yield from ("x", 7, {}, [7], [None], [[]], [{}] * 1001, [{"nonsense": 1}])
        for inner in fields_of(spec.part):
            for value in wrong(inner):
                yield [{**worked_example(spec.part, full=False), inner.name: value}]
        return
    assert spec.kind is not None
    yield from (DEEP, [[1]], object)
    if not isinstance(spec.kind, Flag):
        yield True
    yield from _wrong_of_kind(spec.kind)
    if spec.required and not spec.nullable:
        yield None


_BAD_NUMBERS = (
    *(1.5, float("nan"), float("inf"), "NaN", "Infinity", "-sNaN", "1e5", "1,5", "abc", "", "1.1234567"),
    *("99999999999999999999", 10**30, "--1", "0x10", "١٢", Decimal("NaN"), Decimal("1E+40")),
)
_BAD: Mapping[type[Kind], tuple[Any, ...]] = {
    Text: (7, "x" * 1_000_000),
    Whole: (-1, 1.0, "1", 10**30, float("nan")),
    Version: (0, -1, 1.0, "1", 10**30),
    Flag: (0, 1, "true", "yes"),
    Day: ("2026-02-30", "30/11/2026", "1800-01-01", "9999-12-31", 20261130, "", "2026-11-30T10:00"),
    Instant: ("2026-11-30T10:00:00", "yesterday", 5, "0001-01-01T00:00:00+14:00"),
    Choice: ("nonsense", "", 7, "\x00"),
    Ref: ("", "nonsense", 7, "g" * 32, "a" * 31, "a" * 33, "' OR 1=1 --"),
    Codes: ("abc", [7], [""], ["x" * 81], ["a\x00"]),
    Number: _BAD_NUMBERS,
    Picture: (7, "", "abc", "aGVsbG8=", "A" * 200_000),
}


def _wrong_of_kind(kind: Kind) -> Iterator[Any]:
    yield from next(values for base, values in _BAD.items() if isinstance(kind, base))
    if isinstance(kind, Text):
        yield "x" * (kind.most + 1)
        yield from ["x" * (kind.least - 1)] if kind.least else []
    if isinstance(kind, Text) and not isinstance(kind, Secret):
        yield from ("a\x00b", "\ud800", "a\x1bb", *([] if kind.lines else ["a\nb"]))
    if isinstance(kind, Number):
        yield from ("-1", -1) if (kind.least, kind.above) != (None, None) else ()
        yield from ["0"] if kind.above is not None else []
    if isinstance(kind, Codes):
        yield ["x"] * (kind.most + 1)
