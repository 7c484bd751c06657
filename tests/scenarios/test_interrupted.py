"""Long work that is interrupted, by a kill or by closing the window: what stays says so, nothing hangs or is held."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.app import cli, sample
from retaguarda.app.front import OfficeFront, connect, first_steps
from retaguarda.app.headless import check_office, open_office
from retaguarda.app.platform_lock import WindowLock
from retaguarda.app.sample import making
from retaguarda.kernel import schema
from retaguarda.kernel.errors import Problem, Trouble
from retaguarda.kernel.stores import open_store
from retaguarda.shell import theme
from retaguarda.shell.front import StationFacts
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.window import Window
from tests.helpers.apart import APART
from tests.helpers.told import fault


def marked(url: str) -> str:
    """What the database says about being a sample; nothing where there is none yet."""
    with contextlib.suppress(Problem):
        store = open_store(url)
        try:
            return schema.read_marks(store).get(schema.SAMPLE, "")
        finally:
            store.close()
    return ""


@pytest.fixture
def half_made(db_url: str) -> str:
    """A sample company whose making was killed."""
    maker = APART.Process(target=cli.main, args=(["sample", "--db", db_url],))
    maker.start()
    try:
        end = time.monotonic() + 60
        while marked(db_url) != schema.MAKING:
            assert time.monotonic() < end
            assert maker.is_alive()
            time.sleep(0.02)
        time.sleep(0.3)
        assert maker.is_alive()
    finally:
        maker.kill()
        maker.join()
    return db_url


class Started:
    """The window of a person who starts the program on `url`."""

    def __init__(self, url: str, folder: Path, connect_by: Any = None) -> None:
        self.window = Window(
            StationFacts(name="Balcão 1", folder=folder),
            connect_by or (lambda: connect(url, with_sample=False, person=None, language="pt_BR")),
            first_steps=first_steps(url, "pt_BR"),
        )
        self.window.resize(1366, 768)
        self.window.show()

    def turn(self, until: Any) -> None:
        for _ in range(4000):
            QApplication.processEvents()
            if until():
                return
            QTest.qWait(5)
        raise AssertionError("it never came")

    def end(self) -> float:
        """Closes the window; how long it took."""
        began = time.monotonic()
        for opened in self.window.desk.screens if self.window.desk is not None else ():
            opened.state.closed = True
        assert self.window.close()
        self.window.shut_down()
        self.window.deleteLater()
        QApplication.processEvents()
        return time.monotonic() - began


@pytest.fixture
def light(qapp: QApplication) -> None:
    theme.apply(qapp, theme.LIGHT)


def fill_a_little(office: Any, *_rest: Any) -> dict[str, Any]:
    """The telling of six weeks is judged elsewhere."""
    office.act_as(sample.LOGIN)
    return {"login": sample.LOGIN}


def test_a_half_made_sample_is_no_company_and_is_made_again(
    half_made: str, light: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    looks: tuple[Callable[[str], object], ...] = (open_office, check_office, sample.make)
    for look in looks:
        with fault(Trouble, "sample.half_made"):
            look(half_made)
    assert cli.main(["sample", "--db", half_made]) == 3
    assert "interrompida" in capsys.readouterr().err
    monkeypatch.setattr(making, "_fill", fill_a_little)
    started = Started(half_made, tmp_path / "station")
    try:
        started.turn(lambda: started.window.entrance.trouble is not None)
        again = next(b for b in started.window.findChildren(Button) if b.isVisible() and b.text() == "Criar de novo")
        QTest.keyClick(again, Qt.Key.Key_Return)
        started.turn(lambda: started.window.desk is not None)
        assert marked(half_made) == schema.MADE
    finally:
        started.end()


def test_a_half_made_sample_is_erased_as_a_whole_one(half_made: str) -> None:
    sample.erase(half_made)
    assert marked(half_made) == ""


def test_what_is_being_made_is_not_made_again_meanwhile(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fill(*_all: Any) -> dict[str, Any]:
        with fault(Trouble, "kernel.window_open"):
            OfficeFront(sqlite_url, None, "pt_BR")
        with fault(Trouble, "kernel.window_open"):
            sample.make_again(sqlite_url)
        return {}

    monkeypatch.setattr(making, "_fill", fill)
    sample.make(sqlite_url)
    assert marked(sqlite_url) == schema.MADE


def test_closing_while_the_sample_is_made_gives_up_at_once(sqlite_url: str, light: None, tmp_path: Path) -> None:
    started = Started(sqlite_url, tmp_path / "station")
    started.turn(lambda: started.window.first_run is not None)
    QTest.keyClick(started.window, Qt.Key.Key_F9)
    beside = tmp_path / "retaguarda-sample.db"
    started.turn(lambda: marked(f"sqlite:///{beside}") == schema.MAKING)
    QTest.qWait(300)
    assert started.end() < 5
    assert not [thread for thread in threading.enumerate() if thread.name.startswith(("lane-", "watcher"))]
    assert marked(f"sqlite:///{beside}") == schema.MAKING
    WindowLock(beside).release()
    sample.erase(f"sqlite:///{beside}")


def test_closing_while_the_company_is_opened_leaves_nothing_open(company_url: str, light: None, tmp_path: Path) -> None:
    """What comes too late is closed all the same."""
    gate, opened = threading.Event(), []

    def slowly() -> OfficeFront:
        gate.wait(10)
        front = OfficeFront(company_url, "ana", "pt_BR")
        opened.append(front)
        return front

    started = Started(company_url, tmp_path / "station", slowly)
    started.turn(lambda: started.window._painted)
    QTest.qWait(50)
    threading.Timer(0.3, gate.set).start()
    assert started.end() < 8
    assert len(opened) == 1
    assert opened[0].lock is None
    assert not opened[0].watcher._thread.is_alive()
    assert started.window.desk is None
