"""The months of the books: which one a day belongs to, and how one closes and opens again."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping

OPEN, CLOSED = "open", "closed"
STATES = (OPEN, CLOSED)
TRANSITIONS: Mapping[tuple[str, str], str] = {(OPEN, "close"): CLOSED, (CLOSED, "reopen"): OPEN}


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """The first and the last day of the month of `day`."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
