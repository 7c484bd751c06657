"""The grid of an entry: rows made from the state's lines, kept while nothing changed, patched where something did."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from retaguarda.kernel.screen import LineColumn, LineValues, Note
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.entry_grid import EntryRow
from retaguarda.kernel.screen.fields import FieldState
from retaguarda.shell.grid import FillTable
from retaguarda.shell.translate import Words, icon_of, role_of
from retaguarda.shell.widgets.table import Cell, Column, Kind, Row, Toned, TwoLine
from retaguarda.shell.widgets.table import Note as Strip

HIGH, LOW = 50, 46
_POSITION = "#"


class EntryTable(FillTable):
    """Shows the lines of an EntryState and takes what is typed into them."""

    def __init__(self, state: EntryState, words: Words, name: str) -> None:
        self._state, self._words = state, words
        lines = state.screen.lines
        self.item_column = next((c.field for c in lines.columns if c.field == lines.item), "") or next(
            c.field for c in lines.columns if c.show == "name"
        )
        heads = [Column(_POSITION, "#", Kind.POSITION, 40)]
        for one in lines.columns:
            editable = one.editable or one.field == self.item_column
            head = words.head(state.screen.name, one, editable=editable)
            # What an item is called, and where none is yet what to type, has a line under it in any grid.
            heads.append(replace(head, kind=Kind.TWO_LINE) if one.field == self.item_column else head)
        super().__init__(heads, name=name, row_high=HIGH)
        self._made: dict[int, tuple[Any, Row]] = {}
        self.edited.connect(self._edited)
        self.being_typed.connect(self._being_typed)
        self.cell_closed.connect(self._cell_closed)
        self.removed.connect(self._removed)
        self.current_changed.connect(self._moved)
        self.note_pressed.connect(self._note_pressed)
        self.show_lines()

    # ---- showing ----
    def show_lines(self) -> None:
        """Shows the lines as they stand; only what changed is drawn anew."""
        values = self._state.values()
        seen = {line.number: line for line in values.lines}
        fresh: list[Row] = []
        number, last = 0, len(self._state.grid) - 1
        for at, row in enumerate(self._state.grid):
            line: LineValues | None = None
            if at != last:
                number += 1
                line = seen.get(number)
            note = values.notes[number - 1] if line is not None and number <= len(values.notes) else None
            fresh.append(self._row(row, at, line, note))
        if len(self._made) > len(fresh):
            keys = {row.key for row in fresh}
            self._made = {key: made for key, made in self._made.items() if key in keys}
        self._lay(fresh)

    def _lay(self, fresh: list[Row]) -> None:
        """Patches, adds or removes rows, so that the keyboard stays where it is."""
        old = self.rows.keys
        new = [row.key for row in fresh]
        here = set(new)
        gone = [key for key in old if key not in here]
        if old and len(gone) <= 1 and [key for key in old if key in here] == new[: len(old) - len(gone)]:
            for key in gone:
                self.rows.remove(key)
            kept = len(old) - len(gone)
            self.rows.append(fresh[kept:])
        self.rows.set_rows(fresh)

    def _row(self, row: EntryRow, at: int, line: LineValues | None, note: Note | None) -> Row:
        faults = [(f.name, f.raw, f.shown_fault) for f in row if f.left and f.fault is not None]
        stamp = (at, line, note, faults)
        held = self._made.get(id(row))
        if held is not None and held[0][1] is line and held[0] == stamp:
            return held[1]
        cells: list[Cell] = [str(at + 1)]
        cells += [self._cell(column, row, line, note) for column in self._state.screen.lines.columns]
        bad = note is not None and note.level == "bad"
        made = Row(id(row), tuple(cells), "bad" if bad or faults else "", self._strip(note))
        self._made[id(row)] = (stamp, made)
        return made

    def _cell(self, column: LineColumn, row: EntryRow, line: LineValues | None, note: Note | None) -> Cell:
        if column.field == self.item_column:
            return self._item(column, row, line)
        if column.editable and column.field in row:
            return self._field(column, row[column.field], line is None)
        if line is None:
            return ""
        if column.show == "answer":
            return self._words.answer(note)
        return self._words.cell(column, lambda name: read_line(line, name))

    def _item(self, column: LineColumn, row: EntryRow, line: LineValues | None) -> Cell:
        item = row[self._state.screen.lines.item]
        if line is None and item.empty:
            asks = self._state.screen.scan.texts
            return TwoLine(self._words.say(f"{asks}.new_line"), self._words.say(f"{asks}.new_line_sub"), True)
        if item.value is None:
            return Toned(item.raw, "bad", item.raw)
        sub = read_line(line, column.sub) if line is not None and column.sub else ""
        return TwoLine(item.raw, "" if sub in (None, "") else str(sub))

    def _field(self, column: LineColumn, field: FieldState, blank: bool) -> Cell:
        if field.fault is not None:
            return Toned(field.raw, "bad", field.raw)
        if field.value is None or (blank and field.value == field.spec.default):
            return ""
        if column.show == "rate" and not field.value:
            return Toned("—", "", "")
        return Toned(self._words.value(field.value, column.show, column.texts), "", field.raw)

    def _strip(self, note: Note | None) -> Strip | None:
        if note is None or note.inline is None:
            return None
        link, key = "", ""
        action = next((b for b in self._state.buttons() if b.action.name == note.press), None)
        if action is not None:
            link, key = self._words.say(action.text), action.action.shortcut.replace("+", " ")
        lead, rest = self._words.cause(note.inline), self._words.action(note.inline)
        return Strip(role_of(note.level), icon_of("plan"), lead, rest, link, key)

    # ---- the person types ----
    def line_of(self, key: object) -> int | None:
        """Which line has that key."""
        return next((at for at, row in enumerate(self._state.grid) if id(row) == key), None)

    def _edited(self, key: object, column: str, text: str) -> None:
        index = self.line_of(key)
        if index is None:
            return
        if column == self.item_column:
            self._state.cursor = index
            if text.strip():
                self._state.scanning.give(text, self._state.grid[index])
            else:
                self._state.changed(f"line.{index}")
        else:
            self._state.type_line(index, column, text)
            self._state.leave_line(index, column)

    def _being_typed(self, key: object, column: str, text: str) -> None:
        index = self.line_of(key)
        if index is not None:
            name = self._state.screen.lines.item if column == self.item_column else column
            self._state.grid.type_ahead(index, name, text)
            self._state.changed("typing", "actions")

    def _cell_closed(self) -> None:
        self._state.grid.end_ahead()
        self._state.changed("typing", "actions")

    def _removed(self, key: object) -> None:
        index = self.line_of(key)
        if index is not None:
            self._state.remove_line(index)

    def _moved(self, key: object) -> None:
        index = self.line_of(key)
        if index is not None and index != self._state.cursor:
            self._state.cursor = index
            self._state.changed("cursor")

    def _note_pressed(self, key: object) -> None:
        index = self.line_of(key)
        notes = self._state.values().notes
        if index is None or index >= len(notes):
            return
        note = notes[index]
        if note is not None and note.press:
            self._state.cursor = index
            self._state.press(note.press)

    def go_to_cursor(self, column: str = "", edit: bool = False) -> None:
        """Brings the line at the cursor into sight, with the editor of a cell open when asked."""
        if 0 <= self._state.cursor < len(self._state.grid):
            key = id(self._state.grid[self._state.cursor])
            if edit and column:
                self.setFocus()
                self.edit_cell(key, column)
            else:
                self.go_to(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # An empty grid is not a trap, and Tab from a cell that is not open goes on.
        if event.key() in (Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.leave(event.key() == Qt.Key.Key_Tab)
            return
        super().keyPressEvent(event)


def read_line(line: LineValues, name: str) -> Any:
    """What a column shows: derived values first, then what is known of the item, the answer, the part's own."""
    for source in (line.derived, line.info):
        if name in source:
            return source[name]
    if line.answer is not None and hasattr(line.answer, name):
        return getattr(line.answer, name)
    return line.values.get(name)
