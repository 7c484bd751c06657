"""The sheet as it will come out, white in every theme: whole or nearer, sheet by sheet, with the keyboard all the way.

PageUp and PageDown turn, + and - go nearer and away, 0 shows the whole sheet, arrows and Space move over it.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColorConstants, QImage, QKeyEvent, QPaintEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.ports import Size
from retaguarda.shell.theme import color
from retaguarda.shell.theme.tokens import BASE, MEDIUM
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.scrolling import dress

STEPS = (10, 25, 50, 75, 100, 125, 150, 200, 300, 400)
"""Per cent of the paper's real size on this screen."""
WHOLE, NEAREST_WHOLE = 0, 150
MARGIN, MM_PER_INCH, SETTLE_MS = 18, 25.4, 40
GROUND = "surface2"


class SheetCanvas(QAbstractScrollArea):
    """Paints one sheet. `wanted(dots_per_mm)` asks for its picture once size and zoom stand still, `turned(by)` for
    another sheet, `zoomed(percent)` says how near it is now."""

    wanted = Signal(float)
    turned = Signal(int)
    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        dress(self, GROUND)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.viewport().setAutoFillBackground(False)
        self._size: Size | None = None
        self._picture: QImage | None = None
        self._zoom = WHOLE
        self._settle = QTimer(self, singleShot=True, interval=SETTLE_MS)
        self._settle.timeout.connect(self._want)

    def show_sheet(self, size: Size | None) -> None:
        """Shows another sheet, white until its picture comes; None for none."""
        self._size, self._picture = size, None
        self._measure()
        if size is not None and self.isVisible():
            self._settle.stop()
            self._want()

    def take(self, picture: QImage) -> None:
        """Takes the picture that was asked for."""
        self._picture = picture
        self.viewport().update()

    @property
    def zoom(self) -> int:
        """Per cent of the real size; WHOLE where the sheet fits the room there is."""
        return self._zoom

    def set_zoom(self, zoom: int) -> None:
        """Shows the sheet at another size."""
        if zoom != self._zoom:
            self._zoom = zoom
            self._measure()
            self.zoomed.emit(zoom)

    def nearer(self) -> None:
        """One step nearer."""
        at = bisect_right(STEPS, self._percent())
        self.set_zoom(STEPS[min(at, len(STEPS) - 1)])

    def away(self) -> None:
        """One step away."""
        at = bisect_left(STEPS, self._percent())
        self.set_zoom(STEPS[max(0, at - 1)])

    def _percent(self) -> int:
        return self._zoom or round(100 * self._scale() / self._real())

    def _real(self) -> float:
        return self.logicalDpiX() / MM_PER_INCH

    def _scale(self) -> float:
        """Pixels for each millimetre."""
        if self._size is None or self._zoom:
            return self._real() * (self._zoom or 100) / 100
        wide, high = self.width() - 2 * MARGIN, self.height() - 2 * MARGIN
        fitting = min(wide / self._size.width, high / self._size.height)
        return max(0.1, min(fitting, self._real() * NEAREST_WHOLE / 100))

    def _sheet(self) -> QSize:
        size, scale = self._size, self._scale()
        return QSize() if size is None else QSize(round(size.width * scale), round(size.height * scale))

    def _measure(self) -> None:
        whole, room = self._sheet() + QSize(2 * MARGIN, 2 * MARGIN), self.viewport().size()
        for bar, long, seen in (
            (self.horizontalScrollBar(), whole.width(), room.width()),
            (self.verticalScrollBar(), whole.height(), room.height()),
        ):
            bar.setRange(0, 0 if self._zoom == WHOLE else max(0, long - seen))
            bar.setPageStep(seen)
            bar.setSingleStep(32)
        self.viewport().update()
        if self._size is not None:
            self._settle.start()

    def _want(self) -> None:
        if self._size is not None:
            self.wanted.emit(self._scale() * self.devicePixelRatioF())

    def _place(self) -> QRect:
        sheet, room = self._sheet(), self.viewport().size()
        left = max(MARGIN, (room.width() - sheet.width()) // 2) - self.horizontalScrollBar().value()
        top = max(MARGIN, (room.height() - sheet.height()) // 2) - self.verticalScrollBar().value()
        return QRect(left, top, sheet.width(), sheet.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self.viewport())
        painter.fillRect(self.viewport().rect(), color(GROUND))
        if self._size is not None:
            place = self._place()
            for reach in (3, 2, 1):
                paint.box(painter, QRectF(place).adjusted(-reach, -reach + 1, reach, reach + 2), "shadow", "", 2)
            painter.fillRect(place, QColorConstants.White)
            if self._picture is not None:
                painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
                painter.drawImage(place, self._picture)
            paint.box(painter, QRectF(place).adjusted(-1, -1, 1, 1), "", "border2", 1)
        if self.hasFocus():
            paint.focus_ring(painter, QRectF(self.viewport().rect()), 8)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._measure()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        text, key = event.text(), event.key()
        if key in (Qt.Key.Key_PageDown, Qt.Key.Key_PageUp):
            self.turned.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.turned.emit(1_000_000 if key == Qt.Key.Key_End else -1_000_000)
        elif text in ("+", "="):
            self.nearer()
        elif text == "-":
            self.away()
        elif text == "0":
            self.set_zoom(WHOLE)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        up = event.angleDelta().y() > 0
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            (self.nearer if up else self.away)()
        elif self._zoom == WHOLE and event.angleDelta().y():
            self.turned.emit(-1 if up else 1)
        else:
            super().wheelEvent(event)


class SheetPane(Card):
    """The canvas under its tools: nearer and away, the whole sheet, which of how many."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self.canvas = SheetCanvas()
        self._away = self._tool("zoom-out", "zoom_out")
        self._near = self._tool("zoom-in", "zoom_in")
        self._back = self._tool("chevron-left", "previous")
        self._next = self._tool("chevron-right", "next")
        self._whole = self._tool("maximize", "whole")
        self._zoom, self._page = Label("", BASE, MEDIUM, "text2"), Label("", BASE, MEDIUM, "text2")
        tools = row(self._away, self._zoom, self._near, None, self._back, self._page, self._next, None, self._whole,
                    margins=(8, 6, 8, 0))  # fmt: skip
        self._tools = boxed(tools)
        super().__init__(column(self._tools, (self.canvas, 1), gap=0), margins=(2, 2, 2, 8), ground=GROUND, border="")
        self._away.clicked.connect(lambda _on=False: self.canvas.away())
        self._near.clicked.connect(lambda _on=False: self.canvas.nearer())
        self._whole.clicked.connect(lambda _on=False: self.canvas.set_zoom(WHOLE))
        self._back.clicked.connect(lambda _on=False: self.canvas.turned.emit(-1))
        self._next.clicked.connect(lambda _on=False: self.canvas.turned.emit(1))
        self.canvas.zoomed.connect(self._say_zoom)
        self._say_zoom(WHOLE)

    def _tool(self, icon: str, name: str) -> Button:
        made = Button(icon=icon, kind="ghost", name=self._words.say(f"{NAME}.{name}"))
        made.setObjectName(name)
        return made

    def _say_zoom(self, zoom: int) -> None:
        said = self._words.say(f"{NAME}.zoom", n=zoom) if zoom else self._words.say(f"{NAME}.whole")
        self._zoom.setText(said)

    def show_sheet(self, size: Size | None, number: int, of: int, title: str) -> None:
        """Shows a sheet of a paper, or none."""
        page = self._words.say(f"{NAME}.page", n=number + 1, of=of) if of else ""
        self._page.setText(page)
        self.canvas.setAccessibleName(f"{title}, {page}".strip(", ") or self._words.say(f"{NAME}.title"))
        self._turnable(self._back, number > 0)
        self._turnable(self._next, number + 1 < of)
        self._tools.setVisible(of > 0)
        self.canvas.show_sheet(size)

    def _turnable(self, button: QWidget, possible: bool) -> None:
        """A button that has the keyboard and cannot be pressed any more gives it to the sheet."""
        if not possible and QApplication.focusWidget() is button:
            self.canvas.setFocus()
        button.setEnabled(possible)
