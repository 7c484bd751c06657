"""Tiles of the home page: `KpiTile` (a figure and its trend) and `ProcessLight` (a process and its state).

Both are buttons: a press leads to the list behind them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from retaguarda.shell.theme import ROLE_ICON, color, draw_icon, role_ground, role_ink, width_of
from retaguarda.shell.theme.tokens import BASE, FIGURE, MEDIUM, RADIUS_CARD, REGULAR, SECTION, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint


class _Tile(QAbstractButton):
    """A card that is pressed."""

    _HIGH = 76
    _LEAST = 180

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._LEAST + 60, self._HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._LEAST, self._HIGH)

    def _card(self) -> QPainter:
        painter = paint.begin(self)
        rect = QRectF(self.rect())
        paint.box(painter, rect, "hover" if self.underMouse() else "surface", "border", RADIUS_CARD)
        if self.hasFocus():
            paint.focus_ring(painter, rect, RADIUS_CARD)
        return painter


@dataclass(frozen=True, slots=True)
class Kpi:
    """A figure: its name, its text, how it changed (`trend`, in a role), against what, and its course for the line."""

    label: str
    figure: str
    trend: str = ""
    against: str = ""
    role: str = "neutral"
    course: tuple[float, ...] = ()


class KpiTile(_Tile):
    """A key figure, 88 high, with a small line of its course."""

    _HIGH = 88

    def __init__(self, kpi: Kpi) -> None:
        super().__init__()
        self._kpi = kpi
        self.set_kpi(kpi)

    def set_kpi(self, kpi: Kpi) -> None:
        """Shows another figure."""
        self._kpi = kpi
        self.setAccessibleName(" ".join(part for part in (kpi.label, kpi.figure, kpi.trend, kpi.against) if part))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, kpi = self._card(), self._kpi
        inner = QRectF(self.rect()).adjusted(16, 11, -16, -11)
        paint.text(painter, QRectF(inner.left(), inner.top(), inner.width(), 17), kpi.label, SMALL, MEDIUM, "text2")
        figure = QRectF(inner.left(), inner.top() + 17, inner.width(), 32)
        paint.text(painter, figure, kpi.figure, FIGURE, SEMIBOLD, "text")
        under = QRectF(inner.left(), inner.bottom() - 17, inner.width(), 17)
        paint.text(painter, under, kpi.trend, SMALL, MEDIUM, role_ink(kpi.role))
        beside = under.adjusted(width_of(kpi.trend, SMALL, MEDIUM) + 5 if kpi.trend else 0, 0, 0, 0)
        paint.text(painter, beside, kpi.against, SMALL, REGULAR, "text3")
        room = inner.width() - width_of(kpi.figure, FIGURE, SEMIBOLD) - 14
        if len(kpi.course) > 1 and room > 40:
            wide = min(80.0, room)
            sparkline(painter, QRectF(inner.right() - wide, inner.top() + 20, wide, 30), kpi.course, kpi.role)


def sparkline(painter: QPainter, rect: QRectF, course: Sequence[float], role: str) -> None:
    """The course of a figure as a line over a tint, the last point marked."""
    low, high = min(course), max(course)
    span = (high - low) or 1.0
    step = rect.width() / (len(course) - 1)
    points = [
        QPointF(rect.left() + at * step, rect.bottom() - (value - low) / span * rect.height())
        for at, value in enumerate(course)
    ]
    area = QPainterPath(QPointF(rect.left(), rect.bottom()))
    for point in points:
        area.lineTo(point)
    area.lineTo(rect.right(), rect.bottom())
    tint = QColor(color(role_ink(role)))
    tint.setAlpha(28)
    painter.fillPath(area, tint)
    painter.setPen(QPen(color(role_ink(role)), 1.5))
    painter.drawPolyline(points)
    painter.setBrush(color(role_ink(role)))
    painter.setPen(paint.NO_PEN)
    painter.drawEllipse(points[-1], 2.5, 2.5)


@dataclass(frozen=True, slots=True)
class Light:
    """The state of a process: name, state in a few words, its reason, and the role that colours it."""

    name: str
    state: str
    reason: str
    role: str = "ok"


class ProcessLight(_Tile):
    """A process at a glance: disc 36 with its icon, name 12, state 15/600, reason 12; `low` makes it 68 high."""

    def __init__(self, light: Light, *, low: bool = False) -> None:
        super().__init__()
        self._HIGH = 68 if low else 76
        self._light = light
        self.set_light(light)

    def set_light(self, light: Light) -> None:
        """Shows another state."""
        self._light = light
        self.setAccessibleName(f"{light.name}: {light.state}, {light.reason}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, light = self._card(), self._light
        rect = QRectF(self.rect())
        middle, ink = rect.center().y(), role_ink(light.role)
        paint.box(painter, QRectF(14, middle - 18, 36, 36), role_ground(light.role), "", 18)
        icon = "octagon-alert" if light.role == "bad" else ROLE_ICON[light.role]
        draw_icon(painter, 23, middle - 9, icon, ink, 18)
        words = QRectF(62, middle - 26, rect.width() - 62 - 34, 17)
        calm = light.role in ("ok", "neutral", "info")
        paint.text(painter, words, light.name, SMALL, MEDIUM, "text2")
        state = words.translated(0, 17).adjusted(0, 0, 0, 2)
        paint.text(painter, state, light.state, SECTION, SEMIBOLD, "text" if calm else ink)
        paint.text(painter, words.translated(0, 36), light.reason, SMALL, REGULAR, "text3")
        draw_icon(painter, rect.right() - 28, middle - 7, "chevron-right", "text3", 14)


class ActionRow(_Tile):
    """A pressed line with an icon tile, two lines and a word at the right; 44 high, for short lists in cards."""

    _HIGH = 44

    def __init__(self, icon: str, first: str, second: str, *, role: str = "neutral", right: str = "") -> None:
        super().__init__()
        self._icon, self._first, self._second, self._role, self._right = icon, first, second, role, right
        self.setAccessibleName(", ".join(part for part in (first, second, right) if part))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect = paint.begin(self), QRectF(self.rect())
        if self.underMouse():
            paint.box(painter, rect, "hover", "", 8)
        if self.hasFocus():
            paint.focus_ring(painter, rect, 8)
        middle = rect.center().y()
        paint.box(painter, QRectF(4, middle - 15, 30, 30), role_ground(self._role), "", 8)
        draw_icon(painter, 12, middle - 7, self._icon, role_ink(self._role), 14)
        wide = width_of(self._right, BASE, MEDIUM) + 8 if self._right else 0.0
        words = QRectF(44, 0, rect.width() - 52 - wide, rect.height())
        paint.two_lines(painter, words, self._first, self._second, "text", "text3", MEDIUM)
        side = QRectF(rect.right() - wide - 4, 0, wide, rect.height())
        paint.text(painter, side, self._right, BASE, MEDIUM, "text", paint.RIGHT, True)
