"""The program started where there is no company: both ways out of the first page, by real keys in the window."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app import sample
from retaguarda.app.front import connect, first_steps
from retaguarda.app.headless import create_office, open_office
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.lanes import current_token
from retaguarda.kernel.stores import open_store
from retaguarda.shell import theme
from retaguarda.shell.front import StationFacts
from retaguarda.shell.window import Window
from tests.helpers.focused import focused

ENTER = Qt.Key.Key_Return


class Started:
    """The window of a person who starts the program on `url` and has only a keyboard."""

    def __init__(self, url: str, folder: Path, language: str = "pt_BR") -> None:
        self.window = Window(
            StationFacts(name="Balcão 1", folder=folder, language=language),
            lambda: connect(url, with_sample=False, person=None, language=language),
            first_steps=first_steps(url, language),
        )
        self.window.show()
        self.turn(lambda: self.window.first_run is not None and self.window.isActiveWindow())

    def turn(self, until: Callable[[], object]) -> None:
        for _ in range(6000):
            QApplication.processEvents()
            if not self.window.isActiveWindow():
                self.window.activateWindow()
            if until():
                return
            QTest.qWait(5)
        raise AssertionError("it never came")

    def type_in(self, *texts: str) -> None:
        for text in texts:
            focus = focused()
            QTest.keyClicks(focus, text)
            QTest.keyClick(focus, ENTER)

    def end(self) -> None:
        for opened in self.window.desk.screens if self.window.desk is not None else ():
            opened.state.closed = True
        self.window.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def start(tmp_path: Path, qapp: QApplication) -> Iterator[Callable[..., Started]]:
    theme.apply(qapp, theme.LIGHT)
    started: list[Started] = []

    def one(url: str, language: str = "pt_BR") -> Started:
        started.append(Started(url, tmp_path / "station", language))
        return started[-1]

    yield one
    for opened in started:
        opened.end()


def test_a_company_is_created_and_its_founder_is_in(start: Callable[..., Started], db_url: str) -> None:
    """Where there is no file, and in an empty database of a server; a mistake is told first and can be mended."""
    started = start(db_url)
    page = started.window.first_run
    assert page is not None
    assert page.first_focus().hasFocus()
    started.type_in("Padaria Lua", "Lia Reis", "lia", "curta")
    started.turn(lambda: page.fields["admin_password"].error)
    QTest.keyClick(page.fields["admin_password"].control, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    started.type_in("segredo123")
    started.turn(lambda: started.window.desk is not None)
    front: Any = started.window.front
    assert (front.company, front.door.person.name, front.office.facts().sample) == ("Padaria Lua", "Lia Reis", False)
    assert started.window.first_run is None
    office = open_office(db_url, "lia", "segredo123")
    try:
        assert office.check() == []
    finally:
        office.close()
    started.window.log_out()
    assert any(row.person.name == "Lia Reis" for row in started.window.login._people)


def test_the_sample_company_opens_beside_while_the_window_stays_awake(
    start: Callable[..., Started], sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The making itself is told elsewhere: here it is a company that takes half a second and says how far it is."""

    def make_slowly(url: str) -> dict[str, object]:
        token: Any = current_token.get()
        for done in range(10):
            token.step(done, 10)
            time.sleep(0.05)
        payload = {"name": "Exemplo", "admin_name": "Ana", "admin_login": sample.LOGIN, "admin_password": "segredo123"}
        create_office(url, {**payload, "sample": True}, {"sample": "made"}).close()
        return {"login": sample.LOGIN}

    monkeypatch.setattr(sample, "make", make_slowly)
    started = start(sqlite_url, "en")
    page = started.window.first_run
    assert page is not None
    QTest.keyClick(started.window, Qt.Key.Key_F9)
    said: set[str] = set()
    held = 0.0
    while started.window.desk is None:
        before = time.perf_counter()
        QApplication.processEvents()
        held = max(held, time.perf_counter() - before) if started.window.front is None else held
        if started.window.first_run is not None:
            said.add(page._making.text())
        QTest.qWait(5)
    assert "Making the sample company: 5 of 10 steps." in said
    assert held < 0.3, "the window's thread makes nothing"
    front: Any = started.window.front
    assert (front.company, front.office.facts().sample) == ("Exemplo", True)
    assert (tmp_path / "retaguarda-sample.db").is_file()
    assert not (tmp_path / "test.db").exists(), "the company's own file is not touched"


def test_a_sample_that_stands_there_already_is_opened(
    start: Callable[..., Started], sqlite_url: str, tmp_path: Path
) -> None:
    payload = {"name": "De ontem", "admin_name": "Ana", "admin_login": sample.LOGIN, "admin_password": "segredo123"}
    beside = f"sqlite:///{tmp_path / 'retaguarda-sample.db'}"
    create_office(beside, {**payload, "sample": True}, {"sample": "made"}).close()
    started = start(sqlite_url)
    QTest.keyClick(started.window, Qt.Key.Key_F9)
    started.turn(lambda: started.window.desk is not None)
    assert started.window.front is not None
    assert started.window.front.company == "De ontem"


def test_a_folder_that_is_not_there_is_said_on_the_page(start: Callable[..., Started], tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'nowhere' / 'x.db'}"
    started = start(url)
    page = started.window.first_run
    assert page is not None
    started.type_in("Padaria Lua", "Lia Reis", "lia", "segredo123")
    started.turn(lambda: page._refusal.text())
    assert "não foi encontrado" in page._refusal.text()
    with pytest.raises(Problem):
        open_store(url)
