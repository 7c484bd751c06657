"""What the program is and stands on: its version, and every part of it with the text of its licence."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from retaguarda.kernel.licences import Part
from retaguarda.shell.theme.tokens import MEDIUM, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.fields import TextArea
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import boxed, column, row
from retaguarda.shell.widgets.sheet import Sheet
from retaguarda.shell.widgets.table import Column, Kind, Row, Table

_WIDE, _HIGH, _LIST, _ROW = 960, 560, 420, 32
_FREE = 16_777_215


class AboutSheet(Sheet):
    """Shows the parts over `over`, the program itself first. Up and down choose one, Tab goes to its text, Esc closes.

    It deletes itself when it closes.
    """

    def __init__(self, over: QWidget, words: Words, parts: Sequence[Part]) -> None:
        self._parts = parts
        self.table = Table(
            [Column("name", words.say("shell.about.part"), Kind.STRONG, stretch=True),
             Column("licence", words.say("shell.about.licence"), Kind.MUTED, 212)],
            name=words.say("shell.about.parts"), row_high=_ROW,
        )  # fmt: skip
        self.text = TextArea(name=words.say("shell.about.text"))
        self.text.setReadOnly(True)
        self.text.setMinimumHeight(0)
        self.text.setMaximumHeight(_FREE)
        self._head = Label("", SMALL, MEDIUM, "text2", elide=True)
        program = parts[0]
        lead = Label(words.say("shell.about.lead", version=program.version), SMALL, token="text2", wrap=True)
        close = Button(words.say("shell.about.close"), key="Esc")
        close.clicked.connect(lambda _on=False: self.close_sheet())
        beside = column(self._head, (self.text, 1), gap=6)
        body = column(lead, (row(boxed(column((self.table, 1)), width=_LIST), (beside, 1), gap=16), 1), gap=12)
        super().__init__(
            over, body, title=words.say("shell.about.title"), close_name=words.say("shell.about.close"),
            buttons=(close,), icon="building-2", width=_WIDE, high=_HIGH,
        )  # fmt: skip
        self.table.current_changed.connect(self._show)
        self.table.rows.set_rows([Row(at, (part.name, part.licence)) for at, part in enumerate(parts)])
        self.closed.connect(self.deleteLater)

    def begin(self) -> None:
        """Opens it on the program itself."""
        self.open(self.table)
        self.table.go_to(0)
        self._show(0)

    def _show(self, place: object) -> None:
        if isinstance(place, int):
            part = self._parts[place]
            self._head.setText(" · ".join(said for said in (part.name, part.version, part.licence) if said))
            self.text.setPlainText(part.text)
