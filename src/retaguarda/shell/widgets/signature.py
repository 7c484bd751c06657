"""A place to sign in: pen, finger or mouse draw, a key takes back; what comes of it is a small picture, black on
white."""

from __future__ import annotations

from itertools import pairwise

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QImageReader,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTabletEvent,
    QTouchEvent,
)
from PySide6.QtWidgets import QFileDialog, QSizePolicy, QWidget

from retaguarda.shell.theme import color, draw_icon
from retaguarda.shell.theme.tokens import BASE, RADIUS_CONTROL, REGULAR
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.labels import FIXED
from retaguarda.shell.widgets.layout import column, row

HIGH, AROUND, INK = 132, 8, 2.4
SIZES = (600, 400, 240)
"""How wide a picture is made; the next one where it would take too many bytes (a photograph of a signature)."""
MOST_READ = 1200
"""How many dots a side of a picture has when it comes from a file, at most."""
FILES = "*.png *.jpg *.jpeg *.bmp"
_LINE = 30
"""How far above its foot the pad has the line that is signed on."""


class Drawing:
    """Strokes, and the picture they are drawn over, if there is one; `area` is where all of it lies."""

    def __init__(self) -> None:
        self.area = QRectF()
        self.strokes: list[list[QPointF]] = []
        self.under: QImage | None = None

    @property
    def empty(self) -> bool:
        """Whether there is nothing."""
        return not self.strokes and self.under is None

    def begin(self, under: QImage | None = None) -> None:
        """Begins anew, over a picture or nothing."""
        self.strokes, self.under = [], under

    def show(self, painter: QPainter, ink: QColor) -> None:
        """Draws all of it, the strokes in a colour."""
        if self.under is not None:
            painter.drawImage(self.place(), self.under)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, INK, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        for stroke in self.strokes:
            painter.drawPath(_path(stroke))

    def place(self) -> QRectF:
        """Where the picture under the strokes lies: in the middle, whole."""
        assert self.under is not None
        room = self.area.adjusted(AROUND, AROUND, -AROUND, -AROUND)
        size = self.under.size().toSizeF().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        found = QRectF(QPointF(), size)
        found.moveCenter(room.center())
        return found

    def png(self, most: int) -> bytes | None:
        """What is drawn, cut to its ink, in the first size that takes no more than `most` bytes; None for nothing."""
        where = self.place() if self.under is not None else QRectF()
        for stroke in self.strokes:
            where = where.united(_path(stroke).boundingRect().adjusted(-INK, -INK, INK, INK))
        if where.isEmpty():
            return None
        where = where.adjusted(-AROUND, -AROUND, AROUND, AROUND)
        found = (self._drawn(where, min(2.0, size / where.width(), size / where.height())) for size in SIZES)
        return next((data for data in found if len(data) <= most), None)

    def _drawn(self, where: QRectF, scale: float) -> bytes:
        wide, high = (max(1, round(side * scale)) for side in (where.width(), where.height()))
        image = QImage(wide, high, QImage.Format.Format_Grayscale8)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        painter.scale(scale, scale)
        painter.translate(-where.topLeft())
        self.show(painter, QColor(Qt.GlobalColor.black))
        painter.end()
        data = QByteArray()
        buffer = QBuffer(data)
        buffer.open(QBuffer.OpenModeFlag.WriteOnly)
        image.save(buffer, "PNG")  # type: ignore[call-overload]
        return bytes(data.data())


