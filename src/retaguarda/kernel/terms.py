"""What payment terms such as `30/60/90`, `3x` or `28` mean, when instalments fall due and how much each one is."""

from __future__ import annotations

import calendar
import datetime as dt
import itertools
import re
from dataclasses import dataclass
from decimal import Decimal

from retaguarda.kernel.money import split_amount

MOST_INSTALMENTS = 60
MOST_DAYS = 1080
_AT_ONCE = ("", "0", "à vista", "a vista", "cash")
_COUNT = re.compile(r"(\d{1,3})\s*x\Z", re.IGNORECASE)
_DAYS = re.compile(r"\d{1,4}(\s*[/,;]\s*\d{1,4})*\Z")


@dataclass(frozen=True, slots=True)
class Terms:
    """When an invoice is paid: after these days, or in `months` monthly parts; neither is at once."""

    days: tuple[int, ...] = ()
    months: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """One instalment: its place, the day it falls due and its amount."""

    position: int
    due_on: dt.date
    amount: Decimal


def read_terms(text: str | None) -> Terms | None:
    """The terms that a text such as `30/60/90`, `3x`, `28` or `à vista` means; None when it means none.

    Days grow from part to part, at most 60 parts and 1,080 days.
    """
    words = (text or "").strip().lower()
    if words in _AT_ONCE:
        return Terms()
    counted = _COUNT.match(words)
    if counted:
        months = int(counted[1])
        return Terms(months=months) if 1 <= months <= MOST_INSTALMENTS else None
    if not _DAYS.match(words):
        return None
    days = tuple(int(day) for day in re.split(r"\s*[/,;]\s*", words))
    grows = all(before < after for before, after in itertools.pairwise(days))
    return Terms(days) if grows and len(days) <= MOST_INSTALMENTS and days[-1] <= MOST_DAYS else None


def instalments(total: Decimal, terms: Terms, issued_on: dt.date) -> tuple[Part, ...]:
    """The parts of `total`, to the cent; a total smaller than one cent a part has fewer parts, nothing has none."""
    due = due_days(terms, issued_on)
    amounts = [amount for amount in split_amount(total, len(due)) if amount > 0]
    return tuple(
        Part(position, day, amount) for position, (day, amount) in enumerate(zip(due, amounts, strict=False), 1)
    )


def due_days(terms: Terms, issued_on: dt.date) -> tuple[dt.date, ...]:
    """The days on which the parts fall due."""
    if terms.months:
        return tuple(months_later(issued_on, month) for month in range(1, terms.months + 1))
    return tuple(issued_on + dt.timedelta(days=days) for days in terms.days or (0,))


def months_later(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
