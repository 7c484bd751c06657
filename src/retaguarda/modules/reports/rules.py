"""When a scheduled report is due: every day, on days of the week, on a day of the month, at a time of the company."""

from __future__ import annotations

import calendar
import datetime as dt
from dataclasses import dataclass
from zoneinfo import ZoneInfo

DAY, WEEK, MONTH = "day", "week", "month"
EVERY = (DAY, WEEK, MONTH)
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
FILES = ("pdf", "xlsx", "csv")
DONE, FAILED = "done", "failed"
BUILDER = "reports.builder"
"""The screen on which reports are built, which stands in the place of a report's name."""
_MOST = 1_000
"""So many times that were missed are counted; a company that was away for longer is told so many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Every day; every week on `weekdays`; every month on `month_day` (its last day where it has none); at `at`."""

    every: str
    at: dt.time
    weekdays: tuple[str, ...] = ()
    month_day: int = 1

    def falls_on(self, day: dt.date) -> bool:
        """Whether it is due on that day."""
        if self.every == WEEK:
            return WEEKDAYS[day.weekday()] in self.weekdays
        if self.every == MONTH:
            return day.day == min(self.month_day, calendar.monthrange(day.year, day.month)[1])
        return True

    def after(self, moment: dt.datetime, zone: str) -> dt.datetime:
        """The first time after `moment` (UTC) that it is due, in UTC; a week without days is refused before."""
        here = ZoneInfo(zone)
        day = moment.astimezone(here).date()
        while True:
            due = dt.datetime.combine(day, self.at, here).astimezone(dt.UTC)
            if due > moment and self.falls_on(day):
                return due
            day += dt.timedelta(days=1)

    def times(self, due: dt.datetime, now: dt.datetime, zone: str) -> int:
        """How many times it was due from `due` on until `now`."""
        count = 0
        while due <= now and count < _MOST:
            count, due = count + 1, self.after(due, zone)
        return count
