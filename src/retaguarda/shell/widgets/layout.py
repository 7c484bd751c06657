"""Rows and columns written the way they are read: `row(title, None, button)`; None is a stretch, a number a gap."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

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
