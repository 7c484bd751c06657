"""Days that come again every year, as a rule of a few signs: a day of the year, so many days from Easter, one day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable

from retaguarda.kernel.calendar import HolidayName

_FIXED = re.compile(r"(\d{2})-(\d{2})", re.ASCII)
_EASTER = re.compile(r"EASTER([+-]\d{1,2})", re.ASCII)
_ONE_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_LEAP_YEAR = 2024


def holiday_rule(said: str) -> Callable[[dt.date], bool] | None:
    """Whether a day is the one that a rule says: `12-25` every year, `EASTER-2` so many days from Easter Sunday,
    `2026-07-09` once; None for what is no rule."""
    try:
        if found := _FIXED.fullmatch(said):
            month, day = int(found[1]), int(found[2])
            dt.date(_LEAP_YEAR, month, day)
            return lambda asked: (asked.month, asked.day) == (month, day)
        if found := _EASTER.fullmatch(said):
            away = dt.timedelta(days=int(found[1]))
            return lambda asked: asked - away == easter((asked - away).year)
        if _ONE_DAY.fullmatch(said):
            once = dt.date.fromisoformat(said)
            return lambda asked: asked == once
    except ValueError:
        pass
    return None


def with_rules(legal: HolidayName, rules: Iterable[tuple[str, str]]) -> HolidayName:
    """The days that the law knows, and those of a table of rules with their names."""
    told = [(rule, name) for said, name in rules if (rule := holiday_rule(said)) is not None]
    return lambda day: legal(day) or next((name for rule, name in told if rule(day)), None)


def easter(year: int) -> dt.date:
    """Easter Sunday of the Gregorian calendar (Meeus, Jones and Butcher)."""
    a, b, c = year % 19, year // 100, year % 100
    d, e = b // 4, b % 4
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = c // 4, c % 4
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (a + 11 * h + 22 * rest) // 451
    month, day = divmod(h + rest - 7 * m + 114, 31)
    return dt.date(year, month, day + 1)
