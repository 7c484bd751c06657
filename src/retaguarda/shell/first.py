"""The first frame: the shell's outline, painted before anything else of the program is imported.

It stands for the moment in which the rest comes in behind it: the frame of the window with the places of navigation,
search and content, in the theme's colours. It has no words, so it needs no catalogue.
"""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.shell import theme

SIZE = (1366, 768)
RAIL, TOP, STATUS = 60, 52, 26


class First(QWidget):
    """The outline of the window. `painted` once it stands on the screen; `loaded` when what `load` brings is there."""

    painted = Signal()
    loaded = Signal(object)

    def __init__(self, geometry: tuple[int, int, int, int] | None) -> None:
        super().__init__()
        self.setWindowTitle("Retaguarda")
        self.setAccessibleName("Retaguarda")
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        wanted = QRect(*geometry) if geometry is not None else None
        if wanted is not None and any(area.contains(wanted.center()) for area in screens):
            self.setGeometry(wanted)
        else:
            self.resize(*SIZE)
        self._painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        wide, high = self.width(), self.height()
        painter.fillRect(self.rect(), theme.color("bg"))
        painter.fillRect(0, 0, RAIL, high, theme.color("nav"))
        painter.fillRect(RAIL, 0, wide - RAIL, TOP, theme.color("surface"))
        painter.fillRect(0, high - STATUS, wide, STATUS, theme.color("surface"))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent"))
        painter.drawRoundedRect(QRectF(14, 14, 32, 32), 8, 8)
        painter.setBrush(theme.color("surface2"))
        for place in range(7):
            painter.drawRoundedRect(QRectF(18, 72 + place * 38, 24, 20), 6, 6)
        painter.drawRoundedRect(QRectF(RAIL + 24, 10, 420, 32), 6, 6)
        painter.drawRoundedRect(QRectF(RAIL + 24, TOP + 26, 220, 22), 6, 6)
        painter.setBrush(theme.color("surface"))
        painter.drawRoundedRect(QRectF(RAIL + 24, TOP + 74, wide - RAIL - 48, high - TOP - STATUS - 98), 10, 10)
        painter.end()
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self.painted.emit)

    def bring(self, load: Callable[[], object]) -> None:
        """Runs `load` (imports, nothing of Qt) beside the window and says `loaded` with what it gave."""

        def work() -> None:
            self.loaded.emit(load())

        threading.Thread(target=work, name="first-load", daemon=True).start()


def start(
    name: str,
    geometry: tuple[int, int, int, int] | None,
    load: Callable[[], object],
    rest: Callable[[object], Callable[[], object]],
) -> int:
    """Runs the program: the first frame in the theme `name`, `load` beside it, then `rest` with what it gave.

    `rest` opens the program's window and gives what is to be called when everything ends. Gives the exit code.
    """
    app = QApplication(["retaguarda"])
    use_theme(app, name)
    first = First(geometry)
    ends: list[Callable[[], object]] = []

    def go_on(loaded: object) -> None:
        ends.append(rest(loaded))
        first.hide()

    first.loaded.connect(go_on)
    first.painted.connect(lambda: first.bring(load))
    first.show()
    try:
        return app.exec()
    finally:
        for end in ends:
            end()


def use_theme(app: QApplication, name: str) -> None:
    """The light or dark theme, or the system's."""
    if name == "system":
        theme.apply(app, theme.LIGHT)
        theme.follow_system(app)
    else:
        theme.apply(app, theme.DARK if name == "dark" else theme.LIGHT)
