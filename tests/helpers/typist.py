"""A person who types into every form of the plan with real keys and then waits to be killed.

The plan is JSON, a list of {screen, key, given}; what was typed into each of them, what its state held then and when
the last key came are told as JSON, too.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.kernel.kinds import Secret
from retaguarda.kernel.screen.entry import EntryState
from retaguarda.kernel.screen.state import Go
from retaguarda.shell import theme
from retaguarda.shell.grid import FillTable
from retaguarda.shell.tabs import OpenScreen
from retaguarda.shell.widgets.choices import CheckBox, Combo
from retaguarda.shell.widgets.dates import DateEdit
from retaguarda.shell.widgets.fields import LineEdit, NumberEdit, TextArea
from retaguarda.shell.widgets.search import SearchBox
from tests.helpers.counter import gtin_of
from tests.helpers.keyboard import Keyboard

SECRET = "segredo-9w4k"
SIZE = (1366, 900)
PERSON_MS = 40
"""Slow enough to be a person's keys where a scanner is listened to."""


class Typist:
    """Opens the forms of a plan and types into whatever each of them shows."""

    def __init__(self, at: Keyboard) -> None:
        self._at = at
        self._number = count(1)

    def work(self, plan: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Opens everything, lets it load, and types; says what was typed where."""
        opened = [self._at.desk.screens.open(Go(go["screen"], go["key"], go["given"]), show=False) for go in plan]
        self._at.turn()
        done = [go | self._fill(one) for go, one in zip(plan, opened, strict=True)]
        return [went | {"held": one.state.snapshot()} for went, one in zip(done, opened, strict=True)]

    def _fill(self, opened: OpenScreen) -> dict[str, Any]:
        self._at.desk.show_page(opened.key)
        QApplication.processEvents()
        view: Any = opened.view
        typed = dict(self._fields(opened))
        for name, editor in view.binder.lines.items():
            typed[name] = self._first_cells(editor.table)
        if isinstance(opened.state, EntryState):
            typed[opened.state.screen.lines.name] = self._scan(view)
        at = time.time()
        # Where a scanner is listened to, a key is held back for a moment; nobody leaves the page within that.
        QTest.qWait(3 * PERSON_MS if isinstance(opened.state, EntryState) else 0)
        QApplication.processEvents()
        return {"typed": typed, "at": at}

    def _fields(self, opened: OpenScreen) -> Iterator[tuple[str, str]]:
        """Every field that can be seen; Ref fields that hold a record already keep it."""
        state: Any = opened.state
        for field in state.fields:
            widget: Any = opened.view.findChild(QWidget, field.name)
            if widget is None or not (widget.isVisible() and widget.isEnabled()):
                continue
            if isinstance(widget, SearchBox) and widget.chosen_key is not None:
                continue
            widget.setFocus()
            secret = isinstance(field.kind, Secret)
            typed = SECRET if secret else self._keys(widget, PERSON_MS if isinstance(state, EntryState) else 0)
            if secret:
                QTest.keyClicks(widget, SECRET)
            yield field.name, typed

    def _keys(self, widget: QWidget, gap_ms: int) -> str:
        """Presses what suits the widget; gives back what must be read in it afterwards."""
        if isinstance(widget, CheckBox):
            QTest.keyClick(widget, Qt.Key.Key_Space)
            return ""
        if isinstance(widget, Combo):
            QTest.keyClick(widget, Qt.Key.Key_Down)
            return widget.currentText()
        if not isinstance(widget, LineEdit | TextArea):
            return ""
        QTest.keyClick(widget, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        text = f"w{next(self._number)}"
        if isinstance(widget, DateEdit):
            text = "11/12/2026"
        elif isinstance(widget, NumberEdit):
            text = str(next(self._number))
        for char in text:
            QTest.keyClicks(widget, char)
            QTest.qWait(gap_ms)
        QTest.qWait(2 * gap_ms)
        return text

    def _first_cells(self, table: FillTable) -> str:
        """Types into the first cell of the empty row, and after Enter into the next one, which stays open."""
        table.setFocus()
        table.setCurrentIndex(table.rows.index(table.rows.rowCount() - 1, 0))
        first, second = f"w{next(self._number)}", f"w{next(self._number)}"
        for text in (first, second):
            for char in text:
                QTest.keyClicks(self._at.focus, char)
            if text == first:
                QTest.keyClick(self._at.focus, Qt.Key.Key_Return)
        return f"{first} {second}"

    def _scan(self, view: Any) -> str:
        """Scans a product and types another quantity into its cell, which stays open."""
        view.scan.setFocus()
        QTest.keyClicks(view.scan, gtin_of(0))
        QTest.keyClick(view.scan, Qt.Key.Key_Return)
        self._at.turn(lambda: view.state.values().lines)
        self._at.turn()
        view.table.setFocus()
        view.table.go_to(id(view.state.grid[view.state.cursor]), view.state.screen.lines.quantity)
        quantity = str(100 + next(self._number))
        self._at.type_in(quantity, PERSON_MS)
        return quantity


def work(url: str, station: str, plan: str, told: Connection) -> None:
    """Types everything, tells what, and then keeps the window alive until it is killed."""
    app = QApplication([])
    theme.apply(app, theme.LIGHT)
    done = Typist(Keyboard(url, Path(station), SIZE)).work(json.loads(Path(plan).read_text()))
    told.send(json.dumps(done))
    app.exec()
