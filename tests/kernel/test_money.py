"""Money: exact, rounded once by a named rule, split without losing a cent."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retaguarda.kernel.money import (
    Rounding,
    exact,
    from_minor,
    line_amount,
    line_parts,
    round_money,
    split_amount,
    spread,
    to_minor,
)

D = Decimal
amounts = st.integers(-(10**15), 10**15).map(lambda units: from_minor(units, 2))


@pytest.mark.parametrize(
    ("value", "rule", "expected"),
    [
        ("1.005", Rounding.HALF_UP, "1.01"),
        ("1.015", Rounding.HALF_UP, "1.02"),
        ("-1.005", Rounding.HALF_UP, "-1.01"),
        ("1.005", Rounding.HALF_EVEN, "1.00"),
        ("1.015", Rounding.HALF_EVEN, "1.02"),
        ("1.0051", Rounding.HALF_EVEN, "1.01"),
        ("1.009", Rounding.DOWN, "1.00"),
        ("-1.009", Rounding.DOWN, "-1.00"),
        ("0.0049", Rounding.HALF_UP, "0.00"),
        ("-0.0049", Rounding.HALF_UP, "0.00"),
    ],
)
def test_each_rule_rounds_as_its_name_says(value: str, rule: Rounding, expected: str) -> None:
    assert str(round_money(D(value), rule=rule)) == expected


def test_scale_is_kept_even_for_whole_numbers() -> None:
    assert str(round_money(7)) == "7.00"
    assert str(round_money(D("7.12345"), 4)) == "7.1235"


@pytest.mark.parametrize("wrong", [1.5, True, "1.50", None])
def test_floats_and_texts_are_refused(wrong: Any) -> None:
    with pytest.raises(TypeError):
        round_money(wrong)
    with pytest.raises(TypeError):
        to_minor(wrong, 2)


@pytest.mark.parametrize("wrong", ["NaN", "Infinity", "-Infinity", "sNaN", "1E+999999", "1E-999999"])
def test_what_cannot_be_calculated_exactly_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError):
        exact(D(wrong))


@pytest.mark.parametrize(
    ("quantity", "price", "rate", "gross", "discount", "net"),
    [
        ("3", "19.90", "0", "59.70", "0.00", "59.70"),
        ("3", "19.90", "0.05", "59.70", "2.99", "56.71"),
        ("0.3333", "10.0001", "0.1", "3.33", "0.33", "3.00"),
        ("1", "0.0049", "0", "0.00", "0.00", "0.00"),
        ("1000000", "0.1", "0", "100000.00", "0.00", "100000.00"),
        ("2", "9.99", "1", "19.98", "19.98", "0.00"),
        ("99999999999999.9999", "99999999999999.9999", "0", "9999999999999999980000000000.00", "0.00", None),
    ],
)
def test_a_line_prints_gross_less_discount(
    quantity: str, price: str, rate: str, gross: str, discount: str, net: str | None
) -> None:
    parts = line_parts(D(quantity), D(price), D(rate))
    assert (str(parts.gross), str(parts.discount)) == (gross, discount)
    assert parts.net == line_amount(D(quantity), D(price), D(rate)) == D(net or gross)


@given(total=amounts, n=st.integers(1, 60))
def test_instalments_sum_exactly_and_differ_by_a_cent_at_most(total: Decimal, n: int) -> None:
    parts = split_amount(total, n)
    assert len(parts) == n
    assert sum(parts) == total
    assert max(parts) - min(parts) <= D("0.01")
    assert list(parts) == sorted(parts, key=abs, reverse=True)
    assert all(part.as_tuple().exponent == -2 for part in parts)


def test_instalments_of_a_hundred_in_three() -> None:
    assert split_amount(D("100.00"), 3) == (D("33.34"), D("33.33"), D("33.33"))
    assert split_amount(D("-100.00"), 3) == (D("-33.34"), D("-33.33"), D("-33.33"))


@given(
    total=amounts,
    weights=st.lists(st.decimals(0, 10**6, places=4, allow_nan=False), min_size=1, max_size=30).filter(any),
)
def test_spread_sums_exactly_and_stays_within_a_cent_of_proportion(total: Decimal, weights: list[Decimal]) -> None:
    parts = spread(total, weights)
    assert sum(parts) == total
    whole = sum(weights)
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * whole - total * weight) < D("0.01") * whole
        assert weight or not part


def test_spread_gives_the_cent_left_over_to_the_largest_remainder() -> None:
    assert spread(D("10.00"), [1, 2]) == (D("3.33"), D("6.67"))
    assert spread(D("0.05"), [D("0.5"), D("0.5"), 0]) == (D("0.03"), D("0.02"), D("0.00"))


@pytest.mark.parametrize("weights", [[], [0, 0], [1, -1], [2, -1]])
def test_spread_refuses_weights_without_proportion(weights: list[int]) -> None:
    with pytest.raises(ValueError):
        spread(D("1.00"), weights)


def test_splits_refuse_a_total_finer_than_a_cent_and_no_instalments() -> None:
    with pytest.raises(ValueError):
        split_amount(D("1.001"), 2)
    with pytest.raises(ValueError):
        split_amount(D("1.00"), 0)


@given(units=st.integers(-(2**63), 2**63 - 1), scale=st.integers(0, 10))
def test_minor_units_come_back(units: int, scale: int) -> None:
    value = from_minor(units, scale)
    assert to_minor(value, scale) == units
    assert -int(value.as_tuple().exponent) == scale


def test_minor_units_refuse_more_digits_but_take_trailing_zeros() -> None:
    assert to_minor(D("1.2300"), 2) == 123
    with pytest.raises(ValueError):
        to_minor(D("1.234"), 2)
    with pytest.raises(TypeError):
        from_minor(True, 2)
