"""What holds from a day on: how a new price fits between the others, and that the past is never told anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Validity:
    """The days of one price, both included; `to` None is open. Ending before it begins, it was never in force."""

    id: str
    since: dt.date
    to: dt.date | None

    @property
    def empty(self) -> bool:
        """Whether no day falls into it."""
        return self.to is not None and self.to < self.since


@dataclass(frozen=True, slots=True)
class Fit:
    """How a new price fits in: which rows end on which day, and until when the new one holds (None: open)."""

    ends: tuple[tuple[str, dt.date], ...]
    to: dt.date | None


def fit_in(rows: Sequence[Validity], since: dt.date) -> Fit:
    """Makes room for what holds from `since`: what runs on that day ends the day before, what starts later bounds
    it."""
    ends = tuple(
        (row.id, since - ONE_DAY)
        for row in rows
        if not row.empty and row.since <= since and (row.to is None or row.to >= since)
    )
    later = [row.since for row in rows if not row.empty and row.since > since]
    return Fit(ends, min(later) - ONE_DAY if later else None)


def rewrites_past(rows: Sequence[Validity], since: dt.date, today: dt.date) -> bool:
    """Whether what holds from `since` would tell another story of the past: only a first one may begin before
    today."""
    return since < today and any(not row.empty for row in rows)


@dataclass(frozen=True, slots=True)
class Gone:
    """What is taken out: from which day on it holds no more, and what it had ended, or let hold only until it began,
    with the day on which that would have ended by itself (None: open)."""

    id: str
    since: dt.date
    ended: Mapping[str, dt.date | None]


@dataclass(frozen=True, slots=True)
class Without:
    """What holds without it: rows that end on another day, and days on which a row holds again (from, until)."""

    ends: Mapping[str, dt.date | None]
    again: tuple[tuple[str, dt.date, dt.date | None], ...]


def without(rows: Sequence[Validity], gone: Sequence[Gone]) -> Without:
    """Takes these out, one after the other. What each had ended holds again on the days it leaves; what somebody has
    said for some of them since stands."""
    now = {row.id: row for row in rows}
    again = []
    for one in gone:
        row = now[one.id]
        since = max(row.since, one.since)
        if row.empty or (row.to is not None and row.to < since):
            continue
        now[row.id] = replace(row, to=since - ONE_DAY)
        before = _before(now, row, one.ended)
        if before is None:
            continue
        until = _earlier(row.to, *one.ended.values())
        if until is not None and until < since:
            continue
        if since == row.since:
            now[before.id] = replace(before, to=until)
        else:
            again.append((before.id, since, until))
    return Without({row.id: now[row.id].to for row in rows if now[row.id].to != row.to}, tuple(again))


def _before(now: Mapping[str, Validity], row: Validity, ended: Mapping[str, dt.date | None]) -> Validity | None:
    """What held until `row` began: of its own first day what it replaced, else what ends the day before."""
    if not ended:
        return None
    same_day = (now[key] for key in ended if now[key].empty and now[key].since == row.since)
    day_before = (one for one in now.values() if not one.empty and one.to == row.since - ONE_DAY)
    return next(same_day, None) or next(day_before, None)


def _earlier(*days: dt.date | None) -> dt.date | None:
    return min((day for day in days if day is not None), default=None)
