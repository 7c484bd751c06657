"""The chart of a report: bars, or a line over time, with the same figures in words for who does not see it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy

from retaguarda.shell.theme import color, width_of
from retaguarda.shell.theme.tokens import MEDIUM, REGULAR, SMALL
from retaguarda.shell.widgets import paint

HIGH, FLAT = 216, 150
_TOP, _FOOT, _SIDE = 26.0, 40.0, 10.0
_BAR_ROOM = 140.0
"""How much room a bar has at least, so that its label has two lines to stand on."""
_WIDEST = 56.0
_WORDS_GAP = 12


@dataclass(frozen=True, slots=True)
class Point:
    """One figure: its label, its value, and the value in words."""

    label: str
    value: float
    text: str


class ReportChart(QLabel):
    """Draws points as `bars` or as a `line`; values below zero hang from the ground line."""

    def __init__(self, kind: str, *, name: str) -> None:
        super().__init__()
        self._line, self._points = kind == "line", tuple[Point, ...]()
        self.setAccessibleName(name)
        self.setFixedHeight(HIGH)
        self.setMinimumWidth(240)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_points(self, points: Sequence[Point]) -> None:
        """Shows other figures, and says them."""
        self._points = tuple(points)
        self.setAccessibleDescription("; ".join(f"{point.label}: {point.text}" for point in points))
        self.update()

    def drawn(self) -> Sequence[Point]:
        """The points that have room: of bars the first ones, whose labels can be read; a line has all."""
        if self._line:
            return self._points
        return self._points[: max(1, int((self.width() - 2 * _SIDE) // _BAR_ROOM))]

    def sizeHint(self) -> QSize:
        return QSize(640, HIGH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        points = self.drawn()
        if not points:
            return
        painter = paint.begin(self)
        values = [point.value for point in points]
        top, low = max(*values, 0.0) or (0.0 if min(values) < 0 else 1.0), min(*values, 0.0)
        area = QRectF(_SIDE, _TOP, self.width() - 2 * _SIDE, self.height() - _TOP - _FOOT)
        scale = area.height() / (top - low)
        ground = area.bottom() + low * scale
        self._grid(painter, area)
        step = area.width() / len(points)
        spots = [
            QPointF(area.left() + step * (at + 0.5), ground - point.value * scale) for at, point in enumerate(points)
        ]
        if self._line:
            self._draw_line(painter, spots, ground)
        else:
            self._draw_bars(painter, spots, ground, step)
        painter.fillRect(QRectF(area.left(), ground, area.width(), 1), color("border2"))
        self._say(painter, points, spots, step)

    @staticmethod
    def _grid(painter: QPainter, area: QRectF) -> None:
        for share in (0.0, 0.25, 0.5, 0.75):
            painter.fillRect(QRectF(area.left(), area.top() + area.height() * share, area.width(), 1), color("border"))

    @staticmethod
    def _draw_bars(painter: QPainter, spots: Sequence[QPointF], ground: float, step: float) -> None:
        wide = min(step * 0.64, _WIDEST)
        for spot in spots:
            bar = QRectF(spot.x() - wide / 2, min(spot.y(), ground), wide, max(abs(ground - spot.y()), 1.0))
            paint.box(painter, bar, "bad" if spot.y() > ground else "accent", "", min(4.0, bar.height() / 2))

    @staticmethod
    def _draw_line(painter: QPainter, spots: Sequence[QPointF], ground: float) -> None:
        under = QColor(color("accent"))
        under.setAlpha(28)
        painter.setPen(paint.NO_PEN)
        painter.setBrush(under)
        ends = [QPointF(spots[-1].x(), ground), QPointF(spots[0].x(), ground)]
        painter.drawPolygon(QPolygonF([*spots, *ends]))
        painter.setBrush(paint.NO_BRUSH)
        painter.setPen(QPen(color("accent"), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawPolyline(QPolygonF(list(spots)))
        painter.setPen(paint.NO_PEN)
        painter.setBrush(color("accent"))
        if len(spots) <= 40:
            for spot in spots:
                painter.drawEllipse(spot, 3, 3)

    def _say(self, painter: QPainter, points: Sequence[Point], spots: Sequence[QPointF], step: float) -> None:
        """Labels under the ground, figures over the highest points: as many as have room."""
        label = max(width_of(point.label, SMALL) for point in points) + _WORDS_GAP
        figure = max(width_of(point.text, SMALL, MEDIUM) for point in points) + _WORDS_GAP
        every_label = max(1, -(-int(label) // max(int(step), 1))) if self._line else 1
        foot = self.height() - _FOOT
        for point, spot in list(zip(points, spots, strict=True))[::every_label]:
            wide = max(step * every_label - 6, 20.0)
            for at, words in enumerate(_on_lines(point.label, wide)):
                under = QRectF(spot.x() - wide / 2, foot + 4 + 16 * at, wide, 17)
                paint.text(painter, under, words, SMALL, REGULAR, "text2", paint.CENTRE)
        shown = range(len(spots)) if figure <= step else [max(range(len(spots)), key=lambda at: points[at].value)]
        for at in shown:
            middle = min(max(spots[at].x(), figure / 2), self.width() - figure / 2)
            over = QRectF(middle - figure / 2, min(spots[at].y() - 21, foot - 21), figure, 18)
            paint.text(painter, over, points[at].text, SMALL, MEDIUM, "text", paint.CENTRE, figures=True)


def _on_lines(label: str, wide: float) -> list[str]:
    """The label on two lines at most, broken between words."""
    first, *rest = label.split(" ")
    while rest and width_of(f"{first} {rest[0]}", SMALL) <= wide:
        first = f"{first} {rest.pop(0)}"
    return [line for line in (first, " ".join(rest)) if line]
