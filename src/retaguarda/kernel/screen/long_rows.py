"""The rows of a list too long to hold: every place is known, the rows of some pages are here."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Any

from retaguarda.kernel.page import PAGE, Anchors

KEPT = 60
"""How many pages are held, however long the list is."""


class LongRows:
    """Behaves as the list of all rows; one whose page is not here is None."""

    def __init__(self, anchors: Anchors) -> None:
        self.anchors = anchors
        self._pages: OrderedDict[int, list[Any]] = OrderedDict()

    def __len__(self) -> int:
        return self.anchors.count

    def __getitem__(self, at: int) -> Any:
        held = self._pages.get(at // PAGE, ())
        return held[at % PAGE] if at % PAGE < len(held) else None

    def __setitem__(self, at: int, row: Any) -> None:
        self._pages[at // PAGE][at % PAGE] = row

    def __iter__(self) -> Iterator[Any]:
        """The rows that are here, top to bottom."""
        return (row for page in sorted(self._pages) for row in self._pages[page])

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages that are here."""
        return tuple(self._pages)

    def cursor(self, page: int) -> Any:
        """What the page is asked `after`."""
        return self.anchors.cursors[page]

    def hold(self, page: int, rows: Sequence[Any]) -> list[Any]:
        """Takes a page and gives the rows that had to go for it."""
        self._pages[page] = list(rows)
        gone: list[Any] = []
        while len(self._pages) > KEPT:
            gone += self._pages.popitem(last=False)[1]
        return gone

    def of(self, page: int) -> Sequence[Any]:
        """The rows of a page; none where it is not here."""
        return self._pages.get(page, ())

    def place_of(self, key: str) -> int | None:
        """Where the row of this key is, among those that are here."""
        for page, rows in self._pages.items():
            for inside, row in enumerate(rows):
                if row.id == key:
                    return page * PAGE + inside
        return None
