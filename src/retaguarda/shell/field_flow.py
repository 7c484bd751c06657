"""Fields side by side in as many columns as there is room for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from retaguarda.shell.theme.tokens import GAP_M, GAP_S


class FieldFlow(QWidget):
    """Widgets with their width in columns, laid out again when the width allows more or fewer of `least` px each."""

    def __init__(self, fields: Sequence[tuple[QWidget, int]], least: int) -> None:
        super().__init__()
        self._fields, self._least, self._columns = tuple(fields), least, 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(GAP_M)
        self._grid.setVerticalSpacing(GAP_S)
        self._lay(sum(wide for _widget, wide in self._fields))

    def _lay(self, columns: int) -> None:
        columns = max(1, columns)
        if columns == self._columns:
            return
        self._columns = columns
        row = column = 0
        for widget, wanted in self._fields:
            wide = min(wanted, columns)
            if column + wide > columns:
                row, column = row + 1, 0
            self._grid.addWidget(widget, row, column, 1, wide)
            column += wide
        for at in range(self._grid.columnCount()):
            self._grid.setColumnStretch(at, 1 if at < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        most = sum(wide for _widget, wide in self._fields)
        self._lay(min(most, (self.width() + GAP_M) // (self._least + GAP_M)))
