"""The travelling clock: from one thing that happened to the next, with a look around at the close of every day."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from retaguarda.modules.contingency.api import CaseFacts, grounds, standing

OPENED = "opened"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to the case `n`: it was opened, as the facts say, or the step `what` was done."""

    at: dt.datetime
    n: int
    what: str
    facts: CaseFacts | None = None


@dataclass(frozen=True, slots=True)
class Raised:
    """An alert on the day on which it was first seen."""

    n: int
    rule: str
    step: str
    day: dt.date


def alerts(events: Iterable[Event]) -> Iterator[Raised]:
    """Every alert, once for each case, rule and step, in the order in which they are seen.

    A case is judged before and after each thing that happens to it, and at the close of every day on which a ground
    comes although nothing happened. It is left when all its steps are done.
    """
    watch, day = _Watch(), dt.date.max
    for event in events:
        day = min(day, event.at.date())
        while day < event.at.date():
            yield from watch.close(day)
            day += DAY
        yield from watch.happen(event)
    for day in watch.days_left():
        yield from watch.close(day)


class _Watch:
    """The open cases, what they were alerted for, and the days on which to look at them again."""

    def __init__(self) -> None:
        self._cases: dict[int, CaseFacts] = {}
        self._raised: dict[int, set[tuple[str, str]]] = {}
        self._agenda: defaultdict[dt.date, set[int]] = defaultdict(set)

    def happen(self, event: Event) -> Iterator[Raised]:
        n, case = event.n, event.facts
        if case is None:
            yield from self._judge(n, event.at, event.at.date())
            case = self._cases[n].with_done(event.what, event.at)
        self._cases[n] = case
        yield from self._judge(n, event.at, event.at.date())
        if case.open_step is None:
            del self._cases[n]
            self._raised.pop(n, None)
            return
        for alert in grounds(case):
            if alert.since > event.at:
                self._agenda[_seen_on(alert.since)].add(n)

    def close(self, day: dt.date) -> Iterator[Raised]:
        """Looks around when the day is over."""
        for n in sorted(self._agenda.pop(day, ())):
            if n in self._cases:
                yield from self._judge(n, dt.datetime.combine(day + DAY, dt.time()), day)

    def days_left(self) -> list[dt.date]:
        """The days that have something to be looked at."""
        return sorted(self._agenda)

    def _judge(self, n: int, moment: dt.datetime, day: dt.date) -> Iterator[Raised]:
        raised = self._raised.setdefault(n, set())
        for alert in standing(self._cases[n], moment):
            if (alert.rule, alert.step) not in raised:
                raised.add((alert.rule, alert.step))
                yield Raised(n, alert.rule, alert.step, day)


def _seen_on(since: dt.datetime) -> dt.date:
    """The day at whose close a ground is seen: one that comes with midnight belongs to the day that ends then."""
    return (since - dt.datetime.resolution).date()
