"""What happened, newest first: `Timeline`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize
from PySide6.QtGui import QHelpEvent, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QToolTip

from retaguarda.shell.theme import draw_icon, pen, role_ground, role_ink, width_of
from retaguarda.shell.theme.tokens import BASE, CAPTION, MEDIUM, REGULAR
from retaguarda.shell.widgets import paint


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened: icon in a role's colours, what, more about it, and when."""

    icon: str
    title: str
    sub: str = ""
    when: str = ""
    role: str = "neutral"


class Timeline(QLabel):
    """Moments under each other, 46 high each: node 22, line 2, title 13/500, sub 12, time at the right."""

    STEP = 46

    def __init__(self, moments: Sequence[Moment] = (), *, name: str) -> None:
        super().__init__()
        self._moments: tuple[Moment, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_moments(moments)

    def set_moments(self, moments: Sequence[Moment]) -> None:
        """Shows other moments."""
        self._moments = tuple(moments)
        said = [", ".join(part for part in (m.when, m.title, m.sub) if part) for m in moments]
        self.setAccessibleDescription("; ".join(said))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(260, self.STEP * len(self._moments))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, self.STEP * len(self._moments))

    def event(self, event: QEvent) -> bool:
        """Says a moment in full where the mouse rests on it: its second line may be shortened."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = event.pos().y() // self.STEP
            said = self._moments[place].sub if 0 <= place < len(self._moments) else ""
            QToolTip.showText(event.globalPos(), said, self)
            return True
        return super().event(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = paint.begin(self)
        for place, moment in enumerate(self._moments):
            y = self.STEP * place + 13.0
            if y + self.STEP < event.rect().top() or y - self.STEP > event.rect().bottom():
                continue
            if place < len(self._moments) - 1:
                painter.setPen(pen("border", 2))
                painter.drawLine(QPointF(11, y + 13), QPointF(11, y + self.STEP - 13))
            paint.box(painter, QRectF(0, y - 11, 22, 22), role_ground(moment.role), "", 11)
            draw_icon(painter, 5, y - 6, moment.icon, role_ink(moment.role), 12)
            wide = width_of(moment.when, CAPTION, REGULAR, True) + 6
            when = QRectF(self.width() - wide, y - 10, wide, 18)
            paint.text(painter, when, moment.when, CAPTION, REGULAR, "text3", paint.RIGHT, True)
            words = QRectF(32, y - 11, self.width() - 36 - wide, 18)
            paint.text(painter, words, moment.title, BASE, MEDIUM, "text")
            under = QRectF(32, y + 7, self.width() - 34, 17)
            paint.second_line(painter, under, moment.sub, "text3")
