"""Colours and fonts by name, made once: a delegate asks for them thousands of times a second."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QPen

from retaguarda.kernel.resource import find_resource
from retaguarda.shell.theme.tokens import BASE, LIGHT, REGULAR, Theme

FAMILY = "Inter"
_FILES = ("Inter-Regular.ttf", "Inter-Medium.ttf", "Inter-SemiBold.ttf")


class _Look(QObject):
    """The theme in use and the news that it changed."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.theme: Theme = LIGHT

    def use(self, theme: Theme) -> None:
        self.theme = theme
        color.cache_clear()
        pen.cache_clear()


look = _Look()


def current() -> Theme:
    """The theme in use."""
    return look.theme


@cache
def color(token: str) -> QColor:
    """The colour of a token in the theme in use. Shared: copy it (`QColor(color(…))`) before changing it."""
    return QColor(getattr(look.theme, token))


@cache
def pen(token: str, width: float = 1.0) -> QPen:
    """A solid pen in a token's colour. Shared: copy it before changing it."""
    return QPen(color(token), width)


@cache
def font(size: int = BASE, weight: int = REGULAR, figures: bool = False) -> QFont:
    """Inter in `size` pixels; `figures` gives every digit the same width, for columns of numbers only."""
    made = QFont(FAMILY)
    made.setPixelSize(size)
    made.setWeight(QFont.Weight(weight))
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    if figures:
        made.setFeature(QFont.Tag("tnum"), 1)
    return made


@cache
def metrics(size: int = BASE, weight: int = REGULAR, figures: bool = False) -> QFontMetricsF:
    """The measures of the same font."""
    return QFontMetricsF(font(size, weight, figures))


@lru_cache(8192)
def width_of(text: str, size: int = BASE, weight: int = REGULAR, figures: bool = False) -> float:
    """How many pixels a text takes in one line; measured once, because cells are painted again and again."""
    return metrics(size, weight, figures).horizontalAdvance(text)


def load_fonts() -> None:
    """Makes the three weights the window uses known to Qt; more would cost start-up time for nothing."""
    if FAMILY in QFontDatabase.families():
        return
    for name in _FILES:
        QFontDatabase.addApplicationFont(str(find_resource("resources", "fonts", name)))
