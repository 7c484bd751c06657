"""The part of a list's state for lists too long to hold: where their pages begin, and which of them are here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.page import PAGE, Anchors, Page
from retaguarda.kernel.screen.long_rows import LongRows
from retaguarda.kernel.screen.narrowed import NarrowedState
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat


@dataclass
class _Sought:
    """The record that was chosen, where it stood, and the pages on their way in which it may stand now."""

    key: str
    place: int
    pages: set[int]


class LongState(NarrowedState):
    """Topics: `long` (all places are new), `page:<n>` (it came, or will not come).

    A page belongs to the places it was asked by. When something changed all places are read anew, and the pages with
    them; until then what stands there stays. The chosen record stays chosen wherever it stands by then; where it is
    gone, the one that took its place is chosen.
    """

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go)
        self.count: int | None = None
        self.count_capped = False
        self._question: Any = None
        self._finding = self._again = False
        self._sought: _Sought | None = None

    def _find_places(self) -> None:
        """Reads where the pages begin; one reading at a time, and one more for all that changed meanwhile."""
        if self._finding:
            self._again = True
            return
        self._finding = True
        question, query, where, sort = self._question, self.screen.query, self.where, self.sort
        self.work(
            "places", lambda door: door.anchors(query, where, sort), lambda found: self._places_came(question, found),
            self._places_failed, lambda _done, _whole: None,
        )  # fmt: skip

    def _places_came(self, question: Any, anchors: Anchors) -> None:
        if question == self._question and (self.count_capped or isinstance(self.rows, LongRows)):
            self._begin(anchors)
        self._places_read()

    def _places_failed(self, problem: Problem) -> None:
        # A list that is not long yet goes on page by page, from where it stands.
        if isinstance(self.rows, LongRows):
            self.failed(problem, again=self.refresh)
        self._places_read()

    def _places_read(self) -> None:
        self._finding = False
        again, self._again = self._again, False
        if again:
            self._find_places()

    def _begin(self, anchors: Anchors) -> None:
        if anchors.count <= PAGE:
            self.ask_rows()
            return
        before, place, record = self.rows, self.chosen, self.record
        rows = LongRows(anchors)
        if not isinstance(before, LongRows):
            for page, part in _still_true(before, anchors):
                rows.hold(page, part)
        self.rows, self.count, self.count_capped = rows, anchors.count, False
        self._sought, self.chosen = None, None if record is None else rows.place_of(record.id)
        if record is not None and place is not None and self.chosen is None:
            here = min(place, anchors.count - 1) // PAGE
            near = {page for page in (here - 1, here, here + 1) if 0 <= page < len(anchors.cursors)}
            self._sought = _Sought(record.id, place, near)
        self.changed("long", "chosen", "actions")
        for page in self._sought.pages if self._sought is not None else ():
            self.want(page)

    def want(self, page: int) -> None:
        """Asks for a page of a long list."""
        rows = self.rows
        if not isinstance(rows, LongRows) or not 0 <= page < len(rows.anchors.cursors):
            return

        def failed(problem: Problem) -> None:
            self.failed(problem, again=self.refresh)
            self.changed(f"page:{page}")

        self.show(
            f"page:{page}", self.screen.query, lambda found: self._page_came(rows, page, found), self.where, self.sort,
            PAGE, rows.cursor(page), on_problem=failed,
        )  # fmt: skip

    def _page_came(self, rows: LongRows, page: int, found: Page) -> None:
        if rows is self.rows:
            gone = [row.id for row in rows.hold(page, found.rows)]
            self._settle(rows, page)
            self.page_here(page, found, gone)

    def _settle(self, rows: LongRows, page: int) -> None:
        """Whether the record that was chosen stands in a page that came."""
        sought = self._sought
        if sought is None:
            return
        sought.pages.discard(page)
        place = rows.place_of(sought.key)
        if place is None and sought.pages:
            return
        self._sought = None
        self.chosen = place if place is not None else min(sought.place, len(rows) - 1)
        self.changed("chosen", "actions")

    def ask_rows(self) -> None:
        """Asks for the first rows; the list is no long one, or not yet."""
        raise NotImplementedError

    def page_here(self, page: int, found: Page, gone: Sequence[str]) -> None:
        """A page came; for it the rows with the keys `gone` had to go."""
        raise NotImplementedError

    def place_of(self, key: str) -> int | None:
        """Where the row of this key is; None when it is not here."""
        if isinstance(self.rows, LongRows):
            return self.rows.place_of(key)
        return next((index for index, row in enumerate(self.rows) if row.id == key), None)

    def choose(self, index: int | None) -> None:
        """Chooses a row."""
        self._sought = None
        if index != self.chosen:
            self.chosen = index
            self.changed("chosen", "actions")


def _still_true(rows: Sequence[Any], anchors: Anchors) -> list[tuple[int, Sequence[Any]]]:
    """The whole pages among the rows that end where the places say: nothing came or went above."""
    ends = [cursor[-1] for cursor in anchors.cursors[1:]]
    parts = [(page, rows[page * PAGE : (page + 1) * PAGE]) for page in range(min(len(ends), -(-len(rows) // PAGE)))]
    return [(page, part) for page, part in parts if len(part) == PAGE and part[-1].id == ends[page]]
