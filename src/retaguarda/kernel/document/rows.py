"""The rows that a paper prints: all of them, however many there are. A paper is never cut short in silence."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from retaguarda.kernel.screen import Door

AT_ONCE = 1000


def each_row(door: Door, query: str, where: Mapping[str, Any], sort: str | None = None) -> Iterator[Any]:
    """Every row of a query in order, read page by page; none but those of one page are held."""
    after = None
    while True:
        page = door.show(query, where, sort, limit=AT_ONCE, after=after)
        yield from page.rows
        after = page.after
        if after is None:
            return


def all_rows(door: Door, query: str, where: Mapping[str, Any], sort: str | None = None) -> tuple[Any, ...]:
    """The same, at once."""
    return tuple(each_row(door, query, where, sort))
