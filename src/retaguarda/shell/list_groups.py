"""A list added up by one of its columns: a sheet of groups with their sums, and of all."""

from __future__ import annotations

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from retaguarda.kernel.page import Group
from retaguarda.kernel.screen.grouping import GroupedState
from retaguarda.shell.theme.tokens import BASE, REGULAR, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import column, row
from retaguarda.shell.widgets.sheet import Sheet, ground_of
from retaguarda.shell.widgets.table import Column, Kind, Row, Table
from retaguarda.shell.widgets.table import Group as Head

KEY = "Ctrl+Shift+T"
_WIDE, _HIGH, _COUNT, _SUM = 720, 560, 110, 140
_WHOLE = "whole"


class GroupTools:
    """Stands beside the table of a list: `button` and `KEY` open the sheet."""

    def __init__(self, owner: QWidget, state: GroupedState, words: Words) -> None:
        self._owner, self._state, self._words = owner, state, words
        self.sheet: GroupSheet | None = None
        name = words.say("shell.groups")
        self.button = Button(icon="calculator", kind="ghost", name=name)
        self.button.setToolTip(f"{name} ({KEY})")
        self.button.clicked.connect(lambda _on=False: self.open_sheet())
        self.button.setVisible(bool(state.groupable))
        QShortcut(QKeySequence(KEY), owner).activated.connect(self.open_sheet)
        state.watch(self._heard)

    def open_sheet(self) -> None:
        """Shows the groups by the column that was chosen last, or the first one."""
        if self.sheet is None and self._state.groupable:
            self.sheet = GroupSheet(ground_of(self._owner), self._state, self._words)
            self.sheet.closed.connect(self._closed)
            self.sheet.begin()

    def _closed(self) -> None:
        self.sheet = None

    def _heard(self, topic: str) -> None:
        if topic == "groups" and self.sheet is not None:
            self.sheet.show_groups()


class GroupSheet(Sheet):
    """The groups of what the list is asked for, with count and sums; Enter keeps the list to one of them, Esc leaves it
    as it was. It deletes itself when it closes."""

    def __init__(self, over: QWidget, state: GroupedState, words: Words) -> None:
        say = words.say
        self._state, self._words = state, words
        self.by = Combo([(c.field, state.title_of(c)) for c, _kind in state.groupable], name=say("shell.groups.by"))
        self.by.chosen.connect(lambda field: state.group_by(str(field)))
        label = Label(say("shell.groups.by"), BASE, REGULAR, "text2")
        label.setBuddy(self.by)
        self.table = Table(
            [Column("group", say("shell.groups.group"), Kind.STRONG, stretch=True),
             Column("n", say("shell.groups.count"), Kind.NUMBER, _COUNT),
             *(Column(c.field, state.title_of(c), Kind.AMOUNT, _SUM) for c in state.summed)],
            name=say("shell.groups"),
        )  # fmt: skip
        self.table.row_activated.connect(self._keep_to)
        self._said = Label("", SMALL, REGULAR, "text2", wrap=True)
        self.keep = Button(say("shell.groups.keep"), kind="primary", key="Enter")
        self.keep.clicked.connect(lambda _on=False: self._keep_to(self.table.current_key()))
        body = column(row(label, (self.by, 1), gap=12), (self.table, 1), self._said, gap=12)
        super().__init__(
            over, body, title=say("shell.groups"), close_name=say("shell.cancel"), icon="calculator",
            buttons=(self.keep,), width=_WIDE, high=_HIGH,
        )  # fmt: skip
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Opens it and asks."""
        state = self._state
        known = [c.field for c, _kind in state.groupable]
        by = state.grouped_by if state.grouped_by in known else known[0]
        self.by.set_value(by)
        self.open(self.by)
        state.group_by(by)

    def show_groups(self) -> None:
        """Shows what came, or that it is on its way."""
        found, say = self._state.groups, self._words.say
        if found is None:
            self.table.rows.set_rows([])
            self._said.setText(say("shell.loading"))
            return
        rows = [Row(at, (self._state.name_of(group), *self._figures(group))) for at, group in enumerate(found.rows)]
        whole = Row(_WHOLE, ("", *self._figures(found.whole)), group=Head(say("shell.groups.whole"), icon="calculator"))
        self.table.rows.set_rows([*rows, whole])
        code = "shell.groups.more" if found.more else "shell.groups.said"
        self._said.setText(say(code, n=len(found.rows)))
        if rows:
            self.table.go_to(0)

    def _figures(self, group: Group) -> list[str]:
        sums = zip(self._state.summed, group.sums, strict=True)
        return [self._words.value(group.count, "whole"), *(self._words.value(v or 0, c.show) for c, v in sums)]

    def _keep_to(self, key: object) -> None:
        found = self._state.groups
        if found is not None and isinstance(key, int):
            self.close_sheet()
            self._state.keep_to(found.rows[key])
