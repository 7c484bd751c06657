"""The state of an entry: a document typed line by line, whose lines the store answers as they are typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retaguarda.kernel.outcome import Change
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.entry_grid import EntryDraft, EntryGrid
from retaguarda.kernel.screen.form import FormState
from retaguarda.kernel.screen.parts import Note, Summary
from retaguarda.kernel.screen.scanning import Scanning
from retaguarda.kernel.screen.screens import EntryScreen, EntryValues
from retaguarda.kernel.screen.state import Go, Seat

_MAKES_VALUES = {"fields", "line", "lines", "answers", "card", "loaded", "saved", "conflicts"}


class Answers:
    """What the store says about the items of an entry: rows by item id, and when it said so."""

    def __init__(self, entry: EntryState) -> None:
        self._entry = entry
        self._unanswered: set[str] = set()
        self.rows: dict[str, Any] = {}
        self.at: Any = None

    def of(self, item: Any) -> Any:
        """The answer about an item; None while it is on its way."""
        return self.rows.get(item)

    def ask(self, items: Sequence[str]) -> None:
        """Asks about items. Every ask names all that are still unanswered, because a newer ask makes an older one
        pointless."""
        self._unanswered.update(item for item in items if item not in self.rows)
        self._put()

    def _put(self) -> None:
        lines = self._entry.screen.lines
        if not lines.answers or not self._unanswered:
            return
        where = dict(self._entry.depends(lines.depends))
        where[lines.answers_by or lines.item] = tuple(sorted(self._unanswered))
        self._entry.show(
            "answers", lines.answers, self._came, where, limit=1000,
            on_problem=lambda problem: self._entry.failed(problem, again=lambda: self.ask(())),
        )  # fmt: skip

    def ask_again(self) -> None:
        """What the answers depend on changed: asks about every item."""
        self.rows.clear()
        self.renew()

    def renew(self) -> None:
        """The store changed: asks about every item; the answers so far stand until the new ones come."""
        item = self._entry.screen.lines.item
        self._unanswered.update(row[item].value for row in self._entry.grid if row[item].value is not None)
        self._put()

    def _came(self, page: Page) -> None:
        by = self._entry.screen.lines.answers_by or self._entry.screen.lines.item
        self.rows.update({getattr(row, by): row for row in page.rows})
        self._unanswered.difference_update(self.rows)
        self.at = page.at
        self._entry.changed("answers", "summaries")


class EntryState(FormState):
    """An entry. Further topics: `line.<index>`, `lines` (rows came or went), `answers`, `card`, `scan`, `choices`,
    `summaries`, `cursor`, `view.<what>` (a press that the view carries out).

    `cursor` is the index of the line that is worked on, `card` the partner's row.
    """

    screen: EntryScreen
    draft: EntryDraft

    def __init__(self, screen: EntryScreen, seat: Seat, go: Go | None = None) -> None:
        self._values: EntryValues | None = None
        self.card: Any = None
        self.cursor = 0
        self.answers = Answers(self)
        self.scanning = Scanning(self)
        super().__init__(screen, seat, go)

    def make(self) -> EntryDraft:
        return EntryDraft(self.screen, self.command, self.seat)

    @property
    def grid(self) -> EntryGrid:
        """The lines."""
        return self.draft.grid

    def changed(self, *topics: str) -> None:
        if any(topic.partition(".")[0] in _MAKES_VALUES for topic in topics):
            self._values = None
        super().changed(*topics)
        if "busy" in topics and not self.busy:
            self.scanning.go_on()

    def depends(self, names: Sequence[str]) -> Mapping[str, Any]:
        """The header's understood values of those fields, for the `where` of a query."""
        values = self.fields.values()
        return {name: values[name] for name in names if values.get(name) is not None}

    def hear(self, changes: Sequence[Change]) -> None:
        """Another desk may have taken what a line was promised: what the store says is asked anew."""
        super().hear(changes)
        tables = self.screen.lines.answered_from
        if tables and not self.closed and any(change.touches(tables) for change in changes):
            self.answers.renew()

    # ---- the header ----
    def refilled(self) -> None:
        self.cursor = len(self.grid) - 1
        self._read_card()
        self.answers.ask_again()

    def choose(self, name: str, value: Any, label: str = "") -> None:
        super().choose(name, value, label)
        self._header_changed(name)

    def type_in(self, name: str, raw: str, pasted: bool = False) -> None:
        before = self.fields[name].value
        super().type_in(name, raw, pasted)
        if before != self.fields[name].value:
            self._header_changed(name)

    def _header_changed(self, name: str) -> None:
        if name == self.draft.partner:
            self._read_card()
        if name in self.screen.scan.depends:
            self.scanning.forget()
        if name in self.screen.lines.depends:
            self.answers.ask_again()

    def _read_card(self) -> None:
        def came(row: Any) -> None:
            self.card = row
            self.changed("card", "summaries")

        partner = self.draft.partner and self.fields[self.draft.partner].value
        self.card = None
        if partner and self.screen.card:
            self.one("card", self.screen.card, partner, came)
        self.changed("card")

    # ---- the lines ----
    def type_line(self, index: int, name: str, raw: str, pasted: bool = False) -> None:
        """A key was pressed in a cell."""
        before = len(self.grid)
        self.grid.type_in(index, name, raw, pasted)
        self.changed(f"line.{index}", *(("lines",) if len(self.grid) != before else ()), "summaries", "actions")

    def leave_line(self, index: int, name: str) -> None:
        """The focus left a cell."""
        if index < len(self.grid):
            self.grid[index].leave(name)
            self.changed(f"line.{index}", "summaries")

    def suggest_line(self, text: str) -> None:
        """Asks for items by part of the name, for the item cell of the line at the cursor."""
        scan = self.screen.scan
        self.suggesting = self.screen.lines.item
        where = dict(self.depends(scan.depends)) | ({"search": text} if text.strip() else {})
        self.show("suggest", scan.search or scan.query, self._suggested, where, limit=12)

    def choose_line(self, index: int, item: Any) -> None:
        """Puts a suggested item into a line."""
        before = len(self.grid)
        self.grid.set_item(index, item)
        self.suggestions = ()
        self.line_changed(index, len(self.grid) != before)
        self.changed("suggestions")

    def remove_line(self, index: int) -> None:
        """Takes a line out."""
        self.grid.remove(index)
        self.cursor = min(self.cursor, len(self.grid) - 1)
        self.changed("lines", "summaries", "actions")

    def line_changed(self, index: int, made: bool) -> None:
        """A line got another item or quantity: the cursor goes there, the store is asked about what is new."""
        self.cursor = index
        item = self.grid[index][self.screen.lines.item].value
        if item is not None:
            self.answers.ask([item])
        self.changed("lines" if made else f"line.{index}", "summaries", "cursor", "actions")

    def does(self, what: str) -> None:
        """`remove_line`, `repeat_above` and `undo_scan` act on the cursor's line; the rest is the view's."""
        if what == "remove_line":
            self.remove_line(self.cursor)
        elif what == "repeat_above":
            self.grid.repeat_above(self.cursor)
            self.line_changed(self.cursor, True)
        elif what == "undo_scan":
            self.scanning.undo()
        else:
            self.changed(f"view.{what}")

    # ---- judgements ----
    def values(self) -> EntryValues:
        """Everything as the pure functions see it, made anew after a change."""
        if self._values is None:
            view = self.screen.lines
            lines = [
                row.seen(number, self.answers.of(row[view.item].value), view)
                for number, row in enumerate(self.grid.filled, 1)
            ]
            notes: Sequence[Note | None] = view.judge(lines) if view.judge else ()
            self._values = EntryValues(self.fields.values(), self.card, lines, notes)
        return self._values

    def summaries(self) -> tuple[Summary, ...]:
        """The cards of the right column."""
        values = self.values()
        return tuple(made for side in self.screen.side if (made := side(values)) is not None)
