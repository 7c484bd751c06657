"""The line grid of a form: a table whose last row is always empty, filled in by keyboard."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Flag, Number, Whole
from retaguarda.kernel.page import Page
from retaguarda.kernel.screen import LinesView
from retaguarda.kernel.screen.drafting import DraftState
from retaguarda.kernel.screen.fields import YES, FieldSet, FieldState
from retaguarda.kernel.screen.lines import is_blank
from retaguarda.shell.choice_list import ChoiceList
from retaguarda.shell.controls import choices_of, found_of
from retaguarda.shell.form_parts import FieldLabel, HintLine
from retaguarda.shell.grid import FillTable
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.table import Cell, Column, Kind, Row, Toned

ROW, HEAD, LEAST, MOST = 36, 34, 3, 8


class LinesEditor(QWidget):
    """Shows and edits the rows of one line field. Empty until `bind`."""

    def __init__(self) -> None:
        super().__init__()
        self._outer = QVBoxLayout(self)
        self._outer.setContentsMargins(0, 0, 0, 0)
        self._outer.setSpacing(4)
        self._label, self._hint = FieldLabel(), HintLine()
        self._outer.addWidget(self._label)
        self.table: FillTable | None = None

    def bind(self, state: DraftState, name: str, words: Words) -> None:
        """Ties the grid to the state's lines of that name."""
        self._state, self._name, self._words = state, name, words
        self._view = next(v for v in state.screen.fields if v.name == name and isinstance(v, LinesView))
        label = words.say(state.screen.label(name))
        self._label.setText(label)
        self._columns = [self._column(field) for field in state.lines[name][0]]
        self.table = FillTable(self._columns, name=label, row_high=ROW)
        self.table.edited.connect(self._edited)
        self.table.being_typed.connect(self._being_typed)
        self.table.cell_closed.connect(self._cell_closed)
        self.table.check_toggled.connect(self._toggled)
        self.table.removed.connect(self._removed)
        # What stays free at the foot keeps the square ground of the table off the round corners.
        self._outer.addWidget(Card(column(self.table), margins=(1, 1, 1, 5)))
        self._outer.addWidget(self._hint)
        self.setFocusProxy(self.table)
        state.watch(self._topic)

    def _column(self, field: FieldState) -> Column:
        kind = Kind.CHECK if isinstance(field.kind, Flag) else Kind.TEXT
        if isinstance(field.kind, Number | Whole):
            kind = Kind.NUMBER
        title = self._words.say(self._state.screen.label(f"{self._name}.{field.name}"))
        wide = field.view.width if field.view.width > 2 else 0
        return Column(field.name, title, kind, wide or 140, stretch=not wide, editable=kind is not Kind.CHECK)

    # ---- showing ----
    def _topic(self, topic: str) -> None:
        if topic in (f"lines.{self._name}", "loaded"):
            self.show_rows()

    def show_rows(self) -> None:
        """Shows the rows as they stand."""
        if self.table is None:
            return
        lines = self._state.lines[self._name]
        self.table.rows.set_rows(self._row(row, at == len(lines) - 1) for at, row in enumerate(lines))
        high = HEAD + ROW * max(LEAST, min(len(lines), MOST)) + 2
        self.table.setFixedHeight(high)
        faults = [f.shown_fault for row in lines for f in row if f.shown_fault is not None]
        fault = lines.fault or (faults[0] if faults else None)
        self._hint.say(self._words.phrase(fault), wrong=fault is not None)

    def _row(self, row: FieldSet, last: bool) -> Row:
        cells = [self._cell(row, field) for field in row]
        if last and is_blank(row):
            # The empty row says that it waits, in the column where most is typed.
            at = next((n for n, one in enumerate(self._columns) if one.stretch), 0)
            cells[at] = Toned(self._words.say("shell.fill_line"), "text3", "")
        return Row(id(row), tuple(cells), "bad" if any(f.shown_fault for f in row) else "")

    def _cell(self, row: FieldSet, field: FieldState) -> Cell:
        if isinstance(field.kind, Flag):
            return bool(field.value)
        if isinstance(field.kind, Choice):
            words = dict(choices_of(field, self._words)).get(field.value, "")
            if field.fault is None:
                return "" if is_blank(row) else words
        return Toned(field.raw, "bad", field.raw) if field.shown_fault else field.raw

    # ---- the person types ----
    def _edited(self, key: object, name: str, text: str) -> None:
        lines = self._state.lines[self._name]
        index = next((at for at, row in enumerate(lines) if id(row) == key), None)
        if index is None:
            return
        field = lines[index][name]
        lines.fault = None
        if field.view.suggestions and text.strip():
            lines.type_in(index, name, text)
            self._look_up(lines[index], field, text)
        elif isinstance(field.kind, Choice):
            code = self._code(field, text)
            if code is not None:
                lines.choose(index, name, code)
            else:
                lines.type_in(index, name, text)
                lines[index].leave(name)
        else:
            lines.type_in(index, name, text)
            lines[index].leave(name)
        self._state.changed(f"lines.{self._name}", "actions")

    def _being_typed(self, key: object, name: str, text: str) -> None:
        lines = self._state.lines[self._name]
        index = next((at for at, row in enumerate(lines) if id(row) == key), None)
        if index is not None:
            lines.type_ahead(index, name, text)
            self._state.changed("typing", "actions")

    def _cell_closed(self) -> None:
        self._state.lines[self._name].end_ahead()
        self._state.changed("typing", "actions")

    def _code(self, field: FieldState, text: str) -> Any:
        typed = fold(text)
        fits = (c for c, words in choices_of(field, self._words) if fold(words).startswith(typed) or c == typed)
        return next(fits, None)

    def _look_up(self, row: FieldSet, field: FieldState, text: str) -> None:
        values = self._state.fields.values() | row.values()
        where = {"search": text} | {d: values[d] for d in field.view.depends if values.get(d) is not None}
        self._state.show(
            f"suggest:{id(row)}", field.view.suggestions, partial(self._suggested, row, field), where, limit=12
        )

    def _suggested(self, row: FieldSet, field: FieldState, page: Page) -> None:
        same = [one for one in page.rows if field.view.offers and fold(one.name) == fold(field.raw)]
        if same or (len(page.rows) == 1 and field.view.binds):
            self._take(row, field, (same or page.rows)[0])
        elif page.rows and self.table is not None:
            found = [found_of(one) for one in page.rows]
            index = self.table.rows.index(self.table.rows.place_of(id(row)), 0)
            cell: QRect = self.table.visualRect(index)
            spot = self.table.viewport().mapTo(self.window(), cell.bottomLeft())
            choices = ChoiceList(self, self._words.say("shell.choose_item"))
            choices.chosen.connect(lambda at: self._take(row, field, page.rows[at]))
            choices.open_at(spot, found, self.table)
        else:
            row.leave(field.name)
            self._state.changed(f"lines.{self._name}")

    def _take(self, row: FieldSet, field: FieldState, found: Any) -> None:
        offers = field.view.offers
        row.choose(field.name, str(getattr(found, offers)) if offers else found.id, str(found.name))
        self._state.lines[self._name].open_row()
        self._state.changed(f"lines.{self._name}", "actions")

    def _toggled(self, key: object, name: str, on: bool) -> None:
        lines = self._state.lines[self._name]
        index = next(at for at, row in enumerate(lines) if id(row) == key)
        lines.type_in(index, name, YES if on else "")
        self._state.changed(f"lines.{self._name}", "actions")

    def _removed(self, key: object) -> None:
        lines = self._state.lines[self._name]
        index = next((at for at, row in enumerate(lines) if id(row) == key), None)
        if index is not None:
            lines.remove(index)
            self._state.changed(f"lines.{self._name}", "actions")

    def focus_path(self, path: str) -> None:
        """Opens the cell of a path (`2.gtin`: the second row's gtin), or the grid."""
        if self.table is None:
            return
        number, _, name = path.partition(".")
        filled = self._state.lines[self._name].filled
        self.table.setFocus()
        if number.isdigit() and 0 < int(number) <= len(filled):
            self.table.edit_cell(id(filled[int(number) - 1]), name)

    def settle(self) -> None:
        """Takes over what is still being typed."""
        if self.table is not None:
            self.table.settle()
