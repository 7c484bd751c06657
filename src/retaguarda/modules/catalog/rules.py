"""Pure rules of the catalog: how a new price fits between the others, search forms, the units a company starts with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from retaguarda.kernel.fold import fold

STOCK, SERVICE = "stock", "service"
OWN, GTIN = "own", "gtin"
STANDARD_LIST = "standard"
ONE_DAY = dt.timedelta(days=1)

UNITS: tuple[tuple[str, int], ...] = (
    ("UN", 0),
    ("CX", 0),
    ("PC", 0),
    ("PAR", 0),
    ("KG", 3),
    ("G", 0),
    ("L", 3),
    ("ML", 0),
    ("M", 3),
    ("M2", 4),
    ("M3", 4),
    ("H", 2),
)
"""The units of a new company with their digits; names are texts `catalog.unit.<code in small letters>`."""


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


def fit_price(rows: Sequence[Validity], since: dt.date) -> Fit:
    """Makes room for a price from `since`: what runs on that day ends the day before, what starts later bounds it."""
    ends = tuple(
        (row.id, since - ONE_DAY)
        for row in rows
        if not row.empty and row.since <= since and (row.to is None or row.to >= since)
    )
    later = [row.since for row in rows if not row.empty and row.since > since]
    return Fit(ends, min(later) - ONE_DAY if later else None)


def rewrites_past(rows: Sequence[Validity], since: dt.date, today: dt.date) -> bool:
    """Whether a price from `since` would tell another story of the past: only a first price may begin before today."""
    return since < today and any(not row.empty for row in rows)


def product_fold(name: str, codes: Sequence[str]) -> str:
    """What a search for a product looks in: its name and its codes."""
    return fold(" ".join((name, *codes)))[:400]
