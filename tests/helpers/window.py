"""Views in a test: a Desk whose screens are also drawn, with answers coming as the event loop turns."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.kernel.screen import Door, ScreenBook
from retaguarda.kernel.text import Texts
from retaguarda.shell.translate import Words
from tests.helpers.desk import Desk


class DrawnDesk(Desk):
    """A Desk that draws what it opens: `view` is the widget of the screen in front."""

    def __init__(self, door: Door, book: ScreenBook, texts: Texts | None = None) -> None:
        super().__init__(door, book, texts)
        self.words = Words(self.seat.texts)
        self.view: Any = None

    def draw(self, view: QWidget, size: tuple[int, int] = (1366, 768)) -> Any:
        """Shows a view at a window size and lets it take its data."""
        self.view = view
        view.resize(*size)
        view.show()
        view.activateWindow()
        self.turn()
        return view

    def turn(self) -> None:
        """Answers what was asked and lets Qt do what it has to do."""
        for _ in range(3):
            QApplication.processEvents()
            self._settle()
        QApplication.processEvents()
