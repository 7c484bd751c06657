"""Rows of a list marked: by Space, by Shift with the arrows, all by Ctrl+A, by Ctrl and Shift with the mouse; the line
over the list says how many, and Esc takes the marks away."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QShortcut
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.listing import ListState
from retaguarda.shell.list_bulk import BulkSheet
from retaguarda.shell.theme.tokens import BASE, MEDIUM, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button, LinkButton
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import boxed, row
from retaguarda.shell.widgets.sheet import ground_of
from retaguarda.shell.widgets.table import Row, Table

KEY, ALL_KEY, MARK_KEY = "Ctrl+Shift+E", "Ctrl+A", "Space"
AT_ONCE = 200
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class MarkTools(QObject):
    """Stands between a table and its list; `row_of` makes what a record's row shows, `fill` shows all anew."""

    def __init__(
        self, owner: QWidget, table: Table, state: ListState, words: Words, row_of: Callable[[Any], Row],
        fill: Callable[[], object],
    ) -> None:  # fmt: skip
        super().__init__(owner)
        self._owner, self._table, self._state, self._words = owner, table, state, words
        self._row_of, self._fill = row_of, fill
        self._shown: set[str] = set()
        self._from: int | None = None
        self.sheet: BulkSheet | None = None
        say = words.say
        self.button = Button(icon="list-checks", kind="ghost", name=say("shell.marks"))
        self.button.setToolTip(f"{say('shell.marks')} ({say('shell.marks.space')})")
        self.button.clicked.connect(lambda _on=False: self._menu())
        self.button.setVisible(state.can_mark)
        self._said = Label("", BASE, MEDIUM)
        self.change = Button(say("shell.marks.change"), size="small", icon="pencil", key=KEY)
        self.change.clicked.connect(lambda _on=False: state.change_marked())
        clear = LinkButton(say("shell.marks.clear"), size=SMALL, name=say("shell.marks.clear"))
        clear.clicked.connect(lambda _on=False: self._clear())
        self.line = boxed(row(self._said, self.change, clear, None, gap=12))
        self.line.hide()
        if state.can_mark:
            QShortcut(QKeySequence(KEY), owner).activated.connect(state.change_marked)
            table.installEventFilter(self)
            table.viewport().installEventFilter(self)
            state.watch(self._heard)

    def make_menu(self) -> Menu:
        """What can be done with marks, each with its key."""
        state, say = self._state, self._words.say
        menu = Menu(self._owner)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for code, key, deed, on in (
            ("one", MARK_KEY, self._mark_here, state.record is not None), ("all", ALL_KEY, state.mark_all, True),
            ("clear", "Esc", self._clear, bool(state.marked)), ("change", KEY, state.change_marked, bool(state.marked)),
        ):  # fmt: skip
            entry = menu.addAction(say(f"shell.marks.{code}"))
            entry.setShortcut(QKeySequence(key))
            entry.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            entry.setEnabled(on)
            entry.triggered.connect(lambda _on=False, deed=deed: deed())
        return menu

    def _menu(self) -> None:
        self.make_menu().popup(self.button.mapToGlobal(QPoint(0, self.button.height())))

    def _clear(self) -> None:
        self._table.setFocus()
        self._state.unmark()

    def _mark_here(self) -> None:
        key = self._table.current_key()
        if key is not None:
            self._state.mark([str(key)])

    # ---- the state speaks ----
    def _heard(self, topic: str) -> None:
        if topic == "marks":
            self._show()
        elif topic == "bulk" and not self._state.closed:
            if self.sheet is None and self._is_to_be_seen():
                self.sheet = BulkSheet(ground_of(self._owner), self._state, self._words)
                self.sheet.closed.connect(self._closed)
                self.sheet.begin()
            if self.sheet is not None:
                self.sheet.show_state()

    def _is_to_be_seen(self) -> bool:
        """Whether the sheet comes by itself: to ask, for what takes its time, and for what did not go as meant."""
        bulk = self._state.bulk
        if bulk.under_way:
            return bulk.progress[1] > AT_ONCE
        return bulk.stage == "asking" or not bulk.went_whole

    def _closed(self) -> None:
        self.sheet = None

    def _show(self) -> None:
        marked, rows = set(self._state.marked), self._table.rows
        changed, self._shown = marked ^ self._shown, marked
        if len(changed) > AT_ONCE:
            self._fill()
        else:
            for key in changed:
                place = self._state.place_of(key)
                record = None if place is None else self._state.rows[place]
                if record is not None:
                    rows.patch(self._row_of(record))
        self._said.setText(self._words.say("shell.marks.said", n=len(marked)))
        self.line.setVisible(bool(marked))

    # ---- the person acts ----
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._table and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._pressed(event) or super().eventFilter(watched, event)
        if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonPress:
            return self._clicked(event) or super().eventFilter(watched, event)
        return super().eventFilter(watched, event)

    def _pressed(self, event: QKeyEvent) -> bool:
        key, held = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key == Qt.Key.Key_Space and not held:
            self._mark_here()
        elif key == Qt.Key.Key_A and held == Qt.KeyboardModifier.ControlModifier:
            self._state.mark_all()
        elif key in _STEPS and held == Qt.KeyboardModifier.ShiftModifier:
            here = self._table.currentIndex().row()
            self._mark_to(here, here + _STEPS[Qt.Key(key)])
        elif key == Qt.Key.Key_Escape and self._state.marked and self._state.banner is None:
            self._state.unmark()
        else:
            return False
        return True

    def _clicked(self, event: QMouseEvent) -> bool:
        index, held = self._table.indexAt(event.position().toPoint()), event.modifiers()
        row = self._table.rows.at(index.row())
        if row is None or event.button() != Qt.MouseButton.LeftButton:
            return False
        if held == Qt.KeyboardModifier.ControlModifier:
            self._table.setFocus()
            self._table.setCurrentIndex(index)
            self._state.mark([str(row.key)])
        elif held == Qt.KeyboardModifier.ShiftModifier:
            self._table.setFocus()
            self._mark_to(self._table.currentIndex().row(), index.row())
        else:
            return False
        return True

    def _mark_to(self, here: int, there: int) -> None:
        """Marks all rows from one to another and goes there; at the end of the list the last one stays the place."""
        rows = self._table.rows
        there = max(0, min(there, rows.rowCount() - 1))
        found = [rows.at(place) for place in range(min(here, there), max(here, there) + 1) if place >= 0]
        self._state.mark([str(row.key) for row in found if row is not None], on=True)
        if rows.rowCount():
            self._table.setCurrentIndex(rows.index(there, max(0, self._table.currentIndex().column())))
