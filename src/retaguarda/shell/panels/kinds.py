"""Facts, figures, timeline and path: the contents of panels that are read, not walked through."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from retaguarda.kernel.screen.page import PanelsState
from retaguarda.kernel.screen.parts import Column, FactsPanel, FiguresPanel, Phrase
from retaguarda.shell.panels.content import Content, empty_of, read
from retaguarda.shell.panels.tables import TableContent
from retaguarda.shell.theme import value_ink, width_of
from retaguarda.shell.theme.tokens import BASE, CARD_MARGINS, MEDIUM, SEMIBOLD, SMALL
from retaguarda.shell.translate import Words, role_of
from retaguarda.shell.widgets.charts import SegmentBar
from retaguarda.shell.widgets.facts import Figures
from retaguarda.shell.widgets.labels import Label, Pill, small
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.stepper import Step, Stepper
from retaguarda.shell.widgets.timeline import Moment, Timeline

# A value wider than this takes the whole line of the facts.
_HALF = 160
_LONG_NAME = 14
_SIDES = (CARD_MARGINS[0], 0, CARD_MARGINS[2], CARD_MARGINS[3] - 5)
# The icon of a moment that brings none: what its level says, or a plain dot in the line.
_ICONS = {"": "circle-dot", "ok": "check", "warn": "triangle-alert", "bad": "octagon-alert", "info": "info",
          "plan": "shield-alert"}  # fmt: skip


class FactsContent(Content):
    """Labels 12 over values 13/500 in two columns; a long value takes the line, one that is not there takes none."""

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__(state, name, words)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*_SIDES)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        for at in (0, 1):
            self._grid.setColumnStretch(at, 1)

    def fill(self) -> None:
        panel, fact = self.panel, (self.shown.rows or (None,))[0]
        assert isinstance(panel, FactsPanel)
        empty(self._grid)
        line = side = 0
        told = [one for one in panel.facts if read(fact, one.field) not in (None, "")]
        if not told:
            self._grid.addWidget(small(empty_of(self.state, panel, self.words), wrap=True), 0, 0, 1, 2)
        for one in told:
            words = self._words(one, fact)
            long = width_of(words, BASE, MEDIUM) > _HALF
            if long and side:
                line, side = line + 1, 0
            self._grid.addWidget(self._fact(one, fact, words), line, side, 1, 2 if long else 1)
            line, side = (line + 1, 0) if long or side else (line, 1)

    def _words(self, one: Column, fact: Any) -> str:
        return self.words.value(read(fact, one.field), one.show, one.texts, symbol=True)

    def _fact(self, one: Column, fact: Any, words: str) -> QWidget:
        level = one.levels.get(str(read(fact, one.field)), "")
        title = self.words.say(self.head_code(one))
        value: QWidget = Label(words, BASE, MEDIUM, value_ink(level), wrap=True)
        if one.show == "pill":
            value = Pill(words, role_of(level))
        value.setAccessibleName(f"{title}: {words}")
        parts: list[Any] = [small(title), row(value, None) if isinstance(value, Pill) else value]
        sub = read(fact, one.sub) if one.sub else None
        if sub not in (None, ""):
            parts.append(small(self.words.value(sub, one.sub_show), wrap=True))
        return boxed(column(*parts, None, gap=1))


class FiguresContent(Content):
    """Big figures, a bar of their shares, and a small list under them. A figure of nothing has no colour,
    nor has one that only goes on."""

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__(state, name, words)
        panel = self._figures_panel()
        self._figures = Figures()
        self._bar = SegmentBar(name="")
        self._bar.setVisible(bool(panel.bar))
        parts: list[Any] = [boxed(column(self._figures, self._bar, gap=6, margins=(*_SIDES[:3], 6)))]
        self.rows_content: TableContent | None = None
        if panel.rows is not None:
            self.rows_content = TableContent(state, f"{name}.rows", words, dense=True)
            parts.append(row(self.rows_content, margins=(4, 0, 4, 2)))
        self.setLayout(column(*parts, gap=0))

    def _figures_panel(self) -> FiguresPanel:
        panel = self.panel
        assert isinstance(panel, FiguresPanel)
        return panel

    def fill(self) -> None:
        panel, facts = self._figures_panel(), (self.shown.rows or (None,))[0]
        made = []
        for one in panel.figures:
            value = read(facts, one.field)
            level = panel.levels.get(one.field, "") if value else ""
            level = "" if level == "info" else level
            words = self.words.value(value, one.show, one.texts, symbol=True)
            made.append((words, self.words.say(self.head_code(one)), level))
        self._figures.set_figures(made)
        titles = {one.field: self.words.say(self.head_code(one)) for one in panel.figures}
        parts, said = [], []
        for field in panel.bar:
            share = Decimal(read(facts, field) or 0)
            parts.append((float(share), role_of(panel.levels.get(field) or "info")))
            said.append(f"{self.words.value(share, 'quantity')} {titles.get(field, '')}".strip())
        self._bar.set_parts(parts, ", ".join(said))
        self.fill_rows()

    def fill_rows(self) -> None:
        """Shows the rows of the list under the figures, which come on their own."""
        if self.rows_content is not None:
            self.rows_content.setVisible(bool(self.rows_content.shown.rows))
            self.rows_content.fill()


class TimelineContent(Content):
    """What happened, newest first, each by its code; who did it stands before the detail."""

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__(state, name, words)
        self._line = Timeline(name=self.accessibleName())
        self.setLayout(column(self._line, None, margins=_SIDES))

    def fill(self) -> None:
        self._line.set_moments([self._moment(one) for one in self.shown.rows or ()])

    def _moment(self, one: Any) -> Moment:
        level, detail = read(one, "level") or "", read(one, "detail_code")
        said = self.words.phrase(Phrase(detail, read(one, "detail_params") or {})) if detail else ""
        sub = " · ".join(part for part in (read(one, "who") or "", said) if part)
        text = self.words.say(one.code, **(one.params or {}))
        return Moment(read(one, "icon") or _ICONS[level], text, sub, self.when(one.at), role_of(level))


class PathContent(Content):
    """The path of a case: steps with who, when and work, the waits on the line, and their sums beside the title.

    A step's `wait_minutes` is what passed before it was taken up: it stands on the line that leads to it.
    """

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__(state, name, words)
        states = ("done", "now", "failed", "waiting")
        self._path = Stepper(
            name=self.accessibleName(), spoken_states={one: words.say(f"panel.step.{one}") for one in states}
        )
        self._sums = QWidget()
        self._sums_line = QHBoxLayout(self._sums)
        self._sums_line.setContentsMargins(0, 0, 0, 0)
        self._sums_line.setSpacing(4)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(*_SIDES)
        outer.addWidget(self._path)

    def tools(self) -> Sequence[QWidget]:
        return (self._sums,)

    def fill(self) -> None:
        rows = self.shown.rows or ()
        waits = [int(read(one, "wait_minutes") or 0) for one in rows]
        works = [int(read(one, "work_minutes") or 0) for one in rows]
        longest = max(waits, default=0)
        steps, before = [], None
        for place, one in enumerate(rows):
            wait = waits[place + 1] if place + 1 < len(rows) else 0
            steps.append(
                Step(
                    self.words.say(one.name), one.state, self._who(one, before),
                    self.words.say("panel.step.work", work=_minutes(works[place])) if works[place] else "",
                    self._long(wait) if wait else "", wait == longest,
                )
            )  # fmt: skip
            before = read(one, "at") or before
        self._path.set_steps(steps)
        self._show_sums(sum(waits), sum(works))

    def _who(self, one: Any, before: dt.datetime | None) -> str:
        """Who and when; the day is said only where it changes along the path, of a long name only the first word."""
        at, who = read(one, "at"), str(read(one, "who") or "")
        said = [who if len(who) <= _LONG_NAME else who.split()[0]]
        if at is not None:
            same = before is not None and self._day(before) == self._day(at)
            said.append(self.words.texts.write(at, "time") if same else self.when(at))
        return " · ".join(part for part in said if part)

    def _day(self, at: dt.datetime) -> dt.date:
        return at.astimezone(self.words.texts.zone).date()

    def _long(self, minutes: int) -> str:
        return self.words.texts.write(_minutes(minutes), "duration")

    def _show_sums(self, wait: int, work: int) -> None:
        empty(self._sums_line)
        sums = (("total", wait + work, "text"), ("wait", wait, "warn"), ("work", work, "accent"))
        for code, minutes, token in sums:
            if not minutes:
                continue
            if code != "total":
                self._sums_line.addWidget(small("·"))
            self._sums_line.addWidget(small(self.words.say(f"panel.path.{code}")))
            self._sums_line.addWidget(Label(self._long(minutes), SMALL, SEMIBOLD, token))


def _minutes(minutes: int) -> dt.timedelta:
    return dt.timedelta(minutes=minutes)
