"""Surfaces: `Card` (radius 10, margins 16/12), `Panel` (a card with its own header and a table to the edge), `Rule`."""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QLayout, QVBoxLayout, QWidget

from retaguarda.shell.theme import color
from retaguarda.shell.theme.tokens import CARD_MARGINS, RADIUS_CARD
from retaguarda.shell.widgets import paint
from retaguarda.shell.widgets.labels import heading
from retaguarda.shell.widgets.layout import Margins, Placed, row


class Card(QFrame):
    """A painted surface around a layout. `ground` and `border` are tokens; 0 leaves width or height free."""

    def __init__(
        self,
        layout: QLayout | None = None,
        *,
        margins: Margins = CARD_MARGINS,
        width: int = 0,
        height: int = 0,
        ground: str = "surface",
        border: str = "border",
        radius: int = RADIUS_CARD,
    ) -> None:
        super().__init__()
        self._ground, self._border, self._radius = ground, border, radius
        if layout is not None:
            layout.setContentsMargins(*margins)
            self.setLayout(layout)
        if width:
            self.setFixedWidth(width)
        if height:
            self.setFixedHeight(height)

    def set_tone(self, ground: str, border: str) -> None:
        """Takes other colours, for example `badbg` and `badbd`."""
        self._ground, self._border = ground, border
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(paint.begin(self), QRectF(self.rect()), self._ground, self._border, self._radius)


class Panel(Card):
    """A card whose body reaches its edges: `Panel(table, title="Minha fila", header=[pill, None, button])`.

    `header` stands beside the title (or alone), 44 high (`head`); `foot` under the body, each set off by a rule.
    """

    def __init__(
        self,
        body: QWidget | QLayout,
        *,
        title: str = "",
        header: tuple[Placed, ...] = (),
        foot: tuple[Placed, ...] = (),
        head: int = 44,
        foot_high: int = 36,
        head_rule: bool = True,
    ) -> None:
        super().__init__()
        outer = QVBoxLayout(self)
        # The body paints its own square ground: what stays free keeps it off the border and the round corners.
        outer.setContentsMargins(1, 1 if title or header else 3, 1, 1 if foot else 5)
        outer.setSpacing(0)
        if title or header:
            outer.addWidget(_strip(((heading(title),) if title else ()) + header, head, 16))
            if head_rule:
                outer.addWidget(Rule())
        if isinstance(body, QLayout):
            outer.addLayout(body, 1)
        else:
            outer.addWidget(body, 1)
        if foot:
            outer.addWidget(Rule())
            outer.addWidget(_strip(foot, foot_high, 16))


class Rule(QFrame):
    """A line one pixel wide, lying or standing."""

    def __init__(self, *, upright: bool = False) -> None:
        super().__init__()
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.begin(self)
        painter.fillRect(self.rect(), color("border"))


def _strip(items: tuple[Placed, ...], high: int, side: int) -> QWidget:
    made = QWidget()
    made.setLayout(row(*items, margins=(side, 0, side, 0)))
    made.setFixedHeight(high)
    return made
