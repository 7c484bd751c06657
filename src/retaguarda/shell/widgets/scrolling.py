"""Scroll bars and scroll areas in the look of the house: a thin rounded handle on nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QScrollArea, QScrollBar, QStyle, QStyleOptionSlider, QWidget

from retaguarda.shell.theme import color
from retaguarda.shell.widgets import paint

THICK = 12


class ScrollBar(QScrollBar):
    """A scroll bar that paints only its handle."""

    def sizeHint(self) -> QSize:
        return QSize(THICK, 48) if self.orientation() == Qt.Orientation.Vertical else QSize(48, THICK)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(event.rect(), color(self.ground()))
        if self.maximum() <= self.minimum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ScrollBarSlider
        handle = QRectF(self.style().subControlRect(QStyle.ComplexControl.CC_ScrollBar, option, part, self))
        upright = self.orientation() == Qt.Orientation.Vertical
        handle = handle.adjusted(3, 0, -3, 0) if upright else handle.adjusted(0, 3, 0, -3)
        paint.box(painter, handle, "text3" if self.underMouse() or self.isSliderDown() else "scroll", "", 3)

    def ground(self) -> str:
        """The token behind the handle: that of the view it belongs to."""
        return str(self.property("ground") or "surface")

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


def dress(area: QAbstractScrollArea, ground: str = "surface") -> None:
    """Gives a scroll area or view these scroll bars, over a ground token, and takes its frame."""
    area.setFrameShape(QFrame.Shape.NoFrame)
    bars = ScrollBar(Qt.Orientation.Vertical), ScrollBar(Qt.Orientation.Horizontal)
    for bar in bars:
        bar.setProperty("ground", ground)
    area.setVerticalScrollBar(bars[0])
    area.setHorizontalScrollBar(bars[1])


def scrolling(body: QWidget, ground: str = "bg") -> QScrollArea:
    """A page or column that scrolls upright only when it must."""
    area = QScrollArea()
    dress(area, ground)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.viewport().setAutoFillBackground(False)
    body.setAutoFillBackground(False)
    area.setWidget(body)
    # setWidget turns it on again.
    body.setAutoFillBackground(False)
    return area
