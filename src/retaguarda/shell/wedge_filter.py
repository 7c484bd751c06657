"""A scanner works from any focus: its bursts go to the scan field, what a person types stays where it is typed."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from retaguarda.kernel.screen.wedge import ENTER, MOST_GAP_MS, Burst, WedgeDetector

_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class WedgeFilter(QObject):
    """Watches the keys of everything inside `view` but `scan_field`; emits `scanned(code)` for each burst.

    Characters are held back for at most 35 ms; those that turn out to be typing are given to the widget they were
    meant for, in order.
    """

    scanned = Signal(str)

    def __init__(self, view: QWidget, scan_field: QWidget) -> None:
        super().__init__(view)
        self._view, self._scan_field = view, scan_field
        self._detector = WedgeDetector()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._idle = QTimer(self)
        self._idle.setSingleShot(True)
        self._idle.setInterval(int(MOST_GAP_MS) + 5)
        self._idle.timeout.connect(self._rested)
        self._meant_for: QObject | None = None
        self._giving = False
        self._watched: QWidget | None = None
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._follow)
        self._follow(None, QApplication.focusWidget())

    def _follow(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Watches the one widget that has the keyboard: a filter on everything would see every event there is."""
        if self._watched is not None and isValid(self._watched):
            self._watched.removeEventFilter(self)
        self._watched = now if now is not None and self._is_here(now) else None
        if self._watched is not None:
            self._watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or self._giving:
            return False
        assert isinstance(event, QKeyEvent)
        char = self._char(event)
        if not char or (char == ENTER and not self._detector.holding):
            self._give_back(self._detector.idle(float("inf")))
            return False
        self._meant_for = watched
        burst = self._detector.feed(char, self._ms())
        if burst.scanned:
            self._idle.stop()
            self._give_back(burst)
            self.scanned.emit(burst.scanned)
        else:
            self._give_back(burst)
            self._idle.start()
        return True

    def _is_here(self, widget: QWidget) -> bool:
        return widget is not self._scan_field and self._view.isAncestorOf(widget)

    @staticmethod
    def _char(event: QKeyEvent) -> str:
        if event.modifiers() & _MODIFIERS:
            return ""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return ENTER
        text = event.text()
        return text if len(text) == 1 and text.isprintable() else ""

    def _ms(self) -> float:
        return self._clock.nsecsElapsed() / 1e6

    def _rested(self) -> None:
        self._give_back(self._detector.idle(float("inf")))

    def _give_back(self, burst: Burst) -> None:
        target = self._meant_for
        if not burst.typed or target is None:
            return
        self._giving = True
        try:
            for char in burst.typed:
                key = Qt.Key.Key_Return if char == ENTER else Qt.Key(0)
                event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, char)
                QApplication.sendEvent(_inside(target), event)
        finally:
            self._giving = False


def _inside(target: QObject) -> QObject:
    """The editor that the character before opened in the widget, which has the keyboard now; else the widget."""
    now = QApplication.focusWidget()
    if now is not None and isinstance(target, QWidget) and target.isAncestorOf(now):
        return now
    return target
