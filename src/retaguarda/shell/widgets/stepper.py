"""The path of a case: `Stepper`, nodes on a line with who, when, work and the wait between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy

from retaguarda.shell.theme import color, draw_icon, width_of
from retaguarda.shell.theme.tokens import BASE, CAPTION, MEDIUM, REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint

State = Literal["done", "now", "failed", "waiting"]
_NODE = {"done": "ok", "now": "accent", "failed": "bad", "waiting": "border2"}
_NAME = {"done": "text", "now": "accent", "failed": "bad", "waiting": "text3"}


@dataclass(frozen=True, slots=True)
class Step:
    """One step. `sub` says who and when (or what failed), `work` how long it took, `wait` how long it waited before
    the next one (drawn on the line; `longest` in amber).
    """

    name: str
    state: State
    sub: str = ""
    work: str = ""
    wait: str = ""
    longest: bool = False


class Stepper(QLabel):
    """Nodes 24 wide, a halo of 38 where it stands or failed; the line is dashed where the case has not been.

    `spoken_states` are the words for the states in the person's language, read aloud with each step.
    """

    _Y = 20

    def __init__(self, steps: Sequence[Step] = (), *, name: str, spoken_states: dict[str, str] | None = None) -> None:
        super().__init__()
        self._steps = tuple(steps)
        self._spoken = spoken_states or {}
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_steps(steps)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Shows another path."""
        self._steps = tuple(steps)
        said = [", ".join(p for p in (s.name, self._spoken.get(s.state, ""), s.sub, s.work) if p) for s in steps]
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        high = 92 if any(step.work for step in self._steps) else 75 if any(step.sub for step in self._steps) else 58
        return QSize(80 * max(1, len(self._steps)), high)

    def minimumSizeHint(self) -> QSize:
        return QSize(48 * max(1, len(self._steps)), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._steps:
            return
        painter = paint.begin(self)
        wide = self.width() / len(self._steps)
        for place, step in enumerate(self._steps):
            x = wide * place + wide / 2
            if place < len(self._steps) - 1:
                self._line(painter, x, wide, step)
            self._node(painter, x, place, step)
            words = QRectF(x - wide / 2 + 3, self._Y + 18, wide - 6, 18)
            strong = SEMIBOLD if step.state in ("now", "failed") else MEDIUM
            paint.text(painter, words, step.name, BASE, strong, _NAME[step.state], paint.CENTRE)
            under = "bad" if step.state == "failed" else "text3"
            paint.text(painter, words.translated(0, 17), step.sub, SMALL, REGULAR, under, paint.CENTRE)
            paint.text(painter, words.translated(0, 34), step.work, CAPTION, MEDIUM, "text2", paint.CENTRE, True)

    def _line(self, painter: QPainter, x: float, wide: float, step: Step) -> None:
        done = step.state == "done"
        style = Qt.PenStyle.SolidLine if done else Qt.PenStyle.DashLine
        painter.setPen(QPen(color("ok" if done else "border2"), 2, style))
        if wide > 44:
            painter.drawLine(QPointF(x + 19, self._Y), QPointF(x + wide - 19, self._Y))
        if step.wait:
            weight = SEMIBOLD if step.longest else MEDIUM
            room = width_of(step.wait, CAPTION, weight) + 12
            gap = QRectF(x + wide / 2 - room / 2, self._Y - 9, room, 18)
            painter.fillRect(gap, color("surface"))
            token = "warn" if step.longest else "text3"
            paint.text(painter, gap.adjusted(-4, 0, 4, 0), step.wait, CAPTION, weight, token, paint.CENTRE)

    def _node(self, painter: QPainter, x: float, place: int, step: Step) -> None:
        ink, spot = _NODE[step.state], QPointF(x, self._Y)
        if step.state in ("now", "failed"):
            painter.setPen(paint.NO_PEN)
            painter.setBrush(color("badbg" if step.state == "failed" else "accentbg"))
            painter.drawEllipse(spot, 19, 19)
        painter.setPen(QPen(color(ink), 2))
        painter.setBrush(color("surface" if step.state in ("waiting", "now") else ink))
        painter.drawEllipse(spot, 11.5, 11.5)
        if step.state == "now":
            painter.setPen(paint.NO_PEN)
            painter.setBrush(color("accent"))
            painter.drawEllipse(spot, 5, 5)
        elif step.state == "waiting":
            number = QRectF(x - 12, self._Y - 12, 24, 24)
            paint.text(painter, number, str(place + 1), CAPTION, SEMIBOLD, "text3", paint.CENTRE)
        else:
            draw_icon(painter, x - 8, self._Y - 8, "check" if step.state == "done" else "x", "surface", 16)
