"""The window on a database that it must not work with: the log-in says cause and what to do, and can be tried again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from alembic.operations import Operations
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app import headless
from retaguarda.app.compose import MODULES
from retaguarda.app.front import connect, first_steps
from retaguarda.app.platform_lock import WindowLock
from retaguarda.kernel import schema
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import Texts
from retaguarda.modules.party.module import MODULE as PARTY
from retaguarda.shell import theme
from retaguarda.shell.front import StationFacts
from retaguarda.shell.widgets.buttons import Button
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

    def press(self, words: str) -> None:
        """Presses the button that says so, which must be there and the one that Enter presses."""
        button = next(b for b in self.window.findChildren(Button) if b.isVisible() and b.text() == words)
        self.window.activateWindow()
        self.turn(button.hasFocus)
        QTest.keyClick(button, Qt.Key.Key_Return)

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
        opening.turn(lambda: opening.window.entrance.trouble is not None)
        trouble = opening.window.entrance.trouble
        assert trouble is not None
        assert trouble.code == code
        assert opening.window.first_run is None, "a company in trouble is not founded anew"
        said = words(opening.window)
        assert texts.cause(code, **trouble.params) in said
        assert texts.action(code, **trouble.params) in said
        assert "?" not in texts.cause(code, **trouble.params), "a newer database says which version it needs"
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
        opening.turn(lambda: opening.window.entrance.trouble is not None)
        assert opening.window.front is None
        mark(str(len(PARTY.migrations)))(file)
        opening.press("Tentar de novo")
        opening.turn(lambda: opening.window.front is not None)
        assert opening.window.login.chosen is not None
    finally:
        opening.end()


def test_an_older_database_is_backed_up_and_updated_by_a_button(
    sqlite_template: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(qapp, theme.LIGHT)
    file = tmp_path / "company.db"
    company.copy_sqlite(sqlite_template, file)
    steps = tuple(partial(_say_hello, n) for n in range(3))
    newer = tuple(replace(m, migrations=(*m.migrations, *steps)) if m.name == "company" else m for m in MODULES)
    monkeypatch.setattr(headless, "MODULES", newer)
    opening = Opening(file, tmp_path / "station", "pt_BR")
    said: list[str] = []
    try:
        opening.turn(lambda: opening.window.entrance.trouble is not None)
        assert not (tmp_path / "backup").exists(), "nothing is done before it is asked for"
        progress = opening.window.login.show_progress

        def tell(done: int, total: int) -> None:
            progress(done, total)
            said.extend(words(opening.window))

        monkeypatch.setattr(opening.window.login, "show_progress", tell)
        opening.press("Fazer cópia e atualizar")
        opening.turn(lambda: opening.window.front is not None)
        assert [line for line in said if line.endswith("passos")] == [f"{n} de 5 passos" for n in range(5)]
        assert len(list((tmp_path / "backup").glob("company-*.db"))) == 1
        assert opening.window.login.chosen is not None, "the log-in of the updated company"
        assert opening.window.entrance.trouble is None
    finally:
        opening.end()


def test_an_update_that_cannot_be_backed_up_is_not_made(
    sqlite_template: Path, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(qapp, theme.LIGHT)
    file = tmp_path / "company.db"
    company.copy_sqlite(sqlite_template, file)
    newer = tuple(
        replace(m, migrations=(*m.migrations, partial(_say_hello, 0))) if m.name == "company" else m for m in MODULES
    )
    monkeypatch.setattr(headless, "MODULES", newer)
    (tmp_path / "backup").write_text("a file stands where the folder should be")
    before = file.read_bytes()
    opening = Opening(file, tmp_path / "station", "pt_BR")
    try:
        opening.turn(lambda: opening.window.entrance.trouble is not None)
        opening.press("Fazer cópia e atualizar")
        opening.turn(lambda: getattr(opening.window.entrance.trouble, "code", "") == "kernel.file_not_written")
        assert file.read_bytes() == before
    finally:
        opening.end()


def _say_hello(number: int, operations: Operations) -> None:
    operations.execute(f"SELECT {number}")
