"""The strokes shared by every painted part: a rounded box, one line of text, a pill, a key cap, an avatar."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from retaguarda.shell.theme import color, draw_icon, font, metrics, pen, role_ground, role_ink, width_of
from retaguarda.shell.theme.tokens import CAPTION, MEDIUM, RADIUS_KEY, REGULAR, SEMIBOLD, SMALL

LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
CENTRE = int(Qt.AlignmentFlag.AlignCenter)
NO_PEN, NO_BRUSH = Qt.PenStyle.NoPen, Qt.BrushStyle.NoBrush
_ELIDE = Qt.TextElideMode.ElideRight


def begin(widget: QWidget) -> QPainter:
    """A painter on a widget with soft edges."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def box(painter: QPainter, rect: QRectF, ground: str, border: str, radius: float, width: float = 1.0) -> None:
    """A rounded box whose border lies wholly inside `rect`; an empty token leaves that part out."""
    inset = width / 2 if border else 0.0
    painter.setPen(pen(border, width) if border else NO_PEN)
    painter.setBrush(color(ground) if ground else NO_BRUSH)
    painter.drawRoundedRect(rect.adjusted(inset, inset, -inset, -inset), radius - inset, radius - inset)


def text(
    painter: QPainter,
    rect: QRectF,
    words: str,
    size: int,
    weight: int,
    token: str,
    align: int = LEFT,
    figures: bool = False,
) -> None:
    """One line of text, shortened with an ellipsis when the rectangle is too narrow."""
    painter.setFont(font(size, weight, figures))
    painter.setPen(color(token))
    if width_of(words, size, weight, figures) > rect.width() + 1:
        words = metrics(size, weight, figures).elidedText(words, _ELIDE, rect.width())
    painter.drawText(rect, align, words)


def pill_width(words: str, icon: str = "", dot: bool = True, size: int = SMALL) -> float:
    """How wide a pill with this text is."""
    return width_of(words, size, MEDIUM) + (34 if icon else 30 if dot else 20)


def pill(
    painter: QPainter, x: float, middle: float, words: str, role: str, icon: str = "", dot: bool = True,
    size: int = SMALL,
) -> None:  # fmt: skip
    """A pill from x on, centred on a horizontal line: dot or icon, then the word."""
    high = 22 if size >= SMALL else 19
    rect = QRectF(x, middle - high / 2, pill_width(words, icon, dot, size), high)
    ink = role_ink(role)
    box(painter, rect, role_ground(role), "", high / 2)
    lead = 10.0
    if icon:
        draw_icon(painter, x + 8, middle - 6, icon, ink, 12)
        lead = 24
    elif dot:
        painter.setBrush(color(ink))
        painter.drawEllipse(QPointF(x + 11, middle), 3, 3)
        lead = 20
    text(painter, rect.adjusted(lead, 0, 4, 0), words, size, MEDIUM, ink)


def key_width(words: str, big: bool = False) -> float:
    """How wide a key cap is; it is never narrower than high."""
    return max(26 if big else 18, width_of(words, 14 if big else CAPTION, MEDIUM) + 10)


def key_cap(painter: QPainter, rect: QRectF, words: str, ink: str = "text2", big: bool = False) -> None:
    """A key cap; on a coloured button (`ink` onaccent or invmuted) only its outline."""
    if ink in ("onaccent", "invmuted"):
        line = QColor(color(ink))
        line.setAlpha(150)
        painter.setPen(QPen(line, 1))
        painter.setBrush(NO_BRUSH)
        painter.drawRoundedRect(rect.adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_KEY, RADIUS_KEY)
    else:
        box(painter, rect, "surface", "border2", RADIUS_KEY)
    text(painter, rect.adjusted(-4, 0, 4, 0), words, 14 if big else CAPTION, MEDIUM, ink, CENTRE)


def avatar(painter: QPainter, rect: QRectF, initials: str, role: str = "accent", on_selection: bool = False) -> None:
    """Initials on a tinted disc; on a selected row the disc takes the colour of the surface."""
    box(painter, rect, "surface" if on_selection else role_ground(role), "", rect.width() / 2)
    text(painter, rect, initials, round(rect.width() * 0.38), SEMIBOLD, role_ink(role), CENTRE)


def focus_ring(painter: QPainter, rect: QRectF, radius: float, token: str = "accent") -> None:
    """The 2 px ring inside the same box, so that nothing moves when focus comes."""
    box(painter, rect, "", token, radius, 2.0)


def two_lines(painter: QPainter, rect: QRectF, first: str, second: str, ink: str, under: str, weight: int) -> None:
    """Two lines around the middle of a rectangle: 13 above, 12 below."""
    middle = rect.center().y()
    text(painter, QRectF(rect.left(), middle - 17, rect.width(), 17), first, 13, weight, ink)
    second_line(painter, QRectF(rect.left(), middle, rect.width(), 17), second, under)


def second_line(painter: QPainter, rect: QRectF, words: str, ink: str) -> None:
    """What is said under a title: 12, and shortened where it does not fit."""
    text(painter, rect, words, SMALL, REGULAR, ink)
