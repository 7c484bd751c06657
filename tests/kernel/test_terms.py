"""What payment terms mean and how a total is split."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.terms import Terms, due_days, instalments, read_terms

DAY = dt.date(2026, 1, 31)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", Terms()),
        (None, Terms()),
        ("À vista", Terms()),
        ("0", Terms()),
        ("30/60/90", Terms((30, 60, 90))),
        (" 28 ; 56 ", Terms((28, 56))),
        ("30", Terms((30,))),
        ("3x", Terms(months=3)),
        ("12 X", Terms(months=12)),
    ],
)
def test_terms_are_understood(text: str | None, terms: Terms) -> None:
    assert read_terms(text) == terms


@pytest.mark.parametrize("text", ["soon", "60/30", "30/30", "0x", "61x", "30/60/9999", "-30", "30/", "3x30", "1e3"])
def test_what_means_nothing_is_not_understood(text: str) -> None:
    assert read_terms(text) is None


def test_monthly_parts_fall_on_the_same_day_or_the_last_one() -> None:
    assert due_days(Terms(months=3), DAY) == (dt.date(2026, 2, 28), dt.date(2026, 3, 31), dt.date(2026, 4, 30))


def test_the_first_parts_carry_the_odd_cents() -> None:
    parts = instalments(Decimal("100.00"), Terms((30, 60, 90)), DAY)
    assert [str(p.amount) for p in parts] == ["33.34", "33.33", "33.33"]
    assert [p.due_on for p in parts] == [DAY + dt.timedelta(days=d) for d in (30, 60, 90)]


def test_nothing_to_pay_has_no_parts_and_one_cent_has_one() -> None:
    assert instalments(Decimal("0.00"), Terms((30, 60)), DAY) == ()
    assert [(p.position, p.amount) for p in instalments(Decimal("0.01"), Terms((30, 60)), DAY)] == [
        (1, Decimal("0.01"))
    ]


@given(st.integers(0, 10**12), st.integers(1, 60))
def test_parts_always_add_up_to_the_cent(cents: int, count: int) -> None:
    total = Decimal(cents) / 100
    parts = instalments(total, Terms(months=count), DAY)
    assert sum((p.amount for p in parts), Decimal(0)) == total
    assert all(p.amount > 0 for p in parts)
    assert [p.position for p in parts] == list(range(1, len(parts) + 1))
    assert [p.due_on for p in parts] == sorted({p.due_on for p in parts})
