"""The steps at the left, 280 wide: what is done, where it stands, what comes; under them what is promised."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from retaguarda.kernel.screen.importing import STEPS, Step
from retaguarda.shell.theme import draw_icon
from retaguarda.shell.theme.tokens import BASE, CAPTION, MEDIUM, REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.cards import Card, Rule
from retaguarda.shell.widgets.labels import IconMark, small
from retaguarda.shell.widgets.layout import column, row

RAIL_WIDE, LINE_HIGH, NODE = 280, 46, 28


class StepLine(QLabel):
    """One step: its number or a tick, its name, what it is about."""

    def __init__(self, number: int, name: str, why: str) -> None:
        super().__init__(name)
        self._number, self._why, self._mark = number, why, "waiting"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_mark(self, mark: str, said: str) -> None:
        """Shows whether it is done, under way or still to come; `said` is that in words."""
        self._mark = mark
        self.setAccessibleName(f"{self._number} {self.text()}, {said}")
        self.setAccessibleDescription(self._why)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(160, LINE_HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        node = QRectF(0, (LINE_HIGH - NODE) / 2, NODE, NODE)
        ground = {"done": "okbg", "now": "accent"}.get(self._mark, "surface2")
        paint.box(painter, node, ground, "", NODE / 2)
        if self._mark == "done":
            draw_icon(painter, node.center().x() - 7, node.center().y() - 7, "check", "ok", 14)
        else:
            ink = "onaccent" if self._mark == "now" else "text2"
            paint.text(painter, node, str(self._number), CAPTION, SEMIBOLD, ink, paint.CENTRE)
        words = QRectF(NODE + 12, 4, self.width() - NODE - 12, 20)
        strong = SEMIBOLD if self._mark == "now" else MEDIUM
        paint.text(painter, words, self.text(), BASE, strong, "text" if self._mark != "waiting" else "text2")
        paint.text(painter, words.translated(0, 18), self._why, SMALL, REGULAR, "text3")


class StepRail(Card):
    """All steps under each other."""

    def __init__(self, words: Words) -> None:
        self._words = words
        self._lines = {
            step: StepLine(n, words.say(f"imports.wizard.step.{step}"), words.say(f"imports.wizard.step.{step}.why"))
            for n, step in enumerate(STEPS, 1)
        }
        promise = row(
            IconMark("shield-check", "ok", 16), (small(words.say("imports.wizard.promise"), "text2", wrap=True), 1)
        )
        lines: Sequence[QWidget] = list(self._lines.values())
        super().__init__(column(*lines, None, Rule(), promise, gap=6), margins=(20, 18, 20, 16), width=RAIL_WIDE)
        self.setAccessibleName(words.say("imports.wizard.steps"))

    def show_step(self, now: Step) -> None:
        """Shows where it stands."""
        at = STEPS.index(now)
        for n, line in enumerate(self._lines.values()):
            mark = "done" if n < at or now == STEPS[-1] else "now" if n == at else "waiting"
            line.show_mark(mark, self._words.say(f"imports.wizard.say.{mark}"))
