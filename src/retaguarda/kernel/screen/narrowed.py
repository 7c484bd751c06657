"""Which rows a list is asked for, and in which order."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.screen.arranging import ArrangedState
from retaguarda.kernel.screen.long_rows import LongRows
from retaguarda.kernel.screen.parts import Tab
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat


class NarrowedState(ArrangedState):
    """Which rows a list is asked for, and in which order: the tab, the filters, the typed text. Topics: `tab`,
    `narrowed`."""

    screen: ListScreen

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go.key if go else "")
        self._narrow(go.given if go else {})
        self.sort = screen.sort
        self.rows: list[Any] | LongRows = []
        self.chosen: int | None = None

    def _narrow(self, given: Mapping[str, Any]) -> None:
        self.filters: dict[str, Any] = dict(given)
        # Who comes for certain rows finds all of them, not those of the first tab only.
        whole = [tab for tab in self.screen.tabs if not tab.where] if given else []
        self.tab: Tab | None = next(iter((*whole, *self.screen.tabs)), None)
        self.text = str(self.filters.pop(self.screen.search, "")) if self.screen.search else ""

    def come(self, go: Go) -> None:
        """Somebody comes for certain rows while the list stands open: these and no others are shown."""
        if go.given:
            self._narrow(go.given)
            self.changed("narrowed")
            self.refresh()

    @property
    def record(self) -> Any:
        return self.rows[self.chosen] if self.chosen is not None and self.chosen < len(self.rows) else None

    @property
    def where(self) -> dict[str, Any]:
        """What the rows are asked with: the screen's own filter, the tab's, the person's, the typed text."""
        where = dict(self.screen.where) | (dict(self.tab.where) if self.tab else {}) | self.filters
        if self.text.strip() and self.screen.search:
            where[self.screen.search] = self.text.strip()
        return where

    # ---- what a person does ----
    def search(self, text: str) -> None:
        """Narrows by what was typed."""
        if text != self.text:
            self.text = text
            self.refresh()

    def choose_tab(self, name: str) -> None:
        """Shows another tab."""
        self.tab = next(tab for tab in self.screen.tabs if tab.name == name)
        self.rows, self.chosen = [], None
        self.changed("tab")
        self.refresh()

    def filter(self, key: str, value: Any) -> None:
        """Sets a filter; None takes it away."""
        if value is None:
            self.filters.pop(key, None)
        else:
            self.filters[key] = value
        self.refresh()

    def sort_by(self, field: str) -> None:
        """Sorts by a column; once more turns it round."""
        self.sort = f"-{field}" if self.sort == field else field
        self.refresh()
