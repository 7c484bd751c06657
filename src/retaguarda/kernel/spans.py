"""Spans of days that are told from today: what a kept report asks for means other days tomorrow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping

Span = tuple[dt.date, dt.date]
DAY, WEEK, MONTH, YEAR = "day", "week", "month", "year"
GRAINS = (DAY, WEEK, MONTH, YEAR)
"""By what spans of time days are added up."""
_DAY = dt.timedelta(days=1)


def _week(today: dt.date) -> Span:
    monday = today - today.weekday() * _DAY
    return monday, monday + 6 * _DAY


def _months(today: dt.date, months: int) -> Span:
    """The span of so many whole months, counted from January, that the day lies in."""
    first = today.replace(month=(today.month - 1) // months * months + 1, day=1)
    beyond = (first + months * 31 * _DAY).replace(day=1)
    return first, beyond - _DAY


def _before(span: Callable[[dt.date], Span]) -> Callable[[dt.date], Span]:
    return lambda today: span(span(today)[0] - _DAY)


def _month(today: dt.date) -> Span:
    return _months(today, 1)


def _quarter(today: dt.date) -> Span:
    return _months(today, 3)


def _year(today: dt.date) -> Span:
    return _months(today, 12)


SPANS: Mapping[str, Callable[[dt.date], Span]] = {
    "this_week": _week,
    "last_week": _before(_week),
    "this_month": _month,
    "last_month": _before(_month),
    "this_quarter": _quarter,
    "last_quarter": _before(_quarter),
    "this_year": _year,
    "last_year": _before(_year),
}
"""First and last day of each: whole weeks from Monday on, months, quarters, years."""
