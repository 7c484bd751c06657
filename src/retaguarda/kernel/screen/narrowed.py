"""Which rows a list is asked for, and in which order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from retaguarda.kernel.screen.arranging import ArrangedState
from retaguarda.kernel.screen.conditions import Condition, ConditionKind, kind_of
from retaguarda.kernel.screen.long_rows import LongRows
from retaguarda.kernel.screen.parts import Column, Tab
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat


class NarrowedState(ArrangedState):
    """Which rows a list is asked for, and in which order: the tab, the filters, the typed text, the conditions of its
    columns. `askable` are the columns that can be asked, each with what it holds. Topics: `tab`, `narrowed`."""

    screen: ListScreen

    def __init__(self, screen: ListScreen, seat: Seat, go: Go | None = None) -> None:
        super().__init__(screen, seat, go.key if go else "")
        self._narrow(go.given if go else {})
        kinds = seat.book.kinds(screen.query)
        known = [(column, kind_of(column, kinds.get(column.field), seat.texts)) for column in self.declared]
        self.askable: tuple[tuple[Column, ConditionKind], ...] = tuple((c, kind) for c, kind in known if kind)
        # A period is that of the day on which the rows were asked for, as long as their pages are read.
        self.day = seat.today()
        self.sort = screen.sort
        self.rows: list[Any] | LongRows = []
        self.chosen: int | None = None

    def _narrow(self, given: Mapping[str, Any]) -> None:
        self.conditions: dict[str, Condition] = {}
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
        for condition in self.conditions.values():
            where |= condition.where(self.day, self.seat.texts.zone)
        if self.text.strip() and self.screen.search:
            where[self.screen.search] = self.text.strip()
        return where

    @property
    def is_narrowed(self) -> bool:
        """Whether the person asked for less than the tab holds."""
        return bool(self.text.strip() or self.filters or self.conditions)

    @property
    def came_for(self) -> dict[str, Any]:
        """What the list was opened for, beside what its own filters can say."""
        return {
            key: value for key, value in self.filters.items() if key not in {one.key for one in self.screen.filters}
        }

    def title_of(self, column: Column) -> str:
        """What a column is called."""
        return self.seat.texts.say(column.title or f"{self.screen.name}.{column.field}")

    def said(self, condition: Condition) -> str:
        """A condition in words."""
        column = next(one for one, _kind in self.askable if one.field == condition.field)
        return condition.said(column, self.title_of(column), self.seat.texts)

    # ---- what a person does ----
    def ask_of(self, conditions: Iterable[Condition], sort: str | None = None) -> None:
        """Asks this of the columns and nothing else; what cannot be asked here is left out."""
        kinds = {column.field: kind for column, kind in self.askable}
        self.conditions = {one.field: one for one in conditions if kinds.get(one.field) == one.kind and one.asks}
        self.sort = sort or self.sort
        self.changed("narrowed")
        self.refresh()

    def drop(self, field: str) -> None:
        """Asks nothing of this column any more."""
        self.ask_of([one for one in self.conditions.values() if one.field != field])

    def drop_came_for(self) -> None:
        """Shows not only what the list was opened for."""
        self.filters = {key: value for key, value in self.filters.items() if key not in self.came_for}
        self.ask_of(self.conditions.values())

    def clear(self) -> None:
        """Asks for everything that the tab holds."""
        self.text, self.filters = "", {}
        self.ask_of(())

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

    def sort_on(self, sort: str) -> None:
        """Sorts so (`-field` is descending)."""
        self.sort = sort
        self.refresh()

    def sort_by(self, field: str) -> None:
        """Sorts by a column; once more turns it round."""
        self.sort = f"-{field}" if self.sort == field else field
        self.refresh()
