"""The working calendar: when a branch works, so that deadlines and promises count working time and not nights.

Hours are wall-clock times in the branch's zone, lunch being the gap between two spans; everything given and returned
is UTC. Time is counted in real hours, also over a change of the clocks. A pause (a later rule of the SLA clock) needs
nothing new here: the working time of a pause is `working_between` its two ends.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

Instant = dt.datetime
Span = tuple[dt.time, dt.time]
"""Opening and closing time of the same day; a closing time of 00:00 is midnight at the day's end."""
Spans = tuple[tuple[Instant, Instant], ...]
HolidayName = Callable[[dt.date], str | None]
"""Gives the name of the holiday that closes a day, or None."""

MIDNIGHT = dt.time(0)
MOST_CLOSED_DAYS = 400
"""After so many days without work the calendar is taken to be wrong, rather than searched for ever."""


class NeverOpen(ValueError):
    """The calendar has no working time near the day asked for: its hours or exceptions are wrong."""


@dataclass(frozen=True, slots=True)
class DayException:
    """One day that differs: its name and its own hours, none meaning closed. It wins over week and holidays."""

    name: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True)
class WorkingCalendar:
    """The hours of one branch.

    `week` holds the spans of each weekday (Monday is 0; a missing day is closed), `holiday_name` closes days by the
    country's law, `exceptions` are the branch's own: local holidays, stocktaking, a half day before Christmas.
    """

    zone: dt.tzinfo
    week: Mapping[int, tuple[Span, ...]]
    holiday_name: HolidayName = lambda day: None
    exceptions: Mapping[dt.date, DayException] = field(default_factory=dict)
    _known: dict[dt.date, Spans] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Refuse hours that overlap, run backwards or stand on a day that no week has."""
        if not set(self.week) <= set(range(7)):
            raise ValueError("weekdays are 0 (Monday) to 6 (Sunday)")
        for spans in (*self.week.values(), *(day.spans for day in self.exceptions.values())):
            times = [time for span in spans for time in span]
            if times and times[-1] == MIDNIGHT:
                times[-1] = dt.time.max
            if any(a > b or (a == b and place % 2 == 0) for place, (a, b) in enumerate(pairwise(times))):
                raise ValueError("hours run forwards and do not overlap")

    def closed_name(self, day: dt.date) -> str | None:
        """The name of the exception or holiday of that day, for a calendar to show; None on ordinary days."""
        exception = self.exceptions.get(day)
        return exception.name if exception else self.holiday_name(day)

    def is_working_day(self, day: dt.date) -> bool:
        """Whether the branch works on that day at all."""
        return bool(self._hours(day))

    def next_working_day(self, day: dt.date) -> dt.date:
        """The first working day after that day."""
        return self.add_working_days(day, 1)

    def working_day_from(self, day: dt.date) -> dt.date:
        """The day itself if it is a working day, else the next one: where a due date falls on a holiday."""
        return day if self.is_working_day(day) else self.next_working_day(day)

    def add_working_days(self, day: dt.date, count: int) -> dt.date:
        """The `count`-th working day after that day, before it when negative; with 0 the day itself."""
        step = 1 if count >= 0 else -1
        for _ in range(abs(count)):
            day = next(found for found in self._days(day + dt.timedelta(days=step), step) if self.is_working_day(found))
        return day

    def is_open(self, at: Instant) -> bool:
        """Whether the branch is working at that instant; it is at opening time, it is not at closing time."""
        return any(start <= _utc(at) < end for start, end in self.spans_on(self._local_day(at)))

    def spans_on(self, day: dt.date) -> Spans:
        """The working spans of that day as UTC instants, in order and never overlapping."""
        if day not in self._known:
            self._known[day] = self._spans_of(day)
        return self._known[day]

    def closing_on(self, day: dt.date) -> Instant:
        """When work ends on that day; where nobody works then, when it ended on the last working day before."""
        return next(spans[-1][1] for found in self._days(day, -1) if (spans := self.spans_on(found)))

    def add_working(self, start: Instant, amount: dt.timedelta) -> Instant:
        """The instant when `amount` of working time has passed since `start`; at closing time when it just fits.

        Raises ValueError for a naive instant or a negative amount, NeverOpen for a calendar without hours.
        """
        at, left = _utc(start), _not_negative(amount)
        if not left:
            return at
        for day in self._days(self._local_day(at), 1):
            for opens, closes in self.spans_on(day):
                begin = max(opens, at)
                if closes <= begin:
                    continue
                if left <= closes - begin:
                    return begin + left
                left -= closes - begin
        raise NeverOpen(self._local_day(at).isoformat())

    def subtract_working(self, end: Instant, amount: dt.timedelta) -> Instant:
        """The instant from which `amount` of working time is left until `end`: when work due then must begin.

        Raises as `add_working` does.
        """
        at, left = _utc(end), _not_negative(amount)
        if not left:
            return at
        for day in self._days(self._local_day(at), -1):
            for opens, closes in reversed(self.spans_on(day)):
                finish = min(closes, at)
                if finish <= opens:
                    continue
                if left <= finish - opens:
                    return finish - left
                left -= finish - opens
        raise NeverOpen(self._local_day(at).isoformat())

    def working_between(self, start: Instant, end: Instant) -> dt.timedelta:
        """The working time from `start` to `end`; negative when `end` comes first."""
        first, last = _utc(start), _utc(end)
        if last < first:
            return -self.working_between(end, start)
        total = dt.timedelta(0)
        day, last_day = self._local_day(first), self._local_day(last)
        while day <= last_day:
            for opens, closes in self.spans_on(day):
                total += max(min(closes, last) - max(opens, first), dt.timedelta(0))
            day += dt.timedelta(days=1)
        return total

    def _hours(self, day: dt.date) -> tuple[Span, ...]:
        exception = self.exceptions.get(day)
        if exception:
            return exception.spans
        hours = self.week.get(day.weekday(), ())
        return () if hours and self.holiday_name(day) else hours

    def _spans_of(self, day: dt.date) -> Spans:
        spans: list[tuple[Instant, Instant]] = []
        for opens, closes in self._hours(day):
            start = self._instant(day, opens)
            end = self._instant(day if closes != MIDNIGHT else day + dt.timedelta(days=1), closes)
            # Where clocks go forward, times that do not exist move behind those that do: keep the order.
            start = max(start, spans[-1][1]) if spans else start
            if start < end:
                spans.append((start, end))
        return tuple(spans)

    def _instant(self, day: dt.date, time: dt.time) -> Instant:
        """The first instant at which the zone's clocks show that time."""
        return dt.datetime.combine(day, time, self.zone).astimezone(dt.UTC)

    def _local_day(self, at: Instant) -> dt.date:
        return at.astimezone(self.zone).date()

    def _days(self, day: dt.date, step: int) -> Iterator[dt.date]:
        """The days from `day` on; raises NeverOpen when a long run of them is closed."""
        closed = 0
        while closed <= MOST_CLOSED_DAYS:
            yield day
            closed = 0 if self.is_working_day(day) else closed + 1
            day += dt.timedelta(days=step)
        raise NeverOpen(day.isoformat())


def country_holidays(country: str, subdivision: str | None = None, language: str | None = None) -> HolidayName:
    """The legal holidays of a country and state, named in `language` (`pt_BR`, `en`): data of the `holidays` library.

    Municipal holidays are not in it: they are the branch's exceptions. Raises ValueError for an unknown place.
    """
    import holidays  # 0.1 s, and only those who calculate deadlines need it

    names = {"en": "en_US"}
    try:
        found = holidays.country_holidays(country, subdiv=subdivision, language=names.get(language or "", language))
    except NotImplementedError as error:
        raise ValueError(f"no holidays are known for {country} {subdivision or ''}".strip()) from error
    return found.get


def _utc(at: Instant) -> Instant:
    if at.tzinfo is None:
        raise ValueError("an instant carries its zone")
    return at.astimezone(dt.UTC)


def _not_negative(amount: dt.timedelta) -> dt.timedelta:
    if amount < dt.timedelta(0):
        raise ValueError("working time is not negative")
    return amount
