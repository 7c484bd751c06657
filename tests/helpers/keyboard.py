"""The real window of the test company in front of somebody who only has a keyboard."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app.front import OfficeFront
from retaguarda.kernel.clock import FixedClock
from retaguarda.shell.front import StationFacts
from retaguarda.shell.window import Window
from tests.helpers.company import MONDAY
from tests.helpers.focused import focused


def turn(window: Any, until: Callable[[], object]) -> bool:
    """Lets a window's lanes and events run; whether what was waited for came."""
    for _ in range(2000):
        QApplication.processEvents()
        if not window.isActiveWindow():
            window.activateWindow()
        window.lanes.wait(5)
        QApplication.processEvents()
        if until():
            return True
        QTest.qWait(2)
    return False


class Keyboard:
    """Opens the window at `url` with Ana logged in; `folder` is the station's. `end` closes it without asking."""

    def __init__(self, url: str, folder: Path, size: tuple[int, int] = (1366, 768)) -> None:
        self.window = Window(
            StationFacts(name="Balcão 1", folder=folder), lambda: OfficeFront(url, "ana", "pt_BR", FixedClock(MONDAY))
        )
        self.window.resize(*size)
        self.window.show()
        self.turn(lambda: self.window.desk is not None and self.window.isActiveWindow())

    @property
    def desk(self) -> Any:
        """What stands in the window once somebody is logged in."""
        assert self.window.desk is not None
        return self.window.desk

    @property
    def front(self) -> Any:
        """The screen in sight."""
        assert self.desk.screens.front is not None
        return self.desk.screens.front

    @property
    def state(self) -> Any:
        """The state of the screen in sight."""
        return self.front.state

    def turn(self, until: Callable[[], object] = lambda: True) -> None:
        """Lets lanes and events run until something is so."""
        assert turn(self.window, until), f"it never came: {self._in_sight()}"

    def _in_sight(self) -> str:
        """What stands in sight, with what it says and where the keyboard is."""
        front = self.window.desk.screens.front if self.window.desk is not None else None
        said = front.state.banner.text if front is not None and front.state.banner is not None else ""
        return f"{front.state.screen.name if front is not None else ''} {said} {QApplication.focusWidget()!r}"

    def type_in(self, text: str, gap_ms: int = 40) -> None:
        """Types a text where the keyboard is, as slowly as a person does."""
        for char in text:
            QTest.keyClicks(self.focus, char)
            QTest.qWait(gap_ms)

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Presses a key where the keyboard is."""
        QTest.keyClick(self.focus, key, modifier)

    @property
    def focus(self) -> Any:
        """The widget that has the keyboard."""
        return focused()

    def end(self) -> None:
        """Ends the window with everything behind it; nothing is asked and nothing kept."""
        for opened in self.window.desk.screens if self.window.desk is not None else ():
            opened.state.closed = True
        self.window.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()
