"""Time comes from here and nowhere else, so that a test or a replay can set it."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import files
from typing import Protocol
from zoneinfo import ZoneInfo

UTC = dt.UTC


class Clock(Protocol):
    """What tells the time: `now()` is an aware UTC instant."""

    def now(self) -> dt.datetime: ...


class SystemClock:
    """The computer's clock."""

    def now(self) -> dt.datetime:
        return dt.datetime.now(UTC)


class FixedClock:
    """A clock that stands until it is moved; for tests, the sample company and replays."""

    def __init__(self, at: dt.datetime) -> None:
        if at.tzinfo is None:
            raise TypeError("a naive time has no place here")
        self.at = at.astimezone(UTC)

    def now(self) -> dt.datetime:
        return self.at

    def move(self, step: dt.timedelta) -> None:
        """Moves the clock by `step`, forwards or back."""
        self.at += step


@cache
def zones() -> tuple[tuple[str, str], ...]:
    """Every time zone in which people live, with its country (two letters), by name."""
    table = (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if line and not line.startswith("#")]
    return tuple(sorted((name, country) for country, _place, name, *_note in rows))


def day_in(zone: str, at: dt.datetime) -> dt.date:
    """The calendar day of the instant `at` in the company's `zone` (an IANA name)."""
    return at.astimezone(ZoneInfo(zone)).date()
