"""Rows and columns written the way they are read: `row(title, None, button)`; None is a stretch, a number a gap."""

from __future__ import annotations

from PySide6.QtCore import QMargins, QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QLayoutItem, QVBoxLayout, QWidget

from retaguarda.shell.theme.tokens import GAP_S

Item = QWidget | QLayout | int | None
# An item alone, with its stretch, or with stretch and alignment.
Placed = Item | tuple[Item, int] | tuple[Item, int, Qt.AlignmentFlag]
Margins = tuple[int, int, int, int]
NONE: Margins = (0, 0, 0, 0)


def row(*items: Placed, gap: int = GAP_S, margins: Margins = NONE) -> QHBoxLayout:
    """A horizontal layout of the items, left to right."""
    return _filled(QHBoxLayout(), items, gap, margins)


def column(*items: Placed, gap: int = GAP_S, margins: Margins = NONE) -> QVBoxLayout:
    """A vertical layout of the items, top to bottom."""
    return _filled(QVBoxLayout(), items, gap, margins)


def boxed(layout: QLayout, width: int = 0, height: int = 0) -> QWidget:
    """A bare widget around a layout, for places that take no layout; 0 leaves a side free."""
    made = QWidget()
    made.setLayout(layout)
    if width:
        made.setFixedWidth(width)
    if height:
        made.setFixedHeight(height)
    return made


def empty(layout: QLayout) -> None:
    """Takes everything out of a layout; widgets are deleted later, as Qt asks."""
    while (item := layout.takeAt(0)) is not None:
        inner, widget = item.layout(), item.widget()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty(inner)


def _filled[Box: QBoxLayout](box: Box, items: tuple[Placed, ...], gap: int, margins: Margins) -> Box:
    box.setContentsMargins(*margins)
    box.setSpacing(gap)
    for placed in items:
        item, stretch, alignment = _placed(placed)
        if item is None:
            box.addStretch(stretch or 1)
        elif isinstance(item, int):
            box.addSpacing(item)
        elif isinstance(item, QLayout):
            box.addLayout(item, stretch)
        else:
            box.addWidget(item, stretch, alignment)
    return box


def _placed(placed: Placed) -> tuple[Item, int, Qt.AlignmentFlag]:
    if not isinstance(placed, tuple):
        return placed, 0, Qt.AlignmentFlag(0)
    if len(placed) == 2:
        return placed[0], placed[1], Qt.AlignmentFlag(0)
    return placed


class Flow(QLayout):
    """Widgets one after the other, on as many lines as they need."""

    def __init__(self, *, gap: int = GAP_S) -> None:
        super().__init__()
        self._items: list[QLayoutItem] = []
        self.setSpacing(gap)
        self.setContentsMargins(QMargins())

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem:
        # Qt asks until there is none; the stub of the binding knows no None here.
        return self._items[index] if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def takeAt(self, index: int) -> QLayoutItem:
        return self._items.pop(index) if 0 <= index < len(self._items) else None  # type: ignore[return-value]

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        """Places the items (where `move`) and gives the height they take."""
        x, y, high = rect.x(), rect.y(), 0
        for item in (item for item in self._items if not item.isEmpty()):
            wanted = item.sizeHint()
            if x > rect.x() and x + wanted.width() > rect.x() + rect.width():
                x, y, high = rect.x(), y + high + self.spacing(), 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), QSize(min(wanted.width(), rect.width()), wanted.height())))
            x += wanted.width() + self.spacing()
            high = max(high, wanted.height())
        return y + high - rect.y()
