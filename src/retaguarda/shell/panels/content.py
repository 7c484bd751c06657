"""What all contents of panels share: titles by code, instants in short, the words of a cell."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtWidgets import QWidget

from retaguarda.kernel.screen.page import PanelsState, PanelState
from retaguarda.kernel.screen.parts import Column, Panel, Phrase
from retaguarda.shell.translate import Words


class Content(QWidget):
    """What a panel shows once its rows are there. Subclasses fill themselves from `shown.rows`, never empty."""

    reaches_edge = False
    framed = True
    """Whether it stands in a card with its title, or brings its own."""

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__()
        self.state, self.name, self.words = state, name, words
        self.setAccessibleName(words.say(title_of(state, self.panel)))

    @property
    def shown(self) -> PanelState:
        """The panel's state."""
        return self.state.panels[self.name]

    @property
    def panel(self) -> Panel:
        """The panel's declaration."""
        return self.shown.panel

    def fill(self) -> None:
        """Shows the rows that came."""
        raise NotImplementedError

    def tools(self) -> Sequence[QWidget]:
        """What stands at the right of the panel's title."""
        return ()

    def head_code(self, column: Column) -> str:
        """The catalogue code of a column's title."""
        return column.title or f"{self.state.screen.name}.{column.field}"

    def when(self, at: dt.datetime) -> str:
        """An instant in short: `hoje 07:24`, `sex 20/11 16:52`; the year when it is another one."""
        day, today = at.astimezone(self.words.texts.zone).date(), self.state.seat.today()
        if day == today:
            return self.words.say("panel.when.today", at=at)
        if day.year == today.year:
            return self.words.say("panel.when.day", day=day, at=at)
        return self.words.value(at, "instant")


def title_of(state: PanelsState, panel: Panel) -> str:
    """The catalogue code of a panel's title."""
    return panel.title or f"{state.screen.name}.{panel.name}"


def shared_problem(state: PanelsState) -> Phrase | None:
    """What keeps several panels from their rows, said once over them instead of in each; None when nothing does."""
    problems = [shown.problem for shown in state.panels.values() if shown.problem is not None]
    return next((one for one in problems if problems.count(one) > 1), None)


def empty_of(state: PanelsState, panel: Panel, words: Words) -> str:
    """What a panel without rows says."""
    code = getattr(panel, "empty", "") or f"{title_of(state, panel)}.empty"
    return words.say(code if words.texts.has(code) else "panel.nothing")


def read(row: Any, field: str) -> Any:
    """An attribute that a row may carry; None when it does not."""
    return getattr(row, field, None)
