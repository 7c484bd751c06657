"""Rows of a list marked by hand, to be changed together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from retaguarda.kernel.screen.bulk import BulkEdit
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import Asked, pages
from retaguarda.kernel.screen.grouping import GroupedState
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat, refusal_of

MOST_MARKED = 5_000


class MarkedState(GroupedState):
    """`marked` are the keys of the rows that are marked, in that order; a list of which this person may change nothing
    in many rows marks none. They go when the list is asked for other rows. Topics: `marks`, `bulk`."""

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.marked: dict[str, None] = {}
        self._marked_in: Any = None
        may = [one for one in seat.book.bulks(screen.query) if refusal_of(seat, one.command) is None]
        self.bulk = BulkEdit(seat, screen.query, may, self.work, self._bulk_told)

    @property
    def can_mark(self) -> bool:
        """Whether marking rows leads anywhere."""
        return bool(self.bulk.offers)

    def mark(self, keys: Iterable[str], on: bool | None = None) -> None:
        """Marks these rows, or takes their marks away (`on` False); without `on` what is marked changes."""
        if not self.can_mark:
            return
        for key in keys:
            if key in self.marked if on is None else not on:
                self.marked.pop(key, None)
            else:
                self.marked[key] = None
        self._marked_in = self.where
        self._too_many()
        self.changed("marks")

    def mark_all(self) -> None:
        """Marks all rows that the list is asked for, those that nobody has seen too."""
        if not self.can_mark:
            return
        where = self.where

        def came(keys: Sequence[str]) -> None:
            if where == self.where:
                self.mark(keys, on=True)

        asked = Asked(self.screen.query, where, self.sort)
        self.work("marks", lambda door: _keys(door, asked), came, self.failed, lambda _done, _whole: None)

    def unmark(self) -> None:
        """Takes all marks away."""
        if self.marked:
            self.marked = {}
            self.changed("marks")

    def _too_many(self) -> None:
        if len(self.marked) > MOST_MARKED:
            self.marked = {}
            self.warn(Phrase("shell.bulk.too_many", {"most": MOST_MARKED}))

    def _bulk_told(self) -> None:
        if self.bulk.stage == "done":
            # What was not changed stays marked: it is what is left to be looked at.
            left = [item.row.id for item in self.bulk.items if item.fate in ("will", "refused")]
            self.marked = dict.fromkeys(left)
            self.changed("marks")
        self.changed("bulk")

    def refresh(self) -> None:
        if self.marked and self._marked_in != self.where:
            self.unmark()

    def change_marked(self) -> None:
        """Asks what is to be changed of the marked rows."""
        if self.marked and not self.bulk.under_way:
            self.bulk.begin(self.marked)

    def close(self) -> bool:
        self.bulk.stop()
        return super().close()


def _keys(door: Door, asked: Asked) -> list[str]:
    """The keys of all rows; one more than can be marked is enough to know that they are too many."""
    found: list[str] = []
    for page in pages(door, asked):
        found += [row.id for row in page]
        if len(found) > MOST_MARKED:
            break
    return found
