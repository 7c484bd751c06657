"""The rows that a paper prints: all of them, however many there are. A paper is never cut short in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Protocol

from retaguarda.kernel.page import Page

AT_ONCE = 1000


class Shows(Protocol):
    """Who gives rows page by page: a door."""

    def show(
        self, query_name: str, where: Mapping[str, Any], sort: str | None, *, limit: int, after: Any = None
    ) -> Page:
        """One page."""


def each_row(door: Shows, query: str, where: Mapping[str, Any], sort: str | None = None) -> Iterator[Any]:
    """Every row of a query in order, read page by page; none but those of one page are held."""
    after = None
    while True:
        page = door.show(query, where, sort, limit=AT_ONCE, after=after)
        yield from page.rows
        after = page.after
        if after is None:
            return


def all_rows(door: Shows, query: str, where: Mapping[str, Any], sort: str | None = None) -> tuple[Any, ...]:
    """The same, at once."""
    return tuple(each_row(door, query, where, sort))
