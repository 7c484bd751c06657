"""What holds from a day on: how a new price fits between the others, and that the past is never told anew."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

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
