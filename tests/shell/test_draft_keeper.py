"""The keeper of a form's draft: what is being typed in an open cell too, one write after the other, none once saved."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from retaguarda.kernel.clock import SystemClock
from retaguarda.kernel.draft import Draft, Drafts
from retaguarda.kernel.lanes import Lanes
from retaguarda.shell.courier import Courier
from retaguarda.shell.draft_keeper import DraftKeeper
from retaguarda.shell.form_view import FormView
from tests.helpers.focused import focused
from tests.helpers.toy_screens import toy_book
from tests.helpers.toy_shop import ToyDoor, toy_store
from tests.helpers.window import DrawnDesk


class SlowDrafts(Drafts):
    """Drafts on a disk that takes its time: a write waits for `gate`."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder, SystemClock())
        self.gate = threading.Event()
        self.gate.set()

    def keep(self, *args: Any) -> Draft:
        self.gate.wait(5)
        return super().keep(*args)


class Kept:
    """A drawn form with its keeper."""

    def __init__(self, folder: Path) -> None:
        self.desk = DrawnDesk(ToyDoor(toy_store()), toy_book())
        self.drafts = SlowDrafts(folder)
        self.courier = Courier()
        self.lanes = Lanes(self.courier)

    def open(self, screen: str) -> Any:
        self.desk.open(screen)
        view = self.desk.draw(FormView(self.desk.form, self.desk.words))
        self.keeper = DraftKeeper(self.desk.form, self.drafts, self.lanes)
        self.keeper.setParent(view)
        return view

    def now(self) -> dict[str, Any]:
        """Keeps the draft at once; what is on disk then."""
        self.keeper.keep()
        self.settle()
        found = self.drafts.all_of(self.desk.seat.person.id)
        return dict(found[0].snapshot) if found else {}

    def settle(self) -> None:
        assert self.lanes.wait(5)
        QApplication.processEvents()


@pytest.fixture
def kept(tmp_path: Path, light: QApplication) -> Iterator[Kept]:
    made = Kept(tmp_path / "drafts")
    yield made
    made.drafts.gate.set()
    made.desk.view.close()
    made.desk.view.deleteLater()
    made.lanes.close()


def _focus() -> Any:
    return focused()


def _keys(text: str) -> None:
    for char in text:
        QTest.keyClicks(_focus(), char)


def test_an_open_cell_is_in_the_draft_until_it_is_left(kept: Kept) -> None:
    view = kept.open("toy.product_form")
    (name,) = view.binder.lines
    table = view.binder.lines[name].table
    table.setFocus()
    table.setCurrentIndex(table.rows.index(0, 0))
    column = table.rows.columns[0].key
    _keys("abc")
    (row,) = kept.now()["lines"][name]
    assert row[column] == ["abc", None]
    QTest.keyClick(_focus(), Qt.Key.Key_Escape)
    assert kept.now() == {}


@pytest.mark.parametrize("ends", ["saved", "discarded", "closed"])
def test_a_write_under_way_does_not_bring_a_dropped_draft_back(kept: Kept, ends: str) -> None:
    kept.open("toy.product_form")
    form = kept.desk.form
    form.type_in("name", "Caixa")
    kept.drafts.gate.clear()
    kept.keeper.keep()
    form.changed(ends)
    kept.drafts.gate.set()
    kept.settle()
    assert kept.drafts.all_of(kept.desk.seat.person.id) == ()


def test_of_the_writes_that_wait_only_the_newest_is_made(kept: Kept, monkeypatch: pytest.MonkeyPatch) -> None:
    kept.open("toy.product_form")
    written: list[str] = []
    real: Callable[..., Draft] = kept.drafts.keep

    def keep(*args: Any) -> Draft:
        written.append(args[3]["fields"]["name"][0])
        return real(*args)

    monkeypatch.setattr(kept.drafts, "keep", keep)
    kept.drafts.gate.clear()
    for text in ("a", "ab", "abc", "abcd"):
        kept.desk.form.type_in("name", text)
        kept.keeper.keep()
    kept.drafts.gate.set()
    kept.settle()
    assert written[-1] == "abcd"
    assert len(written) < 4
    (draft,) = kept.drafts.all_of(kept.desk.seat.person.id)
    assert draft.snapshot["fields"]["name"][0] == "abcd"
