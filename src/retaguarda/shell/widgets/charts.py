"""Painted figures: `SegmentBar` (shares of a whole), `HBars` (waiting and working per step), `Legend`.

Each is read aloud by the name it is given; the screen writes the same figures beside it or in `name`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from retaguarda.shell.theme import color, role_ink, width_of
from retaguarda.shell.theme.tokens import REGULAR, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint


class SegmentBar(QLabel):
    """Shares of a whole in a bar with round ends: `[(8, "ok"), (2, "info"), (2, "bad")]`; 0 leaves a share out."""

    def __init__(self, parts: Sequence[tuple[float, str]] = (), *, name: str, high: int = 8) -> None:
        super().__init__()
        self._parts = tuple(parts)
        self._whole = 0.0
        self.setFixedHeight(high)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_parts(parts, name)

    def set_parts(self, parts: Sequence[tuple[float, str]], name: str, whole: float = 0.0) -> None:
        """Shows other shares of `whole` (their sum when 0), read aloud as `name`."""
        self._parts, self._whole = tuple(part for part in parts if part[0] > 0), whole
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, rect = paint.begin(self), QRectF(self.rect())
        radius = rect.height() / 2
        paint.box(painter, rect, "sunken", "", radius)
        whole = self._whole or sum(amount for amount, _role in self._parts)
        x, gap = 0.0, 2.0 if len(self._parts) > 1 else 0.0
        for amount, role in self._parts:
            wide = rect.width() * amount / whole
            token = "accent" if role in ("info", "accent") else role_ink(role)
            paint.box(painter, QRectF(x, 0, max(wide - gap, rect.height()), rect.height()), token, "", radius)
            x += wide


@dataclass(frozen=True, slots=True)
class Bar:
    """A step with the time it waited and the time it was worked on (any unit, all bars the same), and its words."""

    label: str
    waiting: float
    working: float
    text: str
    hot: bool = False


class HBars(QLabel):
    """Horizontal bars, waiting before working; only the bottleneck (`hot`) is red."""

    _LEFT, _RIGHT = 82, 116

    def __init__(self, bars: Sequence[Bar] = (), *, name: str) -> None:
        super().__init__()
        self._bars = tuple(bars)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.set_bars(bars)

    def set_bars(self, bars: Sequence[Bar]) -> None:
        """Shows other bars."""
        self._bars = tuple(bars)
        self.setAccessibleDescription("; ".join(f"{bar.label}: {bar.text}" for bar in bars))
        self.setMinimumHeight(24 * len(bars))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(360, 40 * len(self._bars))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._bars:
            return
        painter = paint.begin(self)
        high = min(self.height() / len(self._bars), 46.0)
        track = self.width() - self._LEFT - self._RIGHT
        most = max(bar.waiting + bar.working for bar in self._bars) * 1.12 or 1.0
        thick = min(18.0, high - 8)
        for place, bar in enumerate(self._bars):
            middle = high * place + high / 2
            weight = SEMIBOLD if bar.hot else REGULAR
            label = QRectF(0, middle - 10, self._LEFT - 10, 20)
            paint.text(painter, label, bar.label, SMALL, weight, "text" if bar.hot else "text2", paint.RIGHT)
            paint.box(painter, QRectF(self._LEFT, middle - thick / 2, track, thick), "surface2", "", 4)
            waited, worked = track * bar.waiting / most, track * bar.working / most
            tint = QColor(color("bad" if bar.hot else "warn"))
            tint.setAlpha(255 if bar.hot else 190)
            painter.setPen(paint.NO_PEN)
            painter.setBrush(tint)
            painter.drawRoundedRect(QRectF(self._LEFT, middle - thick / 2, max(waited, 3.0), thick), 4, 4)
            work = QRectF(self._LEFT + waited + 1, middle - thick / 2, max(worked, 3.0), thick)
            paint.box(painter, work, "accent", "", 4)
            words = QRectF(self._LEFT + track + 10, middle - 10, self._RIGHT - 10, 20)
            paint.text(painter, words, bar.text, SMALL, weight, "bad" if bar.hot else "text2", figures=True)


class Legend(QLabel):
    """What the colours of a chart mean: `[("warn", "espera"), ("accent", "trabalho")]`."""

    def __init__(self, entries: Sequence[tuple[str, str]]) -> None:
        super().__init__(" ".join(words for _token, words in entries))
        self._entries = tuple(entries)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(int(sum(width_of(words, SMALL) + 30 for _token, words in self._entries)), 18)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, x = paint.begin(self), 2.0
        for token, words in self._entries:
            paint.box(painter, QRectF(x, 5, 9, 9), token, "", 1)
            wide = width_of(words, SMALL)
            paint.text(painter, QRectF(x + 14, 0, wide + 4, 18), words, SMALL, REGULAR, "text3")
            x += wide + 28
