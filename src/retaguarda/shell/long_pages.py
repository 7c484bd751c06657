"""The pages of a long list on their way into its table: asked for where the person stays, not where they only pass."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from PySide6.QtCore import QObject, QSignalBlocker, QTimer

from retaguarda.kernel.page import PAGE
from retaguarda.kernel.screen.listing import ListState
from retaguarda.kernel.screen.long_rows import LongRows
from retaguarda.shell.widgets.table import Row, Table

SETTLE_MS = 8
"""How long the table waits before it asks: who drags the bar passes hundreds of pages."""


class LongPages(QObject):
    """Stands between a table and the state of its list; `row_of` makes what a record's row shows."""

    def __init__(self, table: Table, state: ListState, row_of: Callable[[Any], Row]) -> None:
        super().__init__(table)
        self._table, self._state, self._row_of = table, state, row_of
        self._wanted: set[int] = set()
        self._coming: set[int] = set()
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(SETTLE_MS)
        self._settle.timeout.connect(self._ask)
        table.rows.rows_wanted.connect(self._want)

    def topic(self, topic: str) -> None:
        """The state says `long` or `page:<n>`."""
        if topic == "long":
            self._begin()
        else:
            page = int(topic.partition(":")[2])
            self._coming.discard(page)
            self._fill(page)

    def fill_all(self) -> None:
        """Shows anew what is here of every page."""
        if isinstance(self._state.rows, LongRows):
            for page in self._state.rows.pages:
                self._fill(page)

    def _begin(self) -> None:
        """Makes the table a long one; the person stays where they are."""
        bar, at = self._table.verticalScrollBar(), self._table.verticalScrollBar().value()
        self._coming.clear()
        with QSignalBlocker(self._table):
            self._table.rows.set_total(len(self._state.rows))
            self.fill_all()
        bar.setValue(at)

    def _stand(self) -> None:
        """The table stands on the chosen row, without moving what is in sight."""
        at, bar = self._state.chosen, self._table.verticalScrollBar()
        if at is not None and self._table.currentIndex().row() != at and self._table.rows.at(at) is not None:
            place = bar.value()
            with QSignalBlocker(self._table):
                self._table.setCurrentIndex(self._table.rows.index(at, 0))
            bar.setValue(place)

    def _in_sight(self) -> list[int]:
        first, last = self._table.rowAt(0), self._table.rowAt(self._table.viewport().height() - 1)
        last = last if last >= 0 else self._table.rows.rowCount() - 1
        return list(range(max(0, first) // PAGE, max(0, last) // PAGE + 1))

    def _want(self, first: int, _count: int) -> None:
        self._wanted.add(first // PAGE)
        self._settle.start()

    def _ask(self) -> None:
        wanted, self._wanted = self._wanted, set()
        near = _with_neighbours(self._in_sight())
        paging = self._table.rows.paging
        for page in wanted:
            paging.asked.discard(page)
        for page in near:
            if page not in paging.held and page not in self._coming:
                self._coming.add(page)
                self._state.want(page)

    def _fill(self, page: int) -> None:
        rows = self._state.rows
        if not isinstance(rows, LongRows) or not self._table.rows.is_paged or not rows.of(page):
            return
        shown = [self._row_of(row) for row in rows.of(page)]
        self._table.rows.fill(page * PAGE, shown, in_sight=page in self._in_sight())
        at = self._table.currentIndex().row()
        if self._state.chosen is None and at // PAGE == page and rows[at] is not None:
            # The keyboard was there before its row.
            self._state.choose(at)
        self._stand()


def _with_neighbours(pages: Iterable[int]) -> list[int]:
    """These pages last, so that they are read first, and those before and after them."""
    inside = list(pages)
    return [inside[0] - 1, inside[-1] + 1, *inside] if inside else []
