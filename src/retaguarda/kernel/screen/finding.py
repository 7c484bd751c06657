"""The one box (U20): what is typed is looked for in every list that says by which columns its rows are found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.errors import Problem, Trouble
from retaguarda.kernel.fold import fold
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.door import Request
from retaguarda.kernel.screen.listing import opening_of
from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.screen.screens import ListScreen
from retaguarda.kernel.screen.state import Go, Seat

LEAST = 2
"""From how many characters on it is looked for: one letter finds everything."""
EACH = 4
"""How many rows of a list are shown; the rest is in the list itself."""


@dataclass(frozen=True, slots=True)
class FoundRow:
    """A row that was found: where it leads, the columns that show it with their values (its name first), and whether
    it was put away."""

    go: Go
    cells: tuple[tuple[Column, Any], ...]
    archived: bool


@dataclass(frozen=True, slots=True)
class FoundGroup:
    """What was found in one list: the first rows, how many there are, and the way to all of them."""

    screen: ListScreen
    rows: tuple[FoundRow, ...]
    count: int
    capped: bool
    all: Go


class Finder:
    """Looks in the lists the person may read; `changed` is called whenever a list has answered."""

    def __init__(self, seat: Seat, changed: Callable[[], object]) -> None:
        self._seat = seat
        self._changed = changed
        self._lists = tuple(s for s in seat.book if isinstance(s, ListScreen) and s.found)
        self._groups: dict[str, FoundGroup] = {}
        self._left: set[str] = set()
        self.text = ""
        self.trouble: Trouble | None = None
        """Why a list could not answer; what is found is then not all there is."""

    @property
    def groups(self) -> Sequence[FoundGroup]:
        """What was found, in the order of the modules."""
        return [self._groups[s.name] for s in self._lists if s.name in self._groups]

    @property
    def looking(self) -> bool:
        """Whether a list has still to answer."""
        return bool(self._left)

    def look(self, text: str) -> None:
        """Looks for this text; what was found of an earlier one stays until the list has answered."""
        if text.strip() == self.text:
            return
        self.text, self.trouble = text.strip(), None
        if len(fold(self.text)) < LEAST:
            self._groups, self._left = {}, set()
            self._changed()
            return
        self._left = {screen.name for screen in self._lists}
        for screen in self._lists:
            self._ask(screen, self.text)

    def _ask(self, screen: ListScreen, text: str) -> None:
        where = {**screen.where, screen.search: text}

        def came(page: Page) -> None:
            if text == self.text:
                self._take(screen, page)

        def failed(problem: Problem) -> None:  # what a person may not read is not found
            if text == self.text:
                self.trouble = problem if isinstance(problem, Trouble) else self.trouble
                self._take(screen, None)

        self._seat.ask(
            Request(
                kind="show",
                args=(screen.query, where, screen.sort, EACH, None, True),
                on_result=came,
                on_problem=failed,
                screen="shell.finder",
                topic=screen.name,
            )
        )

    def _take(self, screen: ListScreen, page: Page | None) -> None:
        self._left.discard(screen.name)
        self._groups.pop(screen.name, None)
        rows = tuple(row for row in (_found(screen, one) for one in (page.rows if page else ())) if row is not None)
        if page is not None and rows:
            whole = Go(screen.name, given={screen.search: self.text})
            self._groups[screen.name] = FoundGroup(screen, rows, page.count or len(rows), page.count_capped, whole)
        self._changed()


def _found(screen: ListScreen, row: Any) -> FoundRow | None:
    go = opening_of(row, screen.opens, screen.opens_key)
    if go is None:
        return None
    columns = {column.field: column for column in screen.columns}
    cells = tuple((columns.get(name) or Column(field=name), getattr(row, name)) for name in screen.found)
    return FoundRow(go, cells, bool(getattr(row, "archived", False)))
