"""A board, Home above all: panels in their places, each with its own rows, read at a glance and opened by Enter."""

from __future__ import annotations

import datetime as dt

from PySide6.QtWidgets import QBoxLayout, QWidget

from retaguarda.kernel.screen.page import BoardState
from retaguarda.shell.panels.view import PanelsView
from retaguarda.shell.translate import Words


class BoardView(PanelsView):
    """The view of a BoardState: the top panels in one row, then the work (58 %) beside what is read (42 %).

    The line under the title says the day and how old the oldest answer is.
    """

    state: BoardState
    SPLIT_FROM = 960
    TOP_IN_A_ROW = True

    def __init__(self, state: BoardState, words: Words) -> None:
        super().__init__(state, words)
        self._show_context()

    def place_columns(self, columns: QBoxLayout, main: bool, side: bool) -> None:
        for at, share in enumerate((58 if main else 0, 42 if side else 0)[: columns.count()]):
            columns.setStretch(at, share)

    def _main_parts(self) -> list[QWidget]:
        return [self._card(name, ends=True) for name in self._named("main")]

    def topic(self, topic: str) -> None:
        super().topic(topic)
        if topic.startswith("panel."):
            self._show_context()

    def _show_context(self) -> None:
        answers = [panel.at for panel in self.state.panels.values() if panel.at is not None]
        day: dt.date = self.state.seat.today()
        if answers:
            self.header.set_context(self.words.say("panel.board.context", day=day, at=min(answers)))
        else:
            self.header.set_context(self.words.say("panel.board.context_waiting", day=day))
