"""The scan field: codes come faster than the store answers, so they wait in a row and none is lost."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.entry_grid import EntryGrid, EntryRow
from retaguarda.kernel.screen.lines import is_blank
from retaguarda.kernel.screen.parts import Note, Phrase
from retaguarda.kernel.screen.screens import EntryScreen
from retaguarda.kernel.screen.state import Seat
from retaguarda.kernel.screen.wedge import Scanned, read_scan


@dataclass(frozen=True, slots=True)
class Wanted:
    """A scan that waits for its item, and the line it was typed into (None: any)."""

    scanned: Scanned
    into: EntryRow | None


class Till(Protocol):
    """What scanning needs of the entry it belongs to (an EntryState)."""

    screen: EntryScreen
    seat: Seat
    busy: str

    @property
    def grid(self) -> EntryGrid: ...
    def depends(self, names: Sequence[str]) -> Mapping[str, Any]: ...
    def show(
        self,
        topic: str,
        query: str,
        then: Callable[[Page], None],
        where: Mapping[str, Any] | None = None,
        *,
        limit: int = 200,
        on_problem: Callable[[Problem], None] | None = None,
    ) -> None: ...
    def failed(self, problem: Problem, again: Callable[[], None] | None = None) -> None: ...
    def warn(self, text: Phrase) -> None: ...
    def changed(self, *topics: str) -> None: ...
    def line_changed(self, index: int, made: bool) -> None: ...
    def remove_line(self, index: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Last:
    """The last scan that changed a line: which line, by how much, whether it made the line."""

    line: EntryRow
    quantity: Decimal
    made: bool


class Scanning:
    """Reads codes one after the other. `note` is what the last one did, `unknown` the codes nobody knows,
    `choices` the items to choose from when a text means several, `waiting` how many codes are not read yet."""

    def __init__(self, entry: Till) -> None:
        self._entry = entry
        self._queue: deque[Wanted] = deque()
        self._asked: Wanted | None = None
        self._seen: dict[str, Any] = {}
        self.note: Note | None = None
        self.unknown: list[str] = []
        self.choices: tuple[Any, ...] = ()
        self._chosen: Callable[[Any], None] | None = None
        self.last: Last | None = None

    @property
    def waiting(self) -> int:
        """How many codes have been given and not been read yet."""
        return len(self._queue) + (self._asked is not None)

    def give(self, text: str, into: EntryRow | None = None) -> None:
        """Takes a scanned or typed text: `7891234567895`, `3*7891234567895`, part of a name. `into` is the line whose
        item cell it was typed into."""
        scanned = read_scan(text)
        if scanned is not None:
            self._queue.append(Wanted(scanned, into))
            self.go_on()

    def go_on(self) -> None:
        """Reads the next waiting code, unless one is being asked for or the entry is being saved."""
        while self._queue and self._asked is None and not self._entry.busy:
            wanted = self._queue.popleft()
            if wanted.scanned.text in self._seen:
                self._add(self._seen[wanted.scanned.text], wanted)
            else:
                self._asked = wanted
                self._look_up(wanted)

    def _look_up(self, wanted: Wanted) -> None:
        scan, scanned = self._entry.screen.scan, wanted.scanned
        if scanned.is_code:
            self._ask(scan.query, {scan.by: scanned.text}, lambda page: self._found(wanted, page))
        else:
            self._ask(scan.search or scan.query, {"search": scanned.text}, lambda page: self._settled(wanted, page))

    def _ask(self, query: str, where: Mapping[str, Any], then: Callable[[Page], None]) -> None:
        where = {**self._entry.depends(self._entry.screen.scan.depends), **where}
        self._entry.show("scan", query, then, where, limit=12, on_problem=self._failed)

    def _found(self, wanted: Wanted, page: Page) -> None:
        scanned = wanted.scanned
        search = self._entry.screen.scan.search
        if not page.rows and search and not scanned.text.isdigit():
            # A word with a digit that is no code may still be part of a name ("A4").
            self._ask(search, {"search": scanned.text}, lambda found: self._settled(wanted, found))
        else:
            self._settled(wanted, page)

    def _settled(self, wanted: Wanted, page: Page) -> None:
        scanned = wanted.scanned
        self._asked = None
        if len(page.rows) == 1:
            if scanned.is_code:
                self._seen[scanned.text] = page.rows[0]
            self._add(page.rows[0], wanted)
        elif page.rows:
            self.choices = tuple(page.rows)
            self._chosen = lambda item: self._add(item, wanted)
            self._entry.changed("choices")
        else:
            self.unknown.append(scanned.text)
            self.note = Note(Phrase("shell.scan_unknown", {"code": scanned.text}), "bad")
            self._entry.warn(Phrase("shell.scan_unknowns", {"n": len(self.unknown), "codes": list(self.unknown)}))
            self._entry.changed("scan")
        self.go_on()

    def _failed(self, problem: Problem) -> None:
        asked, self._asked = self._asked, None
        if asked is not None:
            self._queue.appendleft(asked)
        self._entry.failed(problem, again=self.go_on)

    def choose(self, index: int) -> None:
        """Takes one of the choices."""
        item, take = self.choices[index], self._chosen
        self.choices, self._chosen = (), None
        self._entry.changed("choices")
        if take is not None:
            take(item)

    def leave_choices(self) -> None:
        """None of the choices was meant."""
        self.choices, self._chosen = (), None
        self._entry.changed("choices")

    def _add(self, item: Any, wanted: Wanted) -> None:
        grid, entry, quantity = self._entry.grid, self._entry, wanted.scanned.quantity
        target = next((at for at, row in enumerate(grid) if row is wanted.into), None)
        index = grid.line_of(item.id) if target is None else target
        made = index is None or is_blank(grid[index])
        if target is not None:
            grid.set_item(target, item)
            if quantity != 1:
                grid[target].choose(grid.view.quantity, quantity)
            index = target
        elif index is None:
            index = grid.open_row()
            grid.set_item(index, item)
            grid[index].choose(grid.view.quantity, quantity)
        else:
            before = grid[index][grid.view.quantity].value or Decimal(0)
            grid[index].choose(grid.view.quantity, before + quantity)
        self.last = Last(grid[index], quantity, made)
        now = grid[index][grid.view.quantity].value
        said = Phrase("shell.scanned", {"quantity": quantity, "name": getattr(item, "name", "")})
        sub = Phrase("shell.scanned_line", {"line": index + 1, "quantity": now, "at": entry.seat.now()})
        self.note = Note(said, "ok", sub)
        entry.line_changed(index, made)
        entry.changed("scan")

    def undo(self) -> None:
        """Takes the last scan back."""
        last, self.last = self.last, None
        grid, entry = self._entry.grid, self._entry
        index = next((i for i, row in enumerate(grid) if last is not None and row is last.line), None)
        if last is None or index is None:
            return
        left = (last.line[grid.view.quantity].value or Decimal(0)) - last.quantity
        if last.made or left <= 0:
            entry.remove_line(index)
        else:
            last.line.choose(grid.view.quantity, left)
            entry.line_changed(index, False)
        self.note = Note(Phrase("shell.scan_undone", {"quantity": last.quantity}), "")
        entry.changed("scan")

    def forget(self) -> None:
        """Empties names of unknown codes and the cache (the customer changed, so prices may differ)."""
        self._seen.clear()
