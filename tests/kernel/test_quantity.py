"""Quantities: the digits their unit allows, exact in the database."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retaguarda.kernel.quantity import fits_unit, quantity_from_minor, quantity_to_minor, round_quantity

D = Decimal


@pytest.mark.parametrize(
    ("value", "decimals", "fits"),
    [("1.5", 0, False), ("2", 0, True), ("2.000", 0, True), ("1.500", 3, True), ("1.5005", 3, False)],
)
def test_a_quantity_fits_its_unit(value: str, decimals: int, fits: bool) -> None:
    assert fits_unit(D(value), decimals) is fits


def test_rounding_follows_the_unit() -> None:
    assert str(round_quantity(D("1.23456"))) == "1.2346"
    assert str(round_quantity(D("2.5"), 0)) == "3"
    with pytest.raises(ValueError):
        round_quantity(D(1), 5)


def test_ten_thousandths() -> None:
    assert quantity_to_minor(D("3.5")) == 35000
    assert str(quantity_from_minor(35000)) == "3.5000"
    with pytest.raises(ValueError):
        quantity_to_minor(D("0.00001"))