class SignaturePad(QWidget):
    """Draw to sign. Backspace takes the last stroke back, Delete all of it. Emits `signed(png or None)` after each
    stroke and whenever something is taken back."""

    signed = Signal(object)

    def __init__(self, placeholder: str, *, most: int, empty: str, filled: str) -> None:
        super().__init__()
        self._placeholder, self._most, self._says = placeholder, most, (empty, filled)
        self.drawing = Drawing()
        self._value: bytes | None = None
        self._begun = self._invalid = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, FIXED)
        self._tell()

    def sizeHint(self) -> QSize:
        return QSize(320, HIGH)

    def set_invalid(self, invalid: bool) -> None:
        """Shows or lifts the refusal."""
        self._invalid = invalid
        self.update()

    def value(self) -> bytes | None:
        """What was signed, as a PNG; None while there is nothing."""
        return self._value

    def set_value(self, value: bytes | None) -> None:
        """Shows a picture (a draft that was recovered) without emitting; more may be drawn over it."""
        if value != self._value:
            self._value = value
            self.drawing.begin(QImage.fromData(QByteArray(value)) if value is not None else None)
            self._tell()

    def load(self, path: str) -> bool:
        """Takes the picture of a file in the place of what is there; False for what is none, or takes too much."""
        reader = QImageReader(path)
        reader.setAutoTransform(True)
        if max(reader.size().width(), reader.size().height()) > MOST_READ:
            # A photograph is read small at once: whole it would hold the window for half a second.
            reader.setScaledSize(reader.size().scaled(MOST_READ, MOST_READ, Qt.AspectRatioMode.KeepAspectRatio))
        image = reader.read()
        loaded = Drawing()
        loaded.area = QRectF(self.rect())
        loaded.begin(None if image.isNull() else _on_white(image))
        if loaded.png(self._most) is None:
            return False
        self.drawing = loaded
        self.changed()
        return True

    def clear(self) -> None:
        """Takes all of it back."""
        self.drawing.begin()
        self.changed()

    def changed(self) -> None:
        """Tells what is drawn now."""
        self._value = self.drawing.png(self._most)
        self._tell()
        self.signed.emit(self._value)

    def event(self, event: QEvent) -> bool:
        kinds = QEvent.Type
        if isinstance(event, QTouchEvent) and self.isEnabled():
            if event.type() in (kinds.TouchBegin, kinds.TouchUpdate) and event.points():
                self._draw(event.points()[0].position(), begins=event.type() == kinds.TouchBegin)
            elif event.type() in (kinds.TouchEnd, kinds.TouchCancel):
                self._end()
            event.accept()
            return True
        return super().event(event)

    def tabletEvent(self, event: QTabletEvent) -> None:
        if event.type() == QEvent.Type.TabletPress:
            self._draw(event.position(), begins=True)
        elif event.type() == QEvent.Type.TabletMove:
            self._draw(event.position(), begins=False)
        else:
            self._end()
        # Unanswered, the same stroke would come again as the mouse's.
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._draw(event.position(), begins=True)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._draw(event.position(), begins=False)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete or (event.key() == Qt.Key.Key_Backspace and not self.drawing.strokes):
            self.clear()
        elif event.key() == Qt.Key.Key_Backspace:
            self.drawing.strokes.pop()
            self.changed()
        else:
            super().keyPressEvent(event)

    def _draw(self, at: QPointF, *, begins: bool) -> None:
        inside = QPointF(min(max(at.x(), 0.0), self.width()), min(max(at.y(), 0.0), self.height()))
        if begins:
            self._begun = True
            self.drawing.area = QRectF(self.rect())
            self.setFocus(Qt.FocusReason.MouseFocusReason)
            self.drawing.strokes.append([inside])
        elif self._begun:
            self.drawing.strokes[-1].append(inside)
        self.update()

    def _end(self) -> None:
        if self._begun:
            self._begun = False
            self.changed()

    def _tell(self) -> None:
        self.setAccessibleDescription(self._says[self._value is not None])
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, rect = paint.begin(self), QRectF(self.rect())
        self.drawing.area = rect
        border = "bad" if self._invalid else "accent" if self.hasFocus() else "border2"
        ground = "surface" if self.isEnabled() else "surface2"
        paint.box(painter, rect, ground, border, RADIUS_CONTROL, 1 if border == "border2" else 2)
        line = rect.bottom() - _LINE
        painter.setPen(QPen(color("border2"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(QPointF(rect.left() + 20, line), QPointF(rect.right() - 20, line))
        if self.drawing.empty:
            draw_icon(painter, rect.left() + 20, line - 24, "pencil", "text3", 16)
            words = QRectF(rect.left() + 44, line - 28, rect.width() - 64, 24)
            paint.text(painter, words, self._placeholder, BASE, REGULAR, "text3")
        self.drawing.show(painter, QColor(color("text")))


class SignatureBox(QWidget):
    """The pad with its two buttons: begin anew, and take a picture from a file, for whoever cannot draw here. Emits
    `refused` for a file that holds no picture."""

    refused = Signal()

    def __init__(self, pad: SignaturePad, *, clear: str, load: str) -> None:
        super().__init__()
        self.pad, self._load = pad, load
        self.clearer = Button(clear, icon="undo-2", key="Del", size="small")
        self.loader = Button(load, icon="image", size="small")
        self.clearer.clicked.connect(lambda _on=False: pad.clear())
        self.loader.clicked.connect(lambda _on=False: self._choose())
        self.setLayout(column(pad, row(self.clearer, self.loader, None, gap=8), gap=6))
        self.setFocusProxy(pad)

    def setAccessibleName(self, name: str) -> None:
        super().setAccessibleName(name)
        self.pad.setAccessibleName(name)

    def set_invalid(self, invalid: bool) -> None:
        """Shows or lifts the refusal."""
        self.pad.set_invalid(invalid)

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self._load, "", FILES)
        if path and not self.pad.load(path):
            self.refused.emit()


def _path(stroke: list[QPointF]) -> QPainterPath:
    """A stroke as a soft line through the middles of its points; one point alone is a dot."""
    path = QPainterPath(stroke[0])
    for before, after in pairwise(stroke):
        path.quadTo(before, (before + after) / 2)
    path.lineTo(stroke[-1] if len(stroke) > 1 else stroke[0] + QPointF(0.1, 0))
    return path


def _on_white(image: QImage) -> QImage:
    """The picture in shades of grey on white, no larger than one is made."""
    size = image.size()
    if max(size.width(), size.height()) > SIZES[0]:
        size = size.scaled(SIZES[0], SIZES[0], Qt.AspectRatioMode.KeepAspectRatio)
    found = QImage(size, QImage.Format.Format_Grayscale8)
    found.fill(Qt.GlobalColor.white)
    painter = QPainter(found)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, size.width(), size.height()), image)
    painter.end()
    return found
