"""What happens when in the sample company: acts with their instants, carried out in order while the clock moves."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.lanes import go_on

Act = Callable[[], object]
ONE_MINUTE = dt.timedelta(minutes=1)


class Agenda:
    """Acts on working days before `now`; day 0 is the last working day that is not after today, -1 the one before."""

    def __init__(self, now: dt.datetime, zone: str) -> None:
        self.now = now
        self.zone = ZoneInfo(zone)
        self.today = now.astimezone(self.zone).date()
        self._acts: list[tuple[dt.datetime, int, Act]] = []

    def day(self, number: int) -> dt.date:
        """The working day so many before (negative) or after today; Saturdays and Sundays are left out."""
        day = self.today
        while day.weekday() > 4:
            day -= dt.timedelta(days=1)
        for _ in range(abs(number)):
            day += dt.timedelta(days=1 if number > 0 else -1)
            while day.weekday() > 4:
                day += dt.timedelta(days=1 if number > 0 else -1)
        return day

    def at(self, number: int, minutes: int, act: Act) -> None:
        """Notes an act for a working day, so many minutes after eight o'clock; nothing happens after now."""
        local = dt.datetime.combine(self.day(number), dt.time(8), self.zone) + dt.timedelta(minutes=minutes)
        self._acts.append((min(local.astimezone(dt.UTC), self.now - ONE_MINUTE), len(self._acts), act))

    def carry_out(self, clock: FixedClock) -> None:
        """Carries everything out in the order of its time, and says to whoever waits how far it has come."""
        for done, (at, _, act) in enumerate(sorted(self._acts, key=lambda entry: entry[:2])):
            go_on(done, len(self._acts))
            clock.at = max(clock.at, at)
            act()
