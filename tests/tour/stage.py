"""The program's window on the sample company, as the tour drives it: opened once per language, used for every sight."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication

from retaguarda.app import sample
from retaguarda.app.front import OfficeFront
from retaguarda.app.headless import Office
from retaguarda.app.import_desk import ImportDesk
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.screen.state import Go
from retaguarda.shell import theme
from retaguarda.shell.desk_frame import DeskFrame
from retaguarda.shell.front import StationFacts
from retaguarda.shell.tabs import OpenScreen
from retaguarda.shell.window import Window
from tests.helpers.printers import FakePrinters

SIZE = (1366, 768)
NOW = dt.datetime(2026, 11, 25, 17, 40, tzinfo=dt.UTC)
"""A Wednesday afternoon in São Paulo: work is under way, and the pictures are the same every day."""
CALM_ROUNDS, PATIENCE_S = 8, 60.0
"""So many turns without an answer on the way: a layout asks its parents to fit anew one turn after the other."""
THEMES = {"light": theme.LIGHT, "dark": theme.DARK}


def make_sample(url: str) -> None:
    """Makes the sample company as it stands on that Wednesday."""
    sample.make(url, clock=FixedClock(NOW))


class TourFront(OfficeFront):
    """The office of the tour: everybody reads it in the tour's language."""

    def __init__(self, url: str, person: str | None, language: str, folder: Path) -> None:
        self._language = language
        super().__init__(url, person, language, FixedClock(NOW))
        self.importing = ImportDesk(self.office, folder / "imports")
        self._speak()

    def _speak(self) -> None:
        self.office.actor = replace(self.office.actor, language=self._language)

    def log_in(self, login: str, password: str) -> None:
        super().log_in(login, password)
        self._speak()


class Stage:
    """One window in one language. `close` ends everything behind it."""

    def __init__(self, url: str, folder: Path, language: str) -> None:
        found = QApplication.instance()
        assert isinstance(found, QApplication)
        self.app, self.language, self.folder = found, language, folder
        self.theme = theme.current().name
        self.printers = FakePrinters()
        facts = StationFacts(
            name="Balcão 1" if language == "pt_BR" else "Counter 1", folder=folder, language=language, version="0.1.0",
            printers=self.printers,
        )  # fmt: skip
        self.window = Window(facts, lambda: TourFront(url, None, language, folder), FixedClock(NOW))
        self.window.resize(*SIZE)
        self.window.show()
        self.until(lambda: self.window.front is not None)
        self.calm()

    # ---- waiting ----
    def until(self, done: Callable[[], bool]) -> None:
        """Turns the event loop until something is so; TimeoutError after a minute."""
        end = time.monotonic() + PATIENCE_S
        while not done():
            self.app.processEvents()
            time.sleep(0.002)
            if time.monotonic() > end:
                raise TimeoutError("the window did not become calm")

    def calm(self) -> None:
        """Turns the event loop until every answer has come and is painted."""
        rounds = 0

        def still() -> bool:
            nonlocal rounds
            rounds = rounds + 1 if self.window.lanes.wait(0) else 0
            return rounds > CALM_ROUNDS

        self.until(still)
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.app.processEvents()

    # ---- who and what ----
    @property
    def office(self) -> Office:
        """The office behind the window."""
        front = self.window.front
        assert isinstance(front, TourFront)
        return front.office

    @property
    def desk(self) -> DeskFrame:
        """The frame of the person who is logged in."""
        assert self.window.desk is not None
        return self.window.desk

    def enter(self, login: str) -> None:
        """Logs a person in, after the one before has left."""
        if self.window.desk is not None:
            self.desk.screens.close_all()
            self.window.log_out()
        self.window.login.log_in.emit(login, "")
        self.until(lambda: self.window.desk is not None)
        self.calm()

    def open(self, go: Go) -> OpenScreen:
        """Opens a screen and waits for its rows."""
        opened = self.desk.screens.open(go)
        self.calm()
        return opened

    def use_theme(self, name: str) -> None:
        """Switches the theme of the running program."""
        if name != self.theme:
            theme.apply(self.app, THEMES[name])
            self.theme = name
            self.calm()

    def close(self) -> None:
        """Ends the window and its office."""
        if self.window.desk is not None:
            self.desk.screens.close_all()
        self.window.shut_down()
        self.window.close()
        self.window.deleteLater()
        self.app.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        self.app.processEvents()
