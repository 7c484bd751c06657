"""The table of a panel: rows chosen and opened by keyboard, actions on the chosen row with keys of their own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.page import PanelsState
from retaguarda.kernel.screen.parts import Column as ScreenColumn
from retaguarda.kernel.screen.parts import TablePanel
from retaguarda.kernel.screen.pressing import text_of
from retaguarda.shell.panels.content import Content, read
from retaguarda.shell.theme import width_of
from retaguarda.shell.theme.tokens import BASE, HEAD, MEDIUM, ROW, ROW_COMPACT, ROW_TWO, ROW_TWO_LOW, TALL_FROM
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Menu
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.table import Cell, Column, Kind, Row, State, Table
from retaguarda.shell.widgets.table.cells import spoken
from retaguarda.shell.widgets.table.delegate import PAD

SHOWN_TOOLS = 2
# Rows that a table among other panels shows before it scrolls; how many a table that grows keeps in a low window,
# and in a narrow one, where the page scrolls anyway.
MOST_ROWS = 12
LEAST_ROWS, LEAST_ROWS_NARROW = 3, 8


_WHOLE = {Kind.PILL, Kind.NUMBER, Kind.AMOUNT, Kind.CODE, Kind.MUTED}


def _width_of(cell: Cell) -> int:
    if isinstance(cell, State):
        return int(paint.pill_width(cell.text, cell.icon) + 2 * PAD - 3)
    return int(width_of(spoken(cell), BASE, MEDIUM, True) + 2 * PAD + 1)


class PanelTable(Table):
    """A table in a part of a page. Columns leave by the width of the window; the first row is chosen when the
    keyboard comes; `keys` are pressed only while it has the keyboard, and go before the keys of the page.
    """

    focused = Signal()

    def __init__(self, columns: Sequence[Column], *, name: str, row_high: int, head: bool = True) -> None:
        super().__init__(columns, name=name, row_high=row_high, head=head)
        self.keys: Mapping[str, Callable[[], object]] = {}
        self._full_height = 0

    def room(self) -> int:
        return self.window().width()

    def set_full_height(self, high: int) -> None:
        """How high all rows are: from there on no scroll bar is needed."""
        self._full_height = high
        self._show_bar()

    def fit_columns(self) -> None:
        """Widens what must not be cut: pills, amounts, codes and instants; the columns that stretch give it."""
        for at, one in enumerate(self.rows.columns):
            if one.stretch or one.kind not in _WHOLE:
                continue
            cells = [self.rows.at(place) for place in range(self.rows.rowCount())]
            needs = [_width_of(row.cells[at]) for row in cells if row is not None]
            self.setColumnWidth(at, max([self.least_width(one), *needs]))
        self.share_width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_bar()

    def _show_bar(self) -> None:
        # The line under the last row is left to the edge of the card; Qt would scroll for that one pixel.
        policy = Qt.ScrollBarPolicy
        wanted = policy.ScrollBarAlwaysOff if self.height() >= self._full_height else policy.ScrollBarAsNeeded
        if wanted != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(wanted)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        if self.rows.rowCount() and not self.selectionModel().hasSelection():
            self.setCurrentIndex(self.rows.index(max(0, self.currentIndex().row()), 0))
            self.selectRow(self.currentIndex().row())
        self.focused.emit()

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._deed(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        deed = self._deed(event)
        if deed is not None:
            deed()
            return
        super().keyPressEvent(event)

    def _deed(self, event: QKeyEvent) -> Callable[[], object] | None:
        return self.keys.get(QKeySequence(event.keyCombination()).toString())


class TableContent(Content):
    """A panel's rows as a table. `dense` is the small list under figures: no head, low rows, no scrolling.

    `natural` makes it as high as its rows (up to MOST_ROWS), for places that scroll as a whole.
    """

    reaches_edge = True

    def __init__(
        self, state: PanelsState, name: str, words: Words, *, dense: bool = False, natural: bool = False
    ) -> None:
        super().__init__(state, name, words)
        self.table_panel = _table_of(self)
        self._dense, self._natural = dense, natural or dense
        self._least = LEAST_ROWS
        self._two_lines = any(column.has_two_lines for column in self.table_panel.columns)
        heads = [self._head(one) for one in self.table_panel.columns]
        self.table = PanelTable(heads, name=self.accessibleName(), row_high=self._row_high(True), head=not dense)
        self.setLayout(column(self.table, gap=0))
        self._tools: dict[str, Button] = {}
        self._make_tools()
        self.table.row_activated.connect(self._open)
        self.table.current_changed.connect(self._choose)
        self.table.menu_requested.connect(self._menu)

    @property
    def is_dense(self) -> bool:
        """Whether it is the small list under figures."""
        return self._dense

    def _head(self, one: ScreenColumn) -> Column:
        head = replace(self.words.head(self.state.screen.name, one), hide_below=one.hide_below)
        return replace(head, kind=Kind.MUTED) if one.show == "instant" else head

    def _cell(self, one: ScreenColumn, row: Any) -> Cell:
        """The cell of a row; instants are short here, where tables are narrow."""
        value = read(row, one.field)
        if one.show == "instant" and isinstance(value, dt.datetime):
            return self.when(value)
        return self.words.cell(one, partial(read, row))

    def _row_high(self, tall: bool) -> int:
        if self._dense:
            return ROW_TWO_LOW if self._two_lines else ROW_COMPACT
        return (ROW_TWO if tall else ROW_TWO_LOW) if self._two_lines else ROW

    def _make_tools(self) -> None:
        keys: dict[str, Callable[[], object]] = {}
        for action in self.table_panel.actions:
            button = Button(
                self.words.say(text_of(self.state.screen, action)),
                kind="ghost", icon=action.icon, key=action.shortcut, size="small",
            )  # fmt: skip
            button.setObjectName(f"{self.name}.{action.name}")
            button.clicked.connect(partial(self._press, action.name))
            self._tools[action.name] = button
            if action.shortcut:
                keys[QKeySequence(action.shortcut).toString()] = partial(self._press, action.name)
        self.table.keys = keys

    def tools(self) -> Sequence[QWidget]:
        """The first actions as buttons; all of them are in the menu of a row."""
        return tuple(self._tools.values())[:SHOWN_TOOLS]

    def set_room(self, tall: bool, narrow: bool) -> None:
        """Fits the rows to the window."""
        self._least = LEAST_ROWS_NARROW if narrow else LEAST_ROWS
        if self._two_lines and not self._dense:
            self.table.set_row_high(self._row_high(tall))
        self._fit()

    def full_height(self) -> int:
        """How high the table is with all its rows; the line under the last one is left to the card's edge."""
        head = 0 if self._dense else HEAD
        return max(0, head + self._row_high_now() * self.table.rows.rowCount() - 1)

    def fill(self) -> None:
        columns, shown = self.table_panel.columns, self.shown
        self.table.rows.set_rows(
            Row(place, tuple(self._cell(one, row) for one in columns)) for place, row in enumerate(shown.rows or ())
        )  # fmt: skip
        self.table.fit_columns()
        if self.table.hasFocus():
            self.table.go_to(shown.chosen or 0)
        self._fit()
        self.show_tools()

    def show_tools(self) -> None:
        """Enables what can be pressed on the chosen row; the others say why not in their tip."""
        for action in self.table_panel.actions:
            reason = self.state.reason_in(self.name, action)
            button = self._tools[action.name]
            button.setEnabled(reason is None)
            button.setToolTip(self.words.phrase(reason))

    def _fit(self) -> None:
        full, high = self.full_height(), self._row_high_now()
        self.table.set_full_height(full)
        if self._natural:
            self.table.setFixedHeight(full if self._dense else min(full, HEAD + high * MOST_ROWS - 1))
        else:
            self.table.setMinimumHeight(min(full, HEAD + high * self._least - 1))

    def _row_high_now(self) -> int:
        return self.table.verticalHeader().defaultSectionSize()

    # ---- the person acts ----
    def _open(self, key: Hashable) -> None:
        self.state.open(self.name, _place(key))

    def _choose(self, key: Hashable | None) -> None:
        if key is not None:
            self.state.choose(self.name, _place(key))
            self.show_tools()

    def _press(self, action: str, *_checked: object) -> None:
        self.state.press_in(self.name, action)

    def _menu(self, key: Hashable, at: QPoint) -> None:
        self.table.go_to(key)
        self.make_menu(_place(key)).popup(at)

    def make_menu(self, place: int) -> Menu:
        """Opening the row and every action on it, those that cannot be pressed greyed."""
        menu = Menu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if self.table_panel.opens or getattr((self.shown.rows or ())[place], "opens", ""):
            menu.addAction(self.words.say("panel.open")).triggered.connect(lambda: self._open(place))
        for action in self.table_panel.actions:
            entry = menu.addAction(self.words.say(text_of(self.state.screen, action)))
            entry.setEnabled(self.state.reason_in(self.name, action) is None)
            entry.triggered.connect(partial(self._press, action.name))
        return menu


def _table_of(content: Content) -> TablePanel:
    panel = content.panel
    assert isinstance(panel, TablePanel)
    return panel


def _place(key: Hashable) -> int:
    assert isinstance(key, int)
    return key


def is_tall(widget: QWidget) -> bool:
    """Whether the window is high enough for rows at their full height."""
    return widget.window().height() >= TALL_FROM
