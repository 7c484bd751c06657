"""The window on a database that it must not work with: the log-in says cause and what to do, and can be tried again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app.front import connect, first_steps
from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel import schema
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import Texts
from retaguarda.shell import theme
from retaguarda.shell.front import StationFacts
from retaguarda.shell.window import Window
from tests.helpers import company
from tests.helpers.tampering import plain
from tests.shell.seen import words


def mark(value: str) -> Callable[[Path], None]:
    """The database says so many migrations of a module have run."""

    def make(file: Path) -> None:
        store = open_store(f"sqlite:///{file}")
        try:
            schema.set_mark(store, "module.party", value)
        finally:
            store.close()

    return make


def guards_off(file: Path) -> None:
    with plain(f"sqlite:///{file}") as connection:
        connection.exec_driver_sql("DROP TRIGGER party_no_delete")


def damaged(file: Path) -> None:
    file.write_bytes(b"Dear Sir or Madam, " * 400)


FAULTS = {
    "kernel.newer_database": mark("9"),
    "kernel.older_database": mark("-1"),
    "kernel.triggers_changed": guards_off,
    "kernel.damaged": damaged,
}


class Opening:
    """A window that tries to open a file."""

    def __init__(self, file: Path, folder: Path, language: str) -> None:
        url = f"sqlite:///{file}"
        self.window = Window(
            StationFacts(name="Balcão 1", folder=folder, language=language),
            lambda: connect(url, with_sample=False, person=None, language=language),
            first_steps=first_steps(url, language),
        )
        self.window.resize(1366, 768)
        self.window.show()

    def turn(self, until: Callable[[], object]) -> None:
        for _ in range(2000):
            QApplication.processEvents()
            if until():
                return
            QTest.qWait(5)
        raise AssertionError("it never came")

    def end(self) -> None:
        self.window.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.mark.parametrize("language", ["pt_BR", "en"])
@pytest.mark.parametrize("code", sorted(FAULTS))
def test_the_log_in_says_what_is_wrong_and_what_to_do(
    sqlite_template: Path, tmp_path: Path, qapp: QApplication, code: str, language: str
) -> None:
    theme.apply(qapp, theme.LIGHT)
    file, texts = tmp_path / "company.db", Texts(language)
    company.copy_sqlite(sqlite_template, file)
    FAULTS[code](file)
    opening = Opening(file, tmp_path / "station", language)
    try:
        opening.turn(lambda: opening.window.login.enter.isEnabled() and texts.action(code) in words(opening.window))
        assert opening.window.first_run is None, "a company in trouble is not founded anew"
        cause = texts.cause(code, triggers="party_no_delete")
        assert cause in words(opening.window)
        assert opening.window.front is None
        WindowLock(file).release()  # nobody holds the file any more
    finally:
        opening.end()


def test_once_it_is_mended_the_same_window_opens_it(sqlite_template: Path, tmp_path: Path, qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)
    file = tmp_path / "company.db"
    company.copy_sqlite(sqlite_template, file)
    mark("9")(file)
    opening = Opening(file, tmp_path / "station", "pt_BR")
    try:
        opening.turn(lambda: opening.window.login.enter.isEnabled())
        assert opening.window.front is None
        mark("0")(file)
        opening.window.connect_office()
        opening.turn(lambda: opening.window.front is not None)
        assert opening.window.login.chosen is not None
    finally:
        opening.end()
