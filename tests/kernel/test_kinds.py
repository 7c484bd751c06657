"""What a command's field takes, and by which code it refuses the rest."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.kinds import (
    Choice,
    Codes,
    Day,
    Flag,
    Instant,
    Kind,
    Money,
    Number,
    Price,
    Quantity,
    Rate,
    Ref,
    Secret,
    Text,
    ValueFault,
    Version,
    Whole,
)

KEY = "0" * 32
REFUSED: list[tuple[Kind, Any, str]] = [
    (Text(), 7, "kernel.not_text"),
    (Text(3), "abcd", "kernel.too_long"),
    (Text(least=3), "ab", "kernel.too_short"),
    (Text(), "a\x00", "kernel.control_character"),
    (Text(), "a\nb", "kernel.control_character"),
    (Text(), "\ud800", "kernel.control_character"),
    (Secret(least=8), "short", "kernel.too_short"),
    (Money(), 1.5, "kernel.float_refused"),
    (Money(), True, "kernel.not_number"),
    (Money(), "abc", "kernel.not_number"),
    (Money(), "1,50", "kernel.not_number"),
    (Money(), "١٢", "kernel.not_number"),
    (Money(), None, "kernel.not_number"),
    (Money(), "NaN", "kernel.not_finite"),
    (Money(), Decimal("Infinity"), "kernel.not_finite"),
    (Money(), "1.005", "kernel.too_many_digits"),
    (Money(), Decimal("123456789012345678901234567890.12345"), "kernel.too_large"),
    (Money(), 10**400, "kernel.too_large"),
    (Price(), "-1", "kernel.too_small"),
    (Quantity(), "0", "kernel.not_above"),
    (Rate(), "1.1", "kernel.too_large"),
    (Whole(), "7", "kernel.not_whole"),
    (Whole(), 7.0, "kernel.not_whole"),
    (Whole(least=2), 1, "kernel.too_small"),
    (Version(), 0, "kernel.too_small"),
    (Flag(), 1, "kernel.not_yes_or_no"),
    (Day(), "30/11/2026", "kernel.not_a_day"),
    (Day(), dt.datetime(2026, 11, 30), "kernel.not_a_day"),
    (Day(), "1899-12-31", "kernel.day_out_of_range"),
    (Instant(), "2026-11-30T10:00", "kernel.not_an_instant"),
    (Instant(), "0001-01-01T00:00:00+14:00", "kernel.not_an_instant"),
    (Choice(("a", "b")), "c", "kernel.not_a_choice"),
    (Ref("party"), "xyz", "kernel.not_an_id"),
    (Codes(), "a", "kernel.not_a_list"),
    (Codes(most=1), ["a", "b"], "kernel.too_many"),
    (Codes(), ["a" * 81], "kernel.too_long"),
]


@pytest.mark.parametrize(("kind", "value", "code"), REFUSED, ids=lambda v: ascii(v)[:30])
def test_refused(kind: Kind, value: Any, code: str) -> None:
    with pytest.raises(ValueFault) as fault:
        kind.clean(value)
    assert fault.value.code == code


@pytest.mark.parametrize(
    ("kind", "value", "clean"),
    [
        (Text(), "  ção  ", "ção"),
        (Text(lines=True), "a\nb", "a\nb"),
        (Secret(), "  spaces count ", "  spaces count "),
        (Money(), "-12.50", Decimal("-12.50")),
        (Money(), 12, Decimal(12)),
        (Money(), Decimal("1.500"), Decimal("1.5")),
        (Quantity(), "0.0001", Decimal("0.0001")),
        (Rate(), "1", Decimal(1)),
        (Day(), " 2026-11-30 ", dt.date(2026, 11, 30)),
        (Instant(), "2026-11-30T10:00:00-03:00", dt.datetime(2026, 11, 30, 13, 0, tzinfo=dt.UTC)),
        (Ref(), KEY[:8] + "-" + KEY[8:], KEY),
        (Codes(), ["a", " b "], ("a", "b")),
    ],
    ids=lambda v: ascii(v)[:30],
)
def test_taken(kind: Kind, value: Any, clean: Any) -> None:
    assert kind.clean(value) == clean
    if not isinstance(kind, Secret):
        assert kind.clean(json.loads(json.dumps(kind.dump(clean)))) == clean
    else:
        assert kind.dump(clean) == "***"


KINDS = (Text(), Secret(), Money(), Rate(), Whole(), Flag(), Day(), Instant(), Choice(("a",)), Ref(), Codes())


@given(value=st.recursive(st.none() | st.booleans() | st.floats() | st.integers() | st.text(), st.lists))
def test_any_value_is_taken_or_refused_and_nothing_else(value: Any) -> None:
    """By every kind: making the values costs more than judging them."""
    for kind in KINDS:
        try:
            clean = kind.clean(value)
        except ValueFault as fault:
            assert fault.code.startswith("kernel."), kind
        else:
            assert kind.clean(clean) == clean, kind


@given(value=st.decimals(allow_nan=True, allow_infinity=True) | st.text(max_size=30))
def test_any_number_is_exact_or_refused(value: Decimal | str) -> None:
    kind = Number(scale=4)
    try:
        clean = kind.clean(value)
    except ValueFault:
        return
    assert clean.is_finite()
    assert clean == Decimal(value)
    assert Decimal(kind.dump(clean)) == clean
