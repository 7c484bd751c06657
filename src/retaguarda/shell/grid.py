"""A table that is filled in: Enter goes to the next cell, Tab past the last one leaves at the empty row, Ctrl+Del
takes a row out."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from retaguarda.shell.widgets.table import Column, Table
from retaguarda.shell.widgets.table.delegate import CellDelegate

_NO_HINT = QAbstractItemView.State


class FillTable(Table):
    """A grid whose last row is the empty one. `removed(key)` asks to take a row out.

    `being_typed(key, column, text)` follows each key in a cell that is open, `cell_closed` its end.
    """

    removed = Signal(object)
    being_typed = Signal(object, str, str)
    cell_closed = Signal()

    def __init__(self, columns: Sequence[Column], *, name: str, row_high: int) -> None:
        super().__init__(columns, name=name, row_high=row_high)
        self._typed = False
        delegate = self.itemDelegate()
        assert isinstance(delegate, CellDelegate)
        delegate.being_typed.connect(self.being_typed)
        self.edited.connect(self._was_typed)
        self.edit_ended.connect(self._ended)

    def _was_typed(self, *_cell: object) -> None:
        self._typed = True

    def _ended(self, key: object, name: str, how: str) -> None:
        place = self.rows.place_of(key) if key is not None else -1
        empty_row = place == self.rows.rowCount() - 1
        if how == "enter" and not empty_row:
            self.edit_next(self.rows.index(place, self.column_of(name)), 1)
        elif how in ("tab", "enter") and empty_row and not self._typed:
            # Nothing was typed into the empty row: the keyboard goes on to what stands after the grid.
            self.settle()
            self.leave(forward=True)
        self._typed = False

    def column_of(self, name: str) -> int:
        """Where a column stands."""
        return next(at for at, column in enumerate(self.rows.columns) if column.key == name)

    def leave(self, forward: bool) -> None:
        """Moves the keyboard to what stands after or before the grid."""
        self.focusNextPrevChild(forward)

    def settle(self) -> None:
        """Closes an open editor and takes over what was typed in it."""
        if self.state() == _NO_HINT.EditingState:
            editor = self.viewport().focusWidget() or self.focusWidget()
            if isinstance(editor, QWidget) and editor is not self:
                self.commitData(editor)
                self.closeEditor(editor, self.itemDelegate().EndEditHint.NoHint)
                self.setFocus()

    def closeEditor(self, editor: QWidget, hint: CellDelegate.EndEditHint) -> None:
        super().closeEditor(editor, hint)
        self.cell_closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Delete and control:
            key = self.current_key()
            if key is not None:
                self.removed.emit(key)
            return
        super().keyPressEvent(event)
