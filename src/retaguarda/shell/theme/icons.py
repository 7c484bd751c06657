"""Lucide icons in the colours of the theme: read, recoloured and rendered once per colour and size."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from retaguarda.kernel.resource import find_resource
from retaguarda.shell.theme.ink import current

if TYPE_CHECKING:
    from PySide6.QtSvg import QSvgRenderer


@cache
def _renderer(name: str, rgb: str) -> QSvgRenderer:
    from PySide6.QtSvg import QSvgRenderer

    drawn = find_resource("resources", "icons", name + ".svg").read_text("utf-8")
    drawn = drawn.replace("currentColor", rgb).replace('stroke-width="2"', 'stroke-width="1.75"')
    return QSvgRenderer(QByteArray(drawn.encode()))


@cache
def _pixmap(name: str, rgb: str, pixels: int, ratio: float) -> QPixmap:
    drawn = QPixmap(pixels, pixels)
    drawn.fill(Qt.GlobalColor.transparent)
    painter = QPainter(drawn)
    _renderer(name, rgb).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    drawn.setDevicePixelRatio(ratio)
    return drawn


def pixmap(name: str, token: str, size: int = 16, ratio: float = 1.0) -> QPixmap:
    """An icon in a token's colour, `size` logical pixels wide, sharp at the given device pixel ratio."""
    return _pixmap(name, getattr(current(), token), round(size * ratio), ratio)


def draw_icon(painter: QPainter, x: float, y: float, name: str, token: str, size: int = 16) -> None:
    """Paints an icon with its upper left corner at (x, y)."""
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    painter.drawPixmap(QRectF(x, y, size, size).toRect(), pixmap(name, token, size, ratio))


class _Engine(QIconEngine):
    """Asks for the colour when it paints, so that a change of theme needs no new icons."""

    def __init__(self, name: str, token: str) -> None:
        super().__init__()
        self._name, self._token = name, token

    def clone(self) -> QIconEngine:
        return _Engine(self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        token = "text3" if mode == QIcon.Mode.Disabled else self._token
        left, top = rect.x() + (rect.width() - side) // 2, rect.y() + (rect.height() - side) // 2
        draw_icon(painter, left, top, self._name, token, side)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        token = "text3" if mode == QIcon.Mode.Disabled else self._token
        return _pixmap(self._name, getattr(current(), token), min(size.width(), size.height()), scale)


def icon(name: str, token: str = "text2") -> QIcon:
    """A Lucide icon for buttons and menus, in a token's colour."""
    return QIcon(_Engine(name, token))
