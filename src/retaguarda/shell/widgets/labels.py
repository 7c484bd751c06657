"""Words and small painted signs: `Label`, `Pill`, `KeyCap`, `Avatar`, `IconMark`, `IconTile`.

All are QLabels, so that a screen reader finds them with their text. They keep their colours through a theme switch.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from retaguarda.shell.theme import color, draw_icon, font, role_ground, role_ink
from retaguarda.shell.theme.tokens import BASE, CAPTION, RADIUS_TILE, REGULAR, SECTION, SEMIBOLD, SMALL, TITLE
from retaguarda.shell.widgets import paint

FIXED = QSizePolicy.Policy.Fixed


class Label(QLabel):
    """A text with size, weight and a colour token; `elide` shortens it instead of pushing the layout wider."""

    def __init__(
        self,
        text: str = "",
        size: int = BASE,
        weight: int = REGULAR,
        token: str = "text",
        *,
        wrap: bool = False,
        figures: bool = False,
        elide: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    ) -> None:
        super().__init__(text)
        self._token, self._elide = token, elide
        self.setFont(font(size, weight, figures))
        self.setWordWrap(wrap)
        self.setAlignment(align)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._recolor()

    def set_token(self, token: str) -> None:
        """Takes another colour."""
        self._token = token
        self._recolor()

    def _recolor(self) -> None:
        wanted = color(self._token)
        palette = self.palette()
        if palette.color(QPalette.ColorRole.WindowText) != wanted:
            palette.setColor(QPalette.ColorRole.WindowText, wanted)
            self.setPalette(palette)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self._recolor()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._elide:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.width()
            self.setToolTip(self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(color(self._token))
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), int(self.alignment()), shown)


def title(text: str) -> Label:
    """The name of a page, 20/600."""
    return Label(text, TITLE, SEMIBOLD)


def section(text: str) -> Label:
    """The name of a section, 15/600."""
    return Label(text, SECTION, SEMIBOLD)


def heading(text: str) -> Label:
    """The name of a card, 13/600."""
    return Label(text, BASE, SEMIBOLD)


def small(text: str, token: str = "text3", *, elide: bool = False, wrap: bool = False) -> Label:
    """A secondary line, 12."""
    return Label(text, SMALL, REGULAR, token, elide=elide, wrap=wrap)


def caption(text: str, token: str = "text3") -> Label:
    """A caption, 11/600."""
    return Label(text, CAPTION, SEMIBOLD, token)


class _Sign(QLabel):
    """A painted label of a fixed size."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.setSizePolicy(FIXED, FIXED)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()


class Pill(_Sign):
    """A state in one word: 22 high (11 px type: 19), dot or icon before it. `Pill("Em rota", "info")`."""

    def __init__(
        self, text: str, role: str = "neutral", *, icon: str = "", dot: bool = True, size: int = SMALL
    ) -> None:
        super().__init__(text)
        self._role, self._icon, self._dot, self._size = role, icon, dot, size

    @property
    def role(self) -> str:
        """The role whose colours it wears."""
        return self._role

    def set_state(self, text: str, role: str, icon: str = "") -> None:
        """Shows another state."""
        self._role, self._icon = role, icon
        self.setText(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        wide = paint.pill_width(self.text(), self._icon, self._dot, self._size)
        return QSize(int(wide + 0.99), 22 if self._size >= SMALL else 19)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        middle = self.height() / 2
        paint.pill(painter, 0, middle, self.text(), self._role, self._icon, self._dot, self._size)


class KeyCap(_Sign):
    """A key as it is printed: 18 high (big: 26). Mouse presses pass through to what lies under it."""

    def __init__(self, text: str, ink: str = "text2", *, big: bool = False) -> None:
        super().__init__(text)
        self._ink, self._big = ink, big
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(int(paint.key_width(self.text(), self._big) + 0.99), 26 if self._big else 18)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.key_cap(paint.begin(self), QRectF(self.rect()), self.text(), self._ink, self._big)


class Avatar(_Sign):
    """Initials on a disc; `name` is read aloud instead of the initials."""

    def __init__(self, initials: str, name: str, size: int = 30, role: str = "accent") -> None:
        super().__init__(initials)
        self._size, self._role = size, role
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_person(self, initials: str, name: str) -> None:
        """Shows another person."""
        self.setText(initials)
        self.setAccessibleName(name)
        self.setToolTip(name)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.avatar(paint.begin(self), QRectF(self.rect()), self.text(), self._role)


class IconMark(_Sign):
    """A bare icon in a token's colour. `name` is what it says; empty when a text beside it says the same."""

    def __init__(self, icon: str, token: str = "text2", size: int = 16, name: str = "") -> None:
        super().__init__("")
        self._icon, self._token, self._size = icon, token, size
        self.setAccessibleName(name)

    def set_icon(self, icon: str, token: str) -> None:
        """Shows another icon."""
        self._icon, self._token = icon, token
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_icon(paint.begin(self), 0, 0, self._icon, self._token, self._size)


class IconTile(_Sign):
    """An icon on a tinted square (radius 8) or disc, in a role's colours."""

    def __init__(self, icon: str, role: str = "info", size: int = 32, *, disc: bool = False, name: str = "") -> None:
        super().__init__("")
        self._icon, self._role, self._size, self._disc = icon, role, size, disc
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        radius = self._size / 2 if self._disc else RADIUS_TILE
        paint.box(painter, QRectF(self.rect()), role_ground(self._role), "", radius)
        side = self._size // 2
        at = (self._size - side) / 2
        draw_icon(painter, at, at, self._icon, role_ink(self._role), side)
