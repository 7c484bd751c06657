"""Money is exact: decimals in Python, whole minor units in the database, one named rounding per calculation.

Every result is calculated exactly and rounded once. Floats are refused everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal
from enum import StrEnum

AMOUNT_SCALE = 2
UNIT_PRICE_SCALE = 4
RATE_SCALE = 6
EXACT = Context(prec=80)
"""Wide enough for the product of any three numbers the database can hold (19 digits each): nothing rounds twice."""
MOST_DIGITS = 40


class Rounding(StrEnum):
    """A rounding rule by name. Calculations name their rule, so that a text can cite it and a test can fix it."""

    HALF_UP = ROUND_HALF_UP
    """Halves go away from zero: commercial rounding (Council Regulation (EC) 1103/97, article 5). The default."""
    HALF_EVEN = ROUND_HALF_EVEN
    """Halves go to the even neighbour (ABNT NBR 5891:1977, IEEE 754): where many roundings must not drift."""
    DOWN = ROUND_DOWN
    """Fractions are dropped, towards zero: where a law says truncate; the caller cites it."""


@dataclass(frozen=True, slots=True)
class LineAmount:
    """What a document line prints: `gross - discount == net`, each with two digits."""

    gross: Decimal
    discount: Decimal
    net: Decimal


def exact(value: Decimal | int) -> Decimal:
    """The value as a Decimal that can be calculated with exactly.

    Raises TypeError for floats, bools and texts, ValueError for NaN, infinity and more than 40 digits on a side.
    """
    if isinstance(value, bool) or not isinstance(value, Decimal | int):
        raise TypeError(f"a Decimal or int is needed, not {type(value).__name__}")
    number = Decimal(value)
    if not number.is_finite():
        raise ValueError(f"a finite number is needed, not {number}")
    if number.adjusted() >= MOST_DIGITS or -int(number.as_tuple().exponent) > MOST_DIGITS:
        raise ValueError(f"a number has at most {MOST_DIGITS} digits on each side of the point")
    return number


def round_money(value: Decimal | int, scale: int = AMOUNT_SCALE, rule: Rounding = Rounding.HALF_UP) -> Decimal:
    """The value with exactly `scale` digits after the point, rounded by the named rule."""
    rounded = exact(value).quantize(Decimal(1).scaleb(-scale), rounding=rule, context=EXACT)
    return abs(rounded) if rounded.is_zero() else rounded


def line_parts(
    quantity: Decimal,
    unit_price: Decimal,
    discount_rate: Decimal = Decimal(0),
    rule: Rounding = Rounding.HALF_UP,
) -> LineAmount:
    """Gross, discount and net of a line; `discount_rate` is a share (0.05 is five per cent).

    Gross and discount are rounded each, because documents print both; net is their difference, so sums agree.
    """
    gross = round_money(EXACT.multiply(exact(quantity), exact(unit_price)), rule=rule)
    discount = round_money(EXACT.multiply(gross, exact(discount_rate)), rule=rule)
    return LineAmount(gross, discount, EXACT.subtract(gross, discount))


def line_amount(
    quantity: Decimal,
    unit_price: Decimal,
    discount_rate: Decimal = Decimal(0),
    rule: Rounding = Rounding.HALF_UP,
) -> Decimal:
    """What a line costs after its discount, with two digits: the net of `line_parts`."""
    return line_parts(quantity, unit_price, discount_rate, rule).net


def spread(total: Decimal, weights: Sequence[Decimal | int], scale: int = AMOUNT_SCALE) -> tuple[Decimal, ...]:
    """The total split in proportion to the weights, to the last unit: the parts sum exactly to the total.

    Largest remainders take the units left over (Hamilton's method), the earlier part first when equal. Raises
    ValueError without weights, with a negative one, with all of them zero, or with a total finer than `scale`.
    """
    numerators = _whole_numbers([exact(weight) for weight in weights])
    denominator = sum(numerators)
    if denominator == 0 or min(numerators) < 0:
        raise ValueError("weights must be given, none negative and not all zero")
    units = to_minor(total, scale)
    sign, units = (-1, -units) if units < 0 else (1, units)
    parts = [units * numerator // denominator for numerator in numerators]
    left = units - sum(parts)
    order = sorted(range(len(parts)), key=lambda i: (-(units * numerators[i] % denominator), i))
    for i in order[:left]:
        parts[i] += 1
    return tuple(from_minor(sign * part, scale) for part in parts)


def split_amount(total: Decimal, n: int, scale: int = AMOUNT_SCALE) -> tuple[Decimal, ...]:
    """The total in `n` instalments that differ by one minor unit at most and sum exactly; the first ones carry it."""
    if n < 1:
        raise ValueError("at least one instalment is needed")
    return spread(total, [1] * n, scale)


def to_minor(value: Decimal | int, scale: int) -> int:
    """The value in whole minor units: 12.50 at scale 2 is 1250.

    Raises TypeError for floats, ValueError for non-finite values and for more digits than the scale holds.
    """
    shifted = exact(value).scaleb(scale, context=EXACT)
    units = int(shifted)
    if units != shifted:
        raise ValueError(f"{value} has more than {scale} digits after the point")
    return units


def from_minor(units: int, scale: int) -> Decimal:
    """The Decimal of that many minor units, with exactly `scale` digits: 1250 at scale 2 is 12.50."""
    if isinstance(units, bool) or not isinstance(units, int):
        raise TypeError(f"an int is needed, not {type(units).__name__}")
    return Decimal(units).scaleb(-scale, context=EXACT)


def _whole_numbers(shares: Sequence[Decimal]) -> list[int]:
    """The shares brought to their common scale, so that proportions are whole numbers."""
    places = max((-int(share.as_tuple().exponent) for share in shares), default=0)
    return [int(share.scaleb(max(places, 0), context=EXACT)) for share in shares]
