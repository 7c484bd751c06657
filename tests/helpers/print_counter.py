"""A window of the toy shop with a person at it, and printers that do as they are told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.kernel.screen.state import Paper
from retaguarda.shell.front import StationFacts
from retaguarda.shell.printing.choices import PrintChoice
from retaguarda.shell.printing.state import PrintState
from retaguarda.shell.printing.view import PrintView
from retaguarda.shell.window import Window
from tests.helpers.focused import focused
from tests.helpers.keyboard import turn
from tests.helpers.paper_made import pdf_of
from tests.helpers.printers import FakePrinters
from tests.helpers.toy_front import MARINA, ToyFront
from tests.helpers.toy_shop import ToyDoor


class PrintCounter:
    """`take` brings a paper, `key` presses a key where the keyboard is, `printers` has what came out."""

    def __init__(self, folder: Path, *, language: str = "pt_BR", **station: Any) -> None:
        self.printers = FakePrinters()
        self.kept: dict[str, Any] = {}
        facts: dict[str, Any] = {"printers": self.printers, "keep": lambda **values: self.kept.update(values)}
        self.office = ToyFront(logged_in=True)
        self.office._door = ToyDoor(self.office.store, replace(MARINA, language=language))
        self.window = Window(StationFacts(name="Balcão 1", folder=folder, **facts | station), lambda: self.office)
        self.window.resize(1366, 768)
        self.window.show()
        self.turn(lambda: self.window.desk is not None)
        self.turn()

    @property
    def desk(self) -> Any:
        return self.window.desk

    @property
    def view(self) -> PrintView:
        view = self.desk.screens.front.view
        assert isinstance(view, PrintView), view
        return view

    @property
    def state(self) -> PrintState:
        return self.view.state

    @property
    def chosen(self) -> PrintChoice:
        """How the paper that is looked at comes out."""
        assert self.state.paper is not None
        return self.state.options.of(self.state.paper)

    @property
    def centre(self) -> Any:
        return self.window.printing

    def turn(self, until: Callable[[], object] = lambda: True) -> None:
        assert turn(self.window, until), "it never came"

    def key(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(focused(), key, held)
        self.turn()

    def take(self, paper: str = "invoice", *, kind: str = "", asked: bool = True, title: str = "Fatura 75") -> None:
        self.desk.tell(Paper(kind or f"toy.{paper}", {}, pdf_of(paper, title), asked))
        self.turn()

    def toast(self) -> str:
        return str(self.desk.toast.accessibleName())

    def end(self) -> None:
        for opened in self.desk.screens if self.desk is not None else ():
            opened.state.closed = True
        self.window.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()
