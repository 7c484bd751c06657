"""A short list to choose from, laid over the page beside where one types; it takes the keyboard until it is gone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.search import Found
from retaguarda.shell.widgets.table import Column, Kind, Row, Table, TwoLine

_ROW, _SHOWN, _WIDE = 44, 7, 460


class _List(Table):
    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab):
            self.left.emit()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.ActiveWindowFocusReason:
            self.left.emit()


class ChoiceList(Card):
    """Arrows move, Enter or a double click chooses (`chosen(place)`), Esc leaves (`left`). It deletes itself."""

    chosen = Signal(int)
    left = Signal()

    def __init__(self, owner: QWidget, name: str) -> None:
        self._table = _List(
            [Column("name", "", Kind.TWO_LINE, stretch=True), Column("right", "", Kind.NUMBER, 120)],
            name=name, row_high=_ROW, head=False,
        )  # fmt: skip
        super().__init__(column(self._table), margins=(1, 5, 1, 5), border="border2")
        self.setParent(owner.window())
        self.setObjectName("choices")
        self._back: QWidget | None = None
        self._table.row_activated.connect(self._take)
        self._table.clicked.connect(lambda index: self._take(index.row()))
        self._table.left.connect(self._leave)

    def open_at(self, spot: QPoint, found: Sequence[Found], back: QWidget) -> None:
        """Shows the list under a point of the window; the keyboard goes back to `back` afterwards."""
        self._back = back
        rows = [Row(at, (TwoLine(one.text, one.sub), one.right)) for at, one in enumerate(found)]
        self._table.rows.set_rows(rows)
        high = min(len(rows), _SHOWN) * _ROW + 12
        room = back.window().size()
        left = max(0, min(spot.x(), room.width() - _WIDE - 8))
        top = max(0, min(spot.y(), room.height() - high - 8))
        self.setGeometry(left, top, _WIDE, high)
        self.show()
        self.raise_()
        self._table.go_to(0)
        self._table.setFocus()

    def _take(self, place: object) -> None:
        if self._close():
            self.chosen.emit(place)

    def _leave(self) -> None:
        if self._close():
            self.left.emit()

    def _close(self) -> bool:
        if not self.isVisible():
            return False
        self.hide()
        if self._back is not None and isValid(self._back):
            self._back.setFocus()
        self.deleteLater()
        return True
