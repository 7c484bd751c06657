"""Quantities: how many of a unit, four digits after the point, exact like money."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.money import Rounding, exact, from_minor, round_money, to_minor

QUANTITY_SCALE = 4


def round_quantity(value: Decimal | int, decimals: int = QUANTITY_SCALE, rule: Rounding = Rounding.HALF_UP) -> Decimal:
    """The quantity with the digits its unit allows (0 for pieces, at most 4), by the named rule."""
    if not 0 <= decimals <= QUANTITY_SCALE:
        raise ValueError(f"a unit has 0 to {QUANTITY_SCALE} digits, not {decimals}")
    return round_money(value, decimals, rule)


def fits_unit(value: Decimal, decimals: int) -> bool:
    """Whether the quantity has no more digits than its unit allows: 1.5 pieces do not fit, 1.500 kg do."""
    return exact(value) == round_quantity(value, decimals, Rounding.DOWN)


def quantity_to_minor(value: Decimal | int) -> int:
    """The quantity in ten-thousandths, as the database keeps it; refuses floats and finer values."""
    return to_minor(value, QUANTITY_SCALE)


def quantity_from_minor(units: int) -> Decimal:
    """The quantity of that many ten-thousandths."""
    return from_minor(units, QUANTITY_SCALE)
