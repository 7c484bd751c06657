"""The palette (Ctrl+K): type a part of what is wanted, Enter goes there or does it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from retaguarda.kernel.fold import fold
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.fields import LineEdit
from retaguarda.shell.widgets.layout import column
from retaguarda.shell.widgets.sheet import Sheet
from retaguarda.shell.widgets.table import Column, Kind, Row, Sign, Table

_WIDE, _HIGH, _ROW = 720, 460, 44


@dataclass(frozen=True, slots=True)
class Offer:
    """One line of the palette."""

    text: str
    right: str
    icon: str
    deed: Callable[[], object]


class Palette(Sheet):
    """Offers are added with `offer`, then `begin` opens it. It deletes itself when it closes."""

    def __init__(self, over: QWidget, words: Words) -> None:
        self._offers: list[Offer] = []
        name = words.say("shell.search")
        self._line = LineEdit(placeholder=name, icon="search", name=name)
        self._table = Table(
            [Column("icon", "", Kind.ICON, 44), Column("text", "", Kind.STRONG, stretch=True),
             Column("right", "", Kind.MUTED, 140, align="right")],
            name=name, row_high=_ROW, head=False,
        )  # fmt: skip
        self._table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        super().__init__(
            over, column(self._line, (self._table, 1)), title=name, close_name=words.say("shell.dismiss"),
            width=_WIDE, high=_HIGH,
        )  # fmt: skip
        self._line.textChanged.connect(lambda _text: self._show())
        self._line.installEventFilter(self)
        self._table.clicked.connect(lambda index: self._take(index.row()))
        self.closed.connect(self.deleteLater)

    def offer(self, text: str, right: str, icon: str, deed: Callable[[], object]) -> None:
        """Adds a line."""
        self._offers.append(Offer(text, right, icon, deed))

    def begin(self) -> None:
        """Opens the palette with everything it offers."""
        self._show()
        self.open(self._line)

    def _found(self) -> list[Offer]:
        wanted = fold(self._line.text()).split()
        found = [one for one in self._offers if all(word in fold(one.text) for word in wanted)]
        # Who types the whole name means that one, not a longer one which has it too.
        return sorted(found, key=lambda one: fold(one.text).split() != wanted)

    def _show(self) -> None:
        rows = [Row(at, (Sign(o.icon, "neutral", o.text), o.text, o.right)) for at, o in enumerate(self._found())]
        self._table.rows.set_rows(rows)
        self._table.go_to(0)

    def _take(self, place: int) -> None:
        found = self._found()
        if 0 <= place < len(found):
            self.close_sheet()
            found[place].deed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._line and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
                QApplication.sendEvent(self._table, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take(self._table.currentIndex().row())
                return True
        return super().eventFilter(watched, event)
