"""The word after a deed, with its undo: `Toast`, 44 high, at the bottom of the window for ten seconds."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRectF, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from retaguarda.shell.theme.tokens import BASE, RADIUS_TILE, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import LinkButton
from retaguarda.shell.widgets.labels import IconMark, KeyCap, Label
from retaguarda.shell.widgets.layout import row

SECONDS = 10
_HIGH = 44
_BELOW = 14


class Toast(QFrame):
    """One per window, made with the widget over whose lower edge it stands; `say` shows it.

    The seconds stand still while the mouse is over it or the keyboard in it. Signals: `undo_pressed`, `gone` (closed
    or run out, not when undone). The screen binds the key that is printed on it.
    """

    undo_pressed = Signal()
    gone = Signal()

    def __init__(self, over: QWidget, *, close_name: str, above: int = _BELOW) -> None:
        super().__init__(over)
        self._over, self._above = over, above
        self._left = SECONDS
        self._icon = IconMark("circle-check", "invaccent", 18)
        self._text = Label("", BASE, SEMIBOLD, "invtext")
        self._undo = LinkButton("", token="invaccent")
        self._key = KeyCap("", "invmuted")
        self._count = Label("", SMALL, token="invmuted", figures=True)
        close = LinkButton("", icon="x", token="invmuted", name=close_name)
        gaps = row(self._icon, self._text, 8, self._undo, self._key, 2, self._count, close, margins=(14, 0, 10, 0))
        self.setLayout(gaps)
        self.setFixedHeight(_HIGH)
        self._tick = QTimer(self)
        self._tick.setInterval(1000)
        self._tick.timeout.connect(self._second)
        self._undo.clicked.connect(self._undone)
        close.clicked.connect(self._end)
        over.installEventFilter(self)
        self.hide()

    def say(self, text: str, *, undo: str = "", key: str = "", icon: str = "circle-check", seconds: int = 0) -> None:
        """Shows a sentence, with a way back when `undo` names one."""
        self._left = seconds or SECONDS
        self._text.setText(text)
        self._icon.set_icon(icon, "invaccent")
        self._undo.setText(undo)
        self._undo.setVisible(bool(undo))
        self._key.setText(key.replace("+", " "))
        self._key.setVisible(bool(undo and key))
        self._count.setText(f"{self._left} s")
        self.setAccessibleName(text)
        self._place()
        self.show()
        self.raise_()
        self._tick.start()
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def _second(self) -> None:
        focus = self.focusWidget()
        if self.underMouse() or (focus is not None and focus.hasFocus()):
            return
        self._left -= 1
        self._count.setText(f"{self._left} s")
        if self._left <= 0:
            self._end()

    def _undone(self) -> None:
        self._tick.stop()
        self.hide()
        self.undo_pressed.emit()

    def _end(self) -> None:
        self._tick.stop()
        self.hide()
        self.gone.emit()

    def _place(self) -> None:
        over = self._over
        layout = self.layout()
        if layout is not None:
            layout.activate()
        wide = min(self.sizeHint().width(), over.width() - 32)
        self.setGeometry((over.width() - wide) // 2, over.height() - _HIGH - self._above, wide, _HIGH)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(paint.begin(self), QRectF(self.rect()), "inv", "", RADIUS_TILE)
