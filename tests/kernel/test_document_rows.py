"""A paper prints every row: what does not fit into one page of a query is read from the next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from retaguarda.kernel.document import rows
from retaguarda.kernel.page import Page

NOW = dt.datetime(2026, 11, 27, 12, tzinfo=dt.UTC)


class Store:
    """A door to numbers; remembers how many were asked for at a time."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.asked: list[int] = []

    def show(self, _query: str, _where: Any, _sort: Any, *, limit: int, after: Any = None) -> Page:
        self.asked.append(limit)
        first = 0 if after is None else after + 1
        last = min(first + limit, self.count) - 1
        return Page(rows=range(first, last + 1), at=NOW, after=last if last + 1 < self.count else None)


def test_every_row_comes_once_and_in_order() -> None:
    for count in (0, 1, rows.AT_ONCE, rows.AT_ONCE + 1, 3 * rows.AT_ONCE + 7):
        store: Any = Store(count)
        assert rows.all_rows(store, "some.rows", {}, "number") == tuple(range(count))
        assert set(store.asked) == {rows.AT_ONCE}


def test_no_more_than_a_page_is_read_ahead() -> None:
    store: Any = Store(5 * rows.AT_ONCE)
    assert next(rows.each_row(store, "some.rows", {})) == 0
    assert len(store.asked) == 1
