"""Lights and bars of a board: the state of each process as a tile that opens its cases, and the times of each step."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from retaguarda.kernel.screen.page import PanelsState
from retaguarda.kernel.screen.parts import BarsPanel, LightsPanel, Phrase
from retaguarda.shell.panels.content import Content, read
from retaguarda.shell.theme.tokens import CARD_MARGINS, GAP_M, SMALL
from retaguarda.shell.translate import Words, role_of
from retaguarda.shell.widgets.charts import Bar, HBars, Legend
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.tiles import Light, ProcessLight

_WIDE, _LEAST = 4, 200
"""So many lights in a row, where each has so many px; half as many where they have not."""
_SIDES = (CARD_MARGINS[0], 0, CARD_MARGINS[2], CARD_MARGINS[3] - 5)


class LightsContent(Content):
    """Four lights in a row, two where the window is narrow; each is pressed for the cases behind it."""

    framed = False

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__(state, name, words)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(GAP_M)
        self.lights: list[ProcessLight] = []
        self._placed = (0, 0)

    def fill(self) -> None:
        panel, rows = self.panel, self.shown.rows or ()
        assert isinstance(panel, LightsPanel)
        while len(self.lights) < len(rows):
            self._add(len(self.lights))
        for light, one in zip(self.lights, rows, strict=False):
            light.setObjectName(f"{self.name}.{one.id}")
            light.set_light(
                Light(
                    self.words.say(f"{panel.texts}.{one.id}"),
                    self.words.phrase(Phrase(one.code, read(one, "params") or {})),
                    self.words.phrase(Phrase(one.reason_code, read(one, "reason_params") or {})),
                    role_of(one.level),
                )
            )
            light.setVisible(True)
        for light in self.lights[len(rows) :]:
            light.hide()
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        across = _WIDE if self.width() >= _WIDE * _LEAST else _WIDE // 2
        if (across, len(self.lights)) == self._placed:
            return
        self._placed = (across, len(self.lights))
        for place, light in enumerate(self.lights):
            self._grid.addWidget(light, place // across, place % across)

    def _add(self, place: int) -> None:
        light = ProcessLight(Light("", "", ""))
        light.clicked.connect(lambda _on=False, at=place: self.state.open(self.name, at))
        self.lights.append(light)


class BarsContent(Content):
    """Waiting and working of each step; the longest wait is the bottleneck and is said in a sentence above."""

    def __init__(self, state: PanelsState, name: str, words: Words) -> None:
        super().__init__(state, name, words)
        self._said = Label("", SMALL, wrap=True)
        self._bars = HBars(name=self.accessibleName())
        self.setLayout(column(self._said, self._bars, gap=8, margins=_SIDES))

    def tools(self) -> Sequence[QWidget]:
        return (Legend([("warn", self.words.say("panel.bars.wait")), ("accent", self.words.say("panel.bars.work"))]),)

    def fill(self) -> None:
        panel, rows = self.panel, self.shown.rows or ()
        assert isinstance(panel, BarsPanel)
        hot = next((one for one in rows if one.hot), None)
        said = self.words.say(f"{panel.said}.none")
        if hot is not None:
            step = self.words.say(f"{panel.texts}.{hot.step}")
            said = self.words.say(panel.said, step=step, wait=_time(hot.wait_minutes))
        self._said.setText(said)
        self._bars.set_bars([self._bar(panel, one) for one in rows])

    def _bar(self, panel: BarsPanel, one: Any) -> Bar:
        wait, work = one.wait_minutes or 0, one.work_minutes or 0
        text = self.words.texts.write(_time(wait + work), "duration")
        if one.hot:
            text = self.words.say("panel.bars.hot", time=text)
        return Bar(self.words.say(f"{panel.texts}.{one.step}"), wait, work, text if wait + work else "–", one.hot)


def _time(minutes: int) -> dt.timedelta:
    return dt.timedelta(minutes=minutes)
