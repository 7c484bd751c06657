"""One record, read: its name and pills, its path, its tables in tabs, what is known of it at the right."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QBoxLayout, QWidget

from retaguarda.kernel.screen.page import PageState
from retaguarda.kernel.screen.parts import Column, TablePanel
from retaguarda.shell.panels import TabbedTables
from retaguarda.shell.panels.view import PanelsView
from retaguarda.shell.screen_view import pills_of
from retaguarda.shell.theme.tokens import SIDE_FROM
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.scrolling import THICK

SIDE_WIDTH = 400
MOST_PILLS = 2
_ANY_WIDTH = 16_777_215


class PageView(PanelsView):
    """The view of a PageState: the side column is 400 wide beside the tables, or under them in a narrow window."""

    state: PageState
    SPLIT_FROM = SIDE_FROM

    def __init__(self, state: PageState, words: Words) -> None:
        super().__init__(state, words)
        self._show_record()

    def name(self) -> str:
        screen, row = self.state.screen, self.state.row
        record = getattr(row, screen.record_title, None)
        if record in (None, ""):
            return self.words.say(screen.title_code)
        return self.words.say("shell.record_title", title=screen.title_code, record=self.words.value(record))

    def place_columns(self, columns: QBoxLayout, main: bool, side: bool) -> None:
        columns.setStretch(0, 1)

    def _main_parts(self) -> list[QWidget]:
        names = self._named("main")
        tables = [name for name in names if isinstance(self.state.panels[name].panel, TablePanel)]
        others: list[QWidget] = [self._card(name) for name in names if name not in tables]
        if len(tables) < 2:
            return [*others, *(self._card(name, ends=True) for name in tables)]
        self.tabbed = TabbedTables(self.state, tables, self.words)
        return [*others, self.tabbed]

    def _fit(self) -> None:
        super()._fit()
        if self._side_area is not None:
            split = self._columns.direction() == QBoxLayout.Direction.LeftToRight
            self._side_area.setMinimumWidth(SIDE_WIDTH + THICK if split else 0)
            self._side_area.setMaximumWidth(SIDE_WIDTH + THICK if split else _ANY_WIDTH)

    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic == "record":
            self._show_record()

    def _show_record(self) -> None:
        row, screen = self.state.row, self.state.screen
        self.header.set_name(self.name())
        if row is not None:
            self.header.set_pills(pills_of(self.words, screen.pills, row)[:MOST_PILLS])
            self.header.set_context(_joined(self.words, screen.context, row))


def _joined(words: Words, columns: Sequence[Column], row: object) -> str:
    values = ((column, getattr(row, column.field, None)) for column in columns)
    return " · ".join(
        words.value(value, column.show, column.texts, symbol=True)
        for column, value in values
        if value not in (None, "")
    )
