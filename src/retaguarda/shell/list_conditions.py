"""What is asked of the columns of a list: chips over the table, and the sheet in which it is typed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QGridLayout, QWidget

from retaguarda.kernel.screen.conditions import Condition
from retaguarda.kernel.screen.narrowed import NarrowedState
from retaguarda.shell.condition_fields import ConditionField, make_field
from retaguarda.shell.theme import role_ink
from retaguarda.shell.theme.tokens import BASE, MEDIUM, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button, Chip, LinkButton
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import Flow, boxed, column, empty, row
from retaguarda.shell.widgets.scrolling import scrolling
from retaguarda.shell.widgets.sheet import Sheet, ground_of

KEY, CLEAR_KEY = "Ctrl+Shift+F", "Ctrl+Shift+X"
CHIP = 28
_WIDE, _LABEL, _HIGHEST, _ROW = 640, 148, 560, 46


class ConditionTools:
    """Stands beside the table of a list: `button` and `KEY` open the sheet; `line` holds a chip for each condition."""

    def __init__(self, owner: QWidget, state: NarrowedState, words: Words) -> None:
        self._owner, self._state, self._words = owner, state, words
        self.sheet: ConditionSheet | None = None
        name = words.say("shell.conditions")
        self.button = Button(icon="filter", kind="ghost", name=name)
        self.button.setToolTip(f"{name} ({KEY})")
        self.button.clicked.connect(lambda _on=False: self.open_sheet())
        self.button.setVisible(bool(state.askable))
        self._flow = Flow(gap=8)
        self.line = boxed(self._flow)
        QShortcut(QKeySequence(KEY), owner).activated.connect(self.open_sheet)
        QShortcut(QKeySequence(CLEAR_KEY), owner).activated.connect(self.clear)
        state.watch(self._heard)
        self._show()

    def clear(self) -> None:
        """Asks for everything again."""
        if self._state.is_narrowed:
            self._state.clear()

    def open_sheet(self, field: str = "") -> None:
        """Shows what can be asked, with the keyboard on the column of that field."""
        if self.sheet is None and self._state.askable:
            self.sheet = ConditionSheet(ground_of(self._owner), self._state, self._words)
            self.sheet.closed.connect(self._closed)
            self.sheet.begin(field)

    def _closed(self) -> None:
        self.sheet = None

    def _heard(self, topic: str) -> None:
        if topic == "narrowed":
            self._show()

    def _show(self) -> None:
        state, say = self._state, self._words.say
        empty(self._flow)
        for condition in state.conditions.values():
            self._put(state.said(condition), partial(state.drop, condition.field))
        if state.came_for:
            self._put(say("shell.condition.came_for"), state.drop_came_for)
        some = bool(state.conditions or state.came_for)
        if some:
            clear = LinkButton(say("shell.conditions.clear"), size=SMALL, name=say("shell.conditions.clear"))
            clear.setToolTip(CLEAR_KEY)
            clear.setFixedHeight(CHIP)
            clear.clicked.connect(lambda _on=False: self.clear())
            self._flow.addWidget(clear)
        self.line.setVisible(some)

    def _put(self, text: str, drop: object) -> None:
        chip = Chip(text, checked=True, closable=True)
        chip.setCheckable(False)
        chip.setAccessibleDescription(self._words.say("shell.condition.drop"))
        chip.setToolTip(self._words.say("shell.condition.drop"))
        chip.clicked.connect(lambda _on=False: self.open_sheet())
        chip.closed.connect(drop)
        self._flow.addWidget(chip)


class ConditionSheet(Sheet):
    """One line for each column that can be asked, and by which the rows are sorted. Enter takes over, Esc leaves all
    as it was. It deletes itself when it closes."""

    def __init__(self, over: QWidget, state: NarrowedState, words: Words) -> None:
        self._state, self._words = state, words
        say = words.say
        self.fields: dict[str, ConditionField] = {}
        grid = QGridLayout()
        grid.setContentsMargins(2, 2, 12, 2)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(12)
        grid.setColumnStretch(1, 1)
        for at, (one, kind) in enumerate(state.askable):
            title = state.title_of(one)
            made = self.fields[one.field] = make_field(one, kind, title, words, state.seat.today)
            made.begin(state.conditions.get(one.field))
            self._put(grid, at, title, made.first, made.box)
        self.sort, self.down = self._sorting()
        if self.sort.count():
            self._put(grid, len(self.fields), say("shell.conditions.sort"), self.sort, self._sort_box())
        self.clear = Button(say("shell.conditions.clear"))
        self.clear.clicked.connect(lambda _on=False: self._take({}))
        self.take = Button(say("shell.conditions.take"), kind="primary", key="Enter")
        self.take.clicked.connect(lambda _on=False: self.apply())
        self._wrong = Label("", SMALL, MEDIUM, role_ink("bad"), wrap=True)
        self._wrong.hide()
        area = scrolling(boxed(grid), "surface")
        area.viewport().setAutoFillBackground(False)
        wanted = sum(field.high for field in self.fields.values()) + _ROW
        super().__init__(
            over, column((area, 1), self._wrong, gap=8), title=say("shell.conditions"),
            close_name=say("shell.cancel"), icon="filter", buttons=(self.clear, self.take), width=_WIDE,
            high=min(_HIGHEST, wanted + 132),
        )  # fmt: skip
        for key in ("Return", "Enter", "F10"):
            self.bind(key, self.apply)
        self.closed.connect(self.deleteLater)

    def _put(self, grid: QGridLayout, at: int, title: str, first: QWidget, box: QWidget) -> None:
        label = Label(title, BASE, token="text2", wrap=True)
        label.setBuddy(first)
        label.setFixedWidth(_LABEL)
        grid.addWidget(label, at, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(box, at, 1)

    def _sorting(self) -> tuple[Combo, Combo]:
        state, say = self._state, self._words.say
        sort = Combo(
            [(one.field, state.title_of(one)) for one in state.declared if one.sortable],
            name=say("shell.conditions.sort"),
        )
        down = Combo(
            [(False, say("shell.conditions.up")), (True, say("shell.conditions.down"))],
            name=say("shell.conditions.way"), width=132,
        )  # fmt: skip
        now = state.sort or ""
        sort.set_value(now.lstrip("-"))
        down.set_value(now.startswith("-"))
        return sort, down

    def _sort_box(self) -> QWidget:
        return boxed(row((self.sort, 1), self.down, gap=8))

    def begin(self, field: str = "") -> None:
        """Opens it with the keyboard on a column."""
        made = self.fields.get(field) or next(iter(self.fields.values()))
        self.open(made.first)

    def apply(self) -> None:
        """Takes over what was typed; what is no number or day is shown and nothing is asked."""
        wrong = [name for name, field in self.fields.items() if field.settle()]
        if wrong:
            said = ", ".join(self.fields[name].title for name in wrong)
            self._wrong.setText(self._words.say("shell.conditions.wrong", fields=said))
            self._wrong.show()
            self.fields[wrong[0]].first.setFocus()
            return
        asked = {name: made for name, field in self.fields.items() if (made := field.asked()) is not None}
        self._take(asked)

    def _take(self, asked: dict[str, Condition]) -> None:
        sort, down = self.sort.value(), self.down.value()
        self.close_sheet()
        self._state.ask_of(asked.values(), f"{'-' if down else ''}{sort}" if sort else None)
