"""The table itself: `Table`, with the keyboard of a list or of a grid that is filled in."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import cast

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QWidget

from retaguarda.shell.theme.tokens import ROW
from retaguarda.shell.widgets.table.cells import Column, Kind
from retaguarda.shell.widgets.table.delegate import PAD, CellDelegate, CellEditor
from retaguarda.shell.widgets.table.rows import Index
from retaguarda.shell.widgets.table.shape import ShapedTable

_TRIGGER = QAbstractItemView.EditTrigger
_HINT = CellDelegate.EndEditHint


class Table(ShapedTable):
    """A table of plain rows: data goes through `table.rows` (`set_rows`, `append`, `patch`, `set_total`, `fill` …).

    `row_high`: 36 plain, 28 compact, 46 or 50 with two lines. A table with editable columns is a grid: arrows move
    the cell, typing or F2 opens the editor, Tab and Shift+Tab go to the next editable cell, Enter and Esc close it.
    `judge(key, column, text)` says what is wrong with a text: the editor then stays open.
    Otherwise it is a list: arrows, Page and Home/End move the row, Enter activates, the Menu key asks for the menu; a
    `listed` table is one whose cells can be opened all the same.
    """

    row_activated = Signal(object)
    current_changed = Signal(object)
    menu_requested = Signal(object, QPoint)
    sort_requested = Signal(str, bool)
    edited = Signal(object, str, str)
    edit_ended = Signal(object, str, str)
    tab_past_end = Signal()
    check_toggled = Signal(object, str, bool)
    action_pressed = Signal(object, str)
    note_pressed = Signal(object)
    group_toggled = Signal(object)

    def __init__(
        self, columns: Sequence[Column], *, name: str, row_high: int = ROW, head: bool = True, several: bool = False,
        listed: bool = False,
    ) -> None:  # fmt: skip
        super().__init__(columns, row_high, head)
        editable = any(column.editable for column in columns)
        self._grid = editable and not listed
        self.judge: Callable[[Hashable | None, str, str], str] = lambda key, column, text: ""
        self.setAccessibleName(name)
        self.setItemDelegate(CellDelegate(self))
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        mode = QAbstractItemView.SelectionMode
        self.setSelectionMode(mode.ExtendedSelection if several else mode.SingleSelection)
        starts = _TRIGGER.AnyKeyPressed | _TRIGGER.EditKeyPressed | _TRIGGER.DoubleClicked | _TRIGGER.SelectedClicked
        in_list = _TRIGGER.DoubleClicked if editable else _TRIGGER.NoEditTriggers
        self.setEditTriggers(starts if self._grid else in_list)
        self._head.sectionClicked.connect(self._sort)

    # Asked and told by screens.

    def current_key(self) -> Hashable | None:
        """The key of the row the person is on."""
        row = self.rows.at(self.currentIndex().row())
        return None if row is None else row.key

    @property
    def is_grid(self) -> bool:
        """Whether cells are filled in here."""
        return self._grid

    def is_active(self) -> bool:
        """Whether the keyboard is in the table or in one of its editors."""
        return self.hasFocus() or self.state() == QAbstractItemView.State.EditingState

    def chosen_keys(self) -> list[Hashable]:
        """The keys of all selected rows, top to bottom."""
        places = sorted(index.row() for index in self.selectionModel().selectedRows())
        return [row.key for place in places if (row := self.rows.at(place)) is not None]

    def go_to(self, key: Hashable, column: str = "") -> bool:
        """Makes a row (and a cell of it) the current one and brings it into sight; False when it is not here."""
        place = self.rows.place_of(key)
        if place < 0:
            return False
        at = self.column_at(column) if column else max(0, self.currentIndex().column())
        self.setCurrentIndex(self.rows.index(place, at))
        return True

    def edit_cell(self, key: Hashable, column: str) -> bool:
        """Opens the editor of a cell; False when the row is not here."""
        if not self.go_to(key, column):
            return False
        self.edit(self.currentIndex())
        return True

    # The delegate says.

    def take_edit(self, place: int, at: int, text: str) -> None:
        """A cell was typed into; called by the delegate."""
        row = self.rows.at(place)
        if row is not None and text != self.rows.data(self.rows.index(place, at), Qt.ItemDataRole.EditRole):
            self.rows.type_over(place, at, text)
            self.edited.emit(row.key, self.rows.columns[at].key, text)

    def end_edit(self, editor: QWidget, how: str) -> None:
        """The editor was left by a key: tab, backtab, enter, escape, up or down; called by the delegate."""
        index = self.currentIndex()
        key = self.current_key()
        if how != "escape":
            wrong = self.judge(key, self.rows.columns[index.column()].key, cast(CellEditor, editor).text())
            if wrong:
                cast(CellEditor, editor).refuse(wrong)
                return
            self.commitData(editor)
        self.closeEditor(editor, _HINT.NoHint)
        self.setFocus()
        if how in ("tab", "backtab"):
            self.edit_next(index, -1 if how == "backtab" else 1)
        elif how in ("up", "down"):
            step = index.siblingAtRow(index.row() + (1 if how == "down" else -1))
            if step.isValid():
                self.setCurrentIndex(step)
        self.edit_ended.emit(key, self.rows.columns[index.column()].key, how)

    # What Qt says.

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if current.row() != previous.row():
            self.current_changed.emit(self.current_key())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pressed, index, key = event.key(), self.currentIndex(), self.current_key()
        last = self.rows.rowCount() - 1
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: last}
        if pressed in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and key is not None:
            self._press(index)
        elif pressed in ends and last >= 0 and not event.modifiers() and not self._grid:
            self.setCurrentIndex(self.rows.index(ends[Qt.Key(pressed)], max(0, index.column())))
        elif not self._folds_or_toggles(index, pressed):
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        spot = event.position()
        index = self.indexAt(spot.toPoint())
        row = self.rows.at(index.row())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return
        if self.link_at(index.row(), spot):
            self.note_pressed.emit(row.key)
        elif row.group is not None:
            self.group_toggled.emit(row.key)
        elif self.rows.columns[index.column()].kind is Kind.ACTION:
            self.action_pressed.emit(row.key, self.rows.columns[index.column()].key)
        else:
            self._toggle(index)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and not self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.row_activated.emit(self.current_key())
            return
        super().mouseDoubleClickEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        by_key = event.reason() == QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        row = self.rows.at(index.row())
        if row is None:
            event.ignore()  # the screen around has its own menu
            return
        below = self.visualRect(index).bottomLeft() + QPoint(PAD, 0)
        self.menu_requested.emit(row.key, self.viewport().mapToGlobal(below if by_key else event.pos()))

    def _press(self, index: QModelIndex) -> None:
        row = self.rows.at(index.row())
        if row is None:
            return
        if row.group is not None:
            self.group_toggled.emit(row.key)
        elif self._grid and self.rows.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)
        else:
            self.row_activated.emit(row.key)

    def _toggle(self, index: QModelIndex) -> bool:
        row, checks = self.rows.at(index.row()), [column.kind is Kind.CHECK for column in self.rows.columns]
        if row is None or not any(checks):
            return False
        at = index.column() if checks[index.column()] else checks.index(True)
        self.check_toggled.emit(row.key, self.rows.columns[at].key, not row.cells[at])
        return True

    def _folds_or_toggles(self, index: QModelIndex, pressed: int) -> bool:
        if pressed == Qt.Key.Key_Space:
            return self._toggle(index)
        return pressed in (Qt.Key.Key_Left, Qt.Key.Key_Right) and self._fold(index, pressed == Qt.Key.Key_Right)

    def _fold(self, index: QModelIndex, unfold: bool) -> bool:
        row = self.rows.at(index.row())
        if row is None or row.group is None or row.group.unfolded == unfold:
            return False
        self.group_toggled.emit(row.key)
        return True

    def _sort(self, at: int) -> None:
        column = self.rows.columns[at]
        if column.sortable:
            down = self._head.sorted_by == column.key and not self._head.descending
            self.set_sort(column.key, down)
            self.sort_requested.emit(column.key, down)

    def edit_next(self, index: QModelIndex, step: int) -> None:
        """Opens the next editable cell (`step` 1) or the one before (-1); past the last one says `tab_past_end`."""
        wide = len(self.rows.columns)
        place = index.row() * wide + index.column() + step
        while 0 <= place < self.rows.rowCount() * wide:
            there = self.rows.index(place // wide, place % wide)
            if self.rows.flags(there) & Qt.ItemFlag.ItemIsEditable and not self.isColumnHidden(there.column()):
                self.setCurrentIndex(there)
                self.edit(there)
                return
            place += step
        if step > 0:
            self.tab_past_end.emit()
