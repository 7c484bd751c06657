"""Figures that several reports work out alike: shares and their grades, and the figure of nearest rank."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func

A_SHARE, B_SHARE = Decimal("0.8"), Decimal("0.95")
MEDIAN, NINE_IN_TEN = 5, 9


def running_rate(running: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """The share of the whole that a row and the better ones make; none of nothing."""
    if not whole or whole < 0 or running is None:
        return None
    return (running / whole).quantize(Decimal("0.0001"))


def grade(own: Decimal, running: Decimal | None, whole: Decimal | None) -> str | None:
    """A: what makes the first 80 % of the whole; B: up to 95 %; C: the rest. `running` is up to and with this row."""
    if not whole or whole < 0 or running is None:
        return None
    before = (running - own) / whole
    return "a" if before < A_SHARE else "b" if before < B_SHARE else "c"


def ranked(
    part: Sequence[ColumnElement[Any]], *by: ColumnElement[Any]
) -> tuple[ColumnElement[int], ColumnElement[int]]:
    """Two columns of a select, `place` and `many`: which one of its part a row is when they stand in order `by`."""
    place = func.row_number().over(partition_by=part, order_by=by)
    return place.label("place"), func.count().over(partition_by=part).label("many")


def nearest_rank(rows: Any, tenths: int, value: ColumnElement[Any], *only: ColumnElement[bool]) -> ColumnElement[Any]:
    """Of `ranked` rows the smallest value that so many tenths of them do not exceed: one that really is there."""
    condition = rows.place * 10 >= rows.many * tenths
    for one in only:
        condition = one & condition
    return func.min(case((condition, value)))
