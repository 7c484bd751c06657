"""What can be read in a window: texts that widgets hold, and texts as they are painted during a grab."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPalette, QTransform
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QPlainTextEdit, QWidget

from retaguarda.shell.theme import color, metrics
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.sheet import Sheet
from retaguarda.shell.widgets.toast import Toast

SLACK = 1
"""Pixels that a measure may be off: glyphs are placed between pixels, widgets are not."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text in sight. `rect` is where its glyphs stand in the window, `seen` the part that nothing clips away;
    `cut` says that it did not fit; `under` marks a second line, which may be shortened; `ink` is its colour."""

    words: str
    owner: QWidget
    rect: QRect
    seen: QRect
    cut: bool
    under: bool
    ink: QColor | None


class Eye:
    """Takes the picture of a window and remembers every text painted meanwhile."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.painted: list[Text] = []
        self._under = False
        self._kept = (paint.text, paint.second_line)

    def look(self) -> QImage:
        """The picture; `painted` are the texts in it."""
        self.painted.clear()
        # `painter.device()` gives a wrapper that never hears of its widget's end, unless the widget has one already:
        # its address, given to another widget later, would crash. Those that are asked for as children do hear of it.
        named = self.window.findChildren(QWidget)
        paint.text, paint.second_line = self._text, self._second_line
        try:
            picture = self.window.grab().toImage()
        finally:
            paint.text, paint.second_line = self._kept
            del named
        # On a finer screen the picture has more points than the window: what is measured is measured in the window's.
        if picture.devicePixelRatio() != 1:
            smooth = Qt.TransformationMode.SmoothTransformation
            picture = picture.scaled(self.window.size(), Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
            picture.setDevicePixelRatio(1)
        return picture

    def _text(self, painter: QPainter, rect: QRectF, words: str, *how: Any, **named: Any) -> None:
        self._kept[0](painter, rect, words, *how, **named)
        owner = painter.device()
        if words and isinstance(owner, QWidget) and owner.window() is self.window:
            self.painted.append(self._made(painter, owner, rect, words, *how, **named))

    def _made(
        self, painter: QPainter, owner: QWidget, rect: QRectF, words: str, size: int, weight: int, token: str,
        align: int = paint.LEFT, figures: bool = False,
    ) -> Text:  # fmt: skip
        measures = metrics(size, weight, figures)
        wide, high = measures.horizontalAdvance(words), measures.capHeight() + 4
        cut = wide > rect.width() + SLACK
        wide = min(wide, rect.width())
        left = rect.left()
        if align & Qt.AlignmentFlag.AlignRight:
            left = rect.right() - wide
        elif align & Qt.AlignmentFlag.AlignHCenter:
            left = rect.center().x() - wide / 2
        glyphs = QRectF(left, rect.center().y() - high / 2, wide, high)
        fine = 1 / owner.devicePixelRatioF()
        there = QTransform.fromScale(fine, fine).mapRect(painter.deviceTransform().mapRect(glyphs)).toRect()
        return Text(words, owner, there, _clipped(owner, there), cut, self._under, QColor(color(token)))

    def _second_line(self, painter: QPainter, rect: QRectF, words: str, ink: str) -> None:
        self._under = True
        try:
            self._kept[1](painter, rect, words, ink)
        finally:
            self._under = False

    def texts(self) -> list[Text]:
        """Everything that can be read: what was painted, and what labels, buttons and fields hold."""
        held = [*(text for text in self.painted if in_front(text.owner)), *self._held()]
        over = [toast for toast in self.window.findChildren(Toast) if toast.isVisible()]
        return [text for text in held if not any(_covers(toast, text) for toast in over)]

    def _held(self) -> Iterator[Text]:
        for widget in widgets_in_sight(self.window):
            if isinstance(widget, QLabel) and type(widget) in (Label, QLabel) and widget.text():
                yield self._of_label(widget)
            elif isinstance(widget, QAbstractButton) and widget.text():
                yield self._plain(widget, widget.text().replace("&", ""), widget.sizeHint().width() > widget.width())
            elif isinstance(widget, QComboBox) and widget.currentText():
                wide = widget.fontMetrics().horizontalAdvance(widget.currentText())
                yield self._plain(widget, widget.currentText(), wide > widget.width() - 30)
            elif isinstance(widget, QLineEdit):
                yield from self._of_line(widget)
            elif isinstance(widget, QPlainTextEdit) and not widget.toPlainText() and widget.placeholderText():
                yield self._plain(widget, widget.placeholderText(), False)

    def _of_label(self, label: QLabel) -> Text:
        words = label.text()
        if label.wordWrap():
            cut = label.heightForWidth(label.width()) > label.height() + 2
        else:
            cut = "<" not in words and label.fontMetrics().horizontalAdvance(words) > label.width() + SLACK
            cut = cut or label.fontMetrics().capHeight() + 4 > label.height()
        under = (
            bool(getattr(label, "_elide", False)) and label.font().pixelSize() <= 12 and label.font().weight() <= 400
        )
        rect = _in_window(label, label.contentsRect())
        if not label.wordWrap():
            wide = min(label.fontMetrics().horizontalAdvance(words), rect.width())
            left = rect.left() if label.alignment() & Qt.AlignmentFlag.AlignLeft else rect.right() - wide
            if label.alignment() & Qt.AlignmentFlag.AlignHCenter:
                left = rect.center().x() - wide // 2
            rect = QRect(left, rect.center().y() - 7, wide, 14)
        ink = label.palette().color(QPalette.ColorRole.WindowText)
        return Text(words, label, rect, _clipped(label, rect), cut, under, ink)

    def _plain(self, widget: QWidget, words: str, cut: bool) -> Text:
        rect = _in_window(widget, widget.rect().adjusted(6, 6, -6, -6))
        return Text(words, widget, rect, _clipped(widget, rect), cut, False, None)

    def _of_line(self, line: QLineEdit) -> Iterator[Text]:
        margins = line.textMargins()
        room = line.width() - margins.left() - margins.right()
        words = line.text() or line.placeholderText()
        if words and line.echoMode() is QLineEdit.EchoMode.Normal:
            # What is typed may be longer than its field: it scrolls. What the field says of itself must fit.
            cut = not line.text() and line.fontMetrics().horizontalAdvance(words) > room + SLACK
            rect = _in_window(line, line.rect().adjusted(margins.left(), 6, -margins.right(), -6))
            yield Text(words, line, rect, _clipped(line, rect), cut, False, None)


def widgets_in_sight(window: QWidget) -> Iterator[QWidget]:
    """Every widget of which something can be seen; while a sheet is open only what stands on it."""
    for widget in window.findChildren(QWidget):
        if widget.isVisible() and in_front(widget) and not widget.visibleRegion().isEmpty():
            yield widget


def in_front(widget: QWidget) -> bool:
    """Whether nothing dims the widget."""
    sheets = [sheet for sheet in widget.window().findChildren(Sheet) if sheet.isVisible()]
    return not sheets or any(sheet is widget or sheet.isAncestorOf(widget) for sheet in sheets)


def _covers(toast: Toast, text: Text) -> bool:
    inside = text.owner is toast or toast.isAncestorOf(text.owner)
    return not inside and _in_window(toast, toast.rect()).intersects(text.rect)


def _in_window(widget: QWidget, rect: QRect) -> QRect:
    return QRect(widget.mapTo(widget.window(), rect.topLeft()), rect.size())


def _clipped(widget: QWidget, rect: QRect) -> QRect:
    """The part of a rectangle (in window coordinates) that the parents of a widget leave in sight."""
    shown = widget.visibleRegion().boundingRect()
    shown.moveTopLeft(widget.mapTo(widget.window(), shown.topLeft()) if widget is not widget.window() else QPoint(0, 0))
    return rect.intersected(shown)
