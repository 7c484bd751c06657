"""Cells of a list changed where they stand: F2 or a double click opens one, Enter sends it, Esc leaves it as it was."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from retaguarda.kernel.screen.editing import EditedState
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.table import Cell, Note, Row, Table, Toned


class CellEdits(QObject):
    """Stands between a table and its list; `row_of` makes what a record's row shows."""

    def __init__(self, table: Table, state: EditedState, words: Words, row_of: Callable[[Any], Row]) -> None:
        super().__init__(table)
        self._table, self._state, self._words, self._row_of = table, state, words, row_of
        if state.editable:
            table.judge = self._judge
            table.edited.connect(lambda key, field, text: state.edit(str(key), field, text))
            table.edit_ended.connect(self._ended)
            table.installEventFilter(self)
            state.watch(self._heard)

    def cell(self, row: Any, field: str, shown: Cell) -> Cell:
        """A cell of a column that can be changed: what is shown, and what its editor opens with."""
        if isinstance(shown, str) and self._state.allows_edit(row, field):
            return Toned(shown, "", self._state.typed(row, field))
        return shown

    def is_fixed(self, row: Any) -> bool:
        """Whether nothing of the row can be changed."""
        return not any(self._state.allows_edit(row, field) for field in self._state.editable)

    def _judge(self, key: object, field: str, text: str) -> str:
        """What is wrong is said under the row, as long as its cell is open."""
        wrong = self._state.judge(field, text)
        if wrong is None:
            self._put(key)
            return ""
        cause, action = self._words.cause(wrong), self._words.action(wrong)
        self._put(key, Note("bad", "circle-x", cause, action))
        return f"{cause} {action}".strip()

    def _put(self, key: object, note: Note | None = None) -> None:
        place = self._state.place_of(str(key))
        if place is not None:
            self._table.rows.patch(self._row_of(self._state.rows[place])._replace(note=note))

    def _ended(self, key: object, _field: str, how: str) -> None:
        if how == "escape":
            self._put(key)

    def _heard(self, topic: str) -> None:
        if topic == "kept_out":
            for row in self._state.rows:
                if row is not None:
                    self._table.rows.patch(self._row_of(row))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_F2:
            key = self._table.current_key()
            fields = [column.key for at, column in enumerate(self._table.rows.columns)
                      if column.editable and not self._table.isColumnHidden(at)]  # fmt: skip
            if key is not None and fields:
                self._table.edit_cell(key, fields[0])
                return True
        return super().eventFilter(watched, event)
