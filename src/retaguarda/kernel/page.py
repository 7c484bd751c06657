"""A page of rows, as every door hands it out; knows nothing of databases."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

PAGE = 200
"""How many rows a page has where nobody says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some rows of a query: frozen row dataclasses, the cursor of the next page, how many there are (None: not asked
    or not known; `count_capped`: at least so many), and when the store answered."""

    rows: Sequence[Any]
    at: dt.datetime
    after: Any = None
    count: int | None = None
    count_capped: bool = False


@dataclass(frozen=True, slots=True)
class Anchors:
    """Where the pages of a whole answer begin, `PAGE` rows each: `cursors[n]` is what page `n` is asked `after` (the
    first page: None); `count` is the exact number of rows. So any page is one short read, however far down."""

    count: int
    cursors: Sequence[Any]


@dataclass(frozen=True, slots=True)
class By:
    """What rows are added up by: a column; a day or an instant by its `grain` (day, week, month, year)."""

    field: str
    grain: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that have these values in common, one for each thing they are added up by: how many, the sums that were
    asked for, in their order (None of nothing), and of how many values each of them is."""

    values: tuple[Any, ...]
    count: int
    sums: tuple[Any, ...]
    filled: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Groups:
    """A whole answer added up, empty values last; `more` says that there are more groups than these."""

    rows: Sequence[Group]
    whole: Group
    more: bool = False
