"""What is pressed: `Button` (primary, secondary, ghost, danger, warn), `Chip` (a filter that stays down), `LinkButton`.

They paint themselves, key cap included, so that a screen reader finds one plain button with one name.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton, QSizePolicy, QWidget

from retaguarda.shell.theme import color, draw_icon, font, metrics, width_of
from retaguarda.shell.theme.tokens import (
    BASE,
    CAPTION,
    CONTROL,
    CONTROL_BIG,
    CONTROL_SMALL,
    MEDIUM,
    RADIUS_CARD,
    RADIUS_CONTROL,
    RADIUS_TILE,
    SECTION,
    SEMIBOLD,
    SMALL,
)
from retaguarda.shell.widgets import paint

Kind = Literal["primary", "secondary", "ghost", "danger", "warn"]
Size = Literal["small", "normal", "big", "kiosk"]


@dataclass(frozen=True, slots=True)
class _Measure:
    high: int
    type: int
    icon: int
    side: int
    gap: int
    radius: int
    key: int


_SIZES: dict[str, _Measure] = {
    "small": _Measure(CONTROL_SMALL, SMALL, 14, 10, 6, RADIUS_CONTROL, 18),
    "normal": _Measure(CONTROL, BASE, 16, 13, 10, RADIUS_CONTROL, 18),
    "big": _Measure(CONTROL_BIG, SECTION, 18, 16, 10, RADIUS_TILE, 18),
    "kiosk": _Measure(64, 18, 24, 24, 12, RADIUS_CARD, 26),
}


@dataclass(frozen=True, slots=True)
class _Paint:
    """Tokens of one kind at rest, under the mouse and pressed."""

    ground: str
    hover: str
    pressed: str
    border: str
    ink: str
    icon: str
    ring: str = "accent"


_KINDS: dict[str, _Paint] = {
    "primary": _Paint("accent", "accenth", "accentp", "", "onaccent", "onaccent", "text"),
    "secondary": _Paint("surface", "hover", "surface2", "border2", "text", "text2"),
    "ghost": _Paint("", "hover", "surface2", "", "text2", "text2"),
    "danger": _Paint("surface", "badbg", "badbg", "badbd", "bad", "bad"),
    "warn": _Paint("warnbg", "warnbg", "warnbd", "warnbd", "warn", "warn"),
}
_DISABLED = _Paint("surface2", "surface2", "surface2", "border", "text3", "text3")
_DISABLED_GHOST = _Paint("", "", "", "", "text3", "text3")


class Button(QPushButton):
    """A push button. `Button("Confirmar pedido", kind="primary", icon="check", key="F10")`.

    `key` is only printed on it; the screen binds the shortcut. A button with an icon alone needs `name`,
    which is read aloud and shown as its tip. `count` is a figure after the text.
    """

    def __init__(
        self,
        text: str = "",
        *,
        kind: Kind = "secondary",
        icon: str = "",
        key: str = "",
        size: Size = "normal",
        name: str = "",
        count: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._kind: Kind = kind
        self._icon, self._key, self._count = icon, key.replace("+", " "), count
        self._measure = _SIZES[size]
        self.setFont(font(self._measure.type, SEMIBOLD if kind in ("primary", "warn") else MEDIUM))
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAutoDefault(False)
        if name or not text:
            self.setAccessibleName(name)
            self.setToolTip(name)

    @property
    def kind(self) -> Kind:
        """How it is drawn."""
        return self._kind

    def set_face(self, *, kind: Kind | None = None, icon: str | None = None, count: str | None = None) -> None:
        """Changes how it is drawn; what is not named stays."""
        self._kind = self._kind if kind is None else kind
        self._icon = self._icon if icon is None else icon
        self._count = self._count if count is None else count
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        measure = self._measure
        if not self.text():
            return QSize(measure.high + (2 if measure.high >= CONTROL else 0), measure.high)
        wide = self._middle_width() + 2 * measure.side
        if self._key:
            wide += paint.key_width(self._key, measure.key > 18) + measure.gap + 4
        return QSize(int(wide + 0.99), measure.high)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _middle_width(self) -> float:
        plain = self.text().replace("&", "")
        wide = metrics(self._measure.type, self.font().weight()).horizontalAdvance(plain)
        if self._icon:
            wide += self._measure.icon + self._measure.gap
        if self._count:
            wide += width_of(self._count, self._measure.type, SEMIBOLD) + 8
        return wide

    def _tokens(self) -> _Paint:
        if self.isEnabled():
            return _KINDS[self._kind]
        return _DISABLED_GHOST if self._kind == "ghost" else _DISABLED

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        tokens, measure = self._tokens(), self._measure
        ground = tokens.pressed if self.isDown() else tokens.hover if self.underMouse() else tokens.ground
        rect = QRectF(self.rect())
        paint.box(painter, rect, ground, tokens.border, measure.radius)
        if self.hasFocus():
            paint.focus_ring(painter, rect, measure.radius, tokens.ring)
        if not self.text():
            at = (self.width() - measure.icon) / 2
            draw_icon(painter, at, (self.height() - measure.icon) / 2, self._icon, tokens.icon, measure.icon)
            return
        free = rect.adjusted(measure.side, 0, -measure.side, 0)
        if self._key:
            wide = paint.key_width(self._key, measure.key > 18)
            cap = QRectF(free.right() - wide + 3, rect.center().y() - measure.key / 2, wide, measure.key)
            ink = "onaccent" if tokens.ink == "onaccent" else "text2" if self.isEnabled() else "text3"
            paint.key_cap(painter, cap, self._key, ink, measure.key > 18)
            free.setRight(cap.left() - measure.gap)
        self._paint_words(painter, free, tokens)

    def _paint_words(self, painter: QPainter, free: QRectF, tokens: _Paint) -> None:
        measure = self._measure
        x = free.left() + max(0.0, (free.width() - self._middle_width()) / 2)
        if self._icon:
            draw_icon(painter, x, free.center().y() - measure.icon / 2, self._icon, tokens.icon, measure.icon)
            x += measure.icon + measure.gap
        painter.setFont(self.font())
        painter.setPen(color(tokens.ink))
        words = QRectF(x, free.top(), free.right() - x + 1, free.height())
        painter.drawText(words, paint.LEFT | Qt.TextFlag.TextShowMnemonic, self.text())
        if self._count:
            x += metrics(measure.type, self.font().weight()).horizontalAdvance(self.text().replace("&", "")) + 8
            paint.text(
                painter, words.adjusted(x - words.left(), 0, 20, 0), self._count, measure.type, SEMIBOLD, "text3"
            )


class Chip(QAbstractButton):
    """A filter that stays down: 28 high, count inside. Put exclusive ones into one QButtonGroup or `ChipRow`.

    With `closable`, Delete or the cross emits `closed`.
    """

    closed = Signal()

    def __init__(
        self, text: str, *, count: str = "", icon: str = "", checked: bool = False, closable: bool = False
    ) -> None:
        super().__init__()
        self._count, self._icon, self._closable = count, icon, closable
        self.setText(text)
        self.setCheckable(True)
        self.setChecked(checked)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self._name()

    def set_count(self, count: str) -> None:
        """Shows another count."""
        self._count = count
        self._name()
        self.updateGeometry()
        self.update()

    def _name(self) -> None:
        self.setAccessibleName(f"{self.text()} {self._count}".strip())

    def sizeHint(self) -> QSize:
        # Measured at the heavier weight, so that nothing moves when it is chosen.
        wide = width_of(self.text(), SMALL, SEMIBOLD) + 24 + (18 if self._icon else 0) + (16 if self._closable else 0)
        if self._count:
            wide += width_of(self._count, SMALL, MEDIUM) + 7
        return QSize(int(wide + 0.99), 28)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        on, rect = self.isChecked(), QRectF(self.rect())
        ground = "accentbg" if on else "hover" if self.underMouse() else "surface"
        paint.box(painter, rect, ground, "accent" if on else "border2", 14)
        if self.hasFocus():
            paint.focus_ring(painter, rect, 14)
        ink, x = "accent" if on else "text2", 12.0
        if self._icon:
            draw_icon(painter, x - 1, 7, self._icon, "accent" if on else "text3", 14)
            x += 18
        paint.text(painter, rect.adjusted(x, 0, 0, 0), self.text(), SMALL, SEMIBOLD if on else MEDIUM, ink)
        right = rect.right() - 11
        if self._closable:
            draw_icon(painter, right - 11, 8, "x", ink, 12)
            right -= 16
        if self._count:
            count = QRectF(0, 0, right, rect.height())
            paint.text(painter, count, self._count, SMALL, MEDIUM, "accent" if on else "text3", paint.RIGHT)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._closable and event.position().x() > self.width() - 26:
            self.setDown(False)
            self.closed.emit()
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self._closable and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.closed.emit()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()


class LinkButton(QAbstractButton):
    """A word in a token's colour that is pressed like a button, with an icon before it or alone (then with `name`)."""

    def __init__(self, text: str, *, icon: str = "", size: int = BASE, token: str = "accent", name: str = "") -> None:
        super().__init__()
        self._icon, self._size, self._token = icon, size, token
        if name:
            self.setAccessibleName(name)
            self.setToolTip(name)
        self.setText(text)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        icon = 0 if not self._icon else 20 if self.text() else 14
        wide = width_of(self.text(), self._size, SEMIBOLD) + 8 + icon
        return QSize(int(wide + 0.99), 22 if self._size > CAPTION else 18)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        rect, ink = QRectF(self.rect()), self._token if self.isEnabled() else "text3"
        if self.hasFocus():
            paint.focus_ring(painter, rect, 4, self._token)
        x = 4.0
        if self._icon:
            draw_icon(painter, x, rect.center().y() - 7, self._icon, ink, 14)
            x += 20
        paint.text(painter, rect.adjusted(x, 0, 0, 0), self.text(), self._size, SEMIBOLD, ink)
        if self.text() and self.underMouse() and self.isEnabled():
            base = rect.center().y() + self._size / 2
            painter.setPen(color(ink))
            painter.drawLine(QPointF(x, base), QPointF(rect.right() - 4, base))

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()
