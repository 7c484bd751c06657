"""What the program says of itself: `Banner`, `Toast`, `EmptyState`, `Skeleton`."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from retaguarda.shell.theme import color, role_border, role_ground, role_ink
from retaguarda.shell.theme.tokens import BASE, GAP_S, REGULAR, SECTION, SEMIBOLD, SMALL
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.cards import Card
from retaguarda.shell.widgets.labels import IconMark, IconTile, Label
from retaguarda.shell.widgets.layout import empty, row
from retaguarda.shell.widgets.toast import Toast

__all__ = ["Banner", "EmptyState", "Skeleton", "Toast"]


class Banner(Card):
    """A tinted line over a page: icon, what is so (bold), what it means, and buttons at the right."""

    def __init__(self, role: str, icon: str, lead: str, text: str, buttons: Sequence[QWidget] = ()) -> None:
        super().__init__(ground=role_ground(role), border=role_border(role))
        self._mark = IconMark(icon, role_ink(role), 18)
        self._lead = Label(lead, BASE, SEMIBOLD)
        self._text = Label(text, elide=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(GAP_S)
        words = row(self._lead, (self._text, 1), gap=5)
        self.setLayout(row(self._mark, (words, 1), self._buttons, gap=10, margins=(14, 8, 8, 8)))
        self.setMinimumHeight(48)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        for button in buttons:
            self._buttons.addWidget(button)
        self._name()

    def say(self, role: str, icon: str, lead: str, text: str) -> None:
        """Says something else; the buttons stay."""
        self.set_tone(role_ground(role), role_border(role))
        self._mark.set_icon(icon, role_ink(role))
        self._lead.setText(lead)
        self._text.setText(text)
        self._name()

    def set_buttons(self, buttons: Sequence[QWidget]) -> None:
        """Offers other buttons; the old ones are gone."""
        empty(self._buttons)
        for button in buttons:
            self._buttons.addWidget(button)

    def _name(self) -> None:
        self.setAccessibleName(f"{self._lead.text()} {self._text.text()}")


class EmptyState(QWidget):
    """What an empty place says: a disc with an icon, a title, why it is empty, one primary way on and a second one.

    `code` is a small last line (the code for the support).
    """

    def __init__(
        self, icon: str, title: str, text: str, buttons: Sequence[QWidget] = (), *,
        role: str = "accent", code: str = "", wide: int = 360,
    ) -> None:  # fmt: skip
        super().__init__()
        middle = Qt.AlignmentFlag.AlignHCenter
        words = Label(text, SMALL, REGULAR, "text2", wrap=True, align=Qt.AlignmentFlag.AlignCenter)
        words.setFixedWidth(wide)
        words.setMinimumHeight(words.heightForWidth(wide))
        head = Label(title, SECTION, SEMIBOLD, align=Qt.AlignmentFlag.AlignCenter)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(16, 16, 16, 16)
        outer.setSpacing(6)
        outer.addStretch(1)
        outer.addWidget(IconTile(icon, role, 48, disc=True), 0, middle)
        outer.addSpacing(8)
        outer.addWidget(head, 0, middle)
        outer.addWidget(words, 0, middle)
        if buttons:
            outer.addSpacing(6)
            outer.addLayout(row(None, *buttons, None))
        if code:
            last = Label(code, SMALL, REGULAR, "text3")
            last.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            outer.addWidget(last, 0, middle)
        outer.addStretch(1)
        self.setAccessibleName(f"{title}. {text}")


class Skeleton(QLabel):
    """Rows on their way: grey bars where the columns will be. `columns` are widths in pixels, 0 takes what is left."""

    def __init__(self, columns: Sequence[int], *, name: str, row_high: int = 36, rows: int = 8) -> None:
        super().__init__()
        self._columns, self._high, self._rows = tuple(columns), row_high, rows
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        free = self.width() - sum(self._columns)
        for place in range(min(self._rows, self.height() // self._high + 1)):
            top, x = place * self._high, 0.0
            painter.setOpacity(max(0.25, 1 - place * 0.11))
            for at, given in enumerate(self._columns):
                wide = given or free
                share = 0.45 + ((place * 7 + at * 5) % 5) * 0.09
                last = at == len(self._columns) - 1
                high = 18.0 if last else 10.0
                bar = QRectF(x + 12, top + self._high / 2 - high / 2, (wide - 24) * (1 if last else share), high)
                paint.box(painter, bar, "border", "", high / 2)
                x += wide
            painter.setOpacity(1)
            painter.fillRect(0, top + self._high - 1, self.width(), 1, color("border"))
