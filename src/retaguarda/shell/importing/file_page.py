"""The first step: which file, what it holds, how it is written, and its first rows as they are understood by that."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from retaguarda.kernel.screen import Phrase
from retaguarda.kernel.screen.import_choices import OF_TEXT, OFFERED, Understood, preview
from retaguarda.kernel.screen.importing import ImportState
from retaguarda.shell.theme import width_of
from retaguarda.shell.theme.tokens import BASE, REGULAR
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.buttons import Button
from retaguarda.shell.widgets.cards import Card, Panel
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.fields import Field, LineEdit
from retaguarda.shell.widgets.labels import small
from retaguarda.shell.widgets.layout import column, row
from retaguarda.shell.widgets.messages import EmptyState, Skeleton
from retaguarda.shell.widgets.table import Column, Kind, Row, Table
from retaguarda.shell.widgets.table.delegate import PAD

CELL_LEAST, CELL_MOST, NUMBER_WIDE, LABEL_HIGH = 110, 360, 64, 19
_NEW = ""


class FilePage(QWidget):
    """The page of the step `file`."""

    def __init__(self, state: ImportState, words: Words, browse: Any) -> None:
        super().__init__()
        self._state, self._words = state, words
        self.path = LineEdit(icon="file-spreadsheet")
        self.path.editingFinished.connect(self.settle)
        self.browse = Button(words.say("imports.wizard.browse"))
        self.browse.clicked.connect(lambda _on=False: browse())
        self.combos: dict[str, Combo] = {}
        self.fields = {
            "kind": self._combo("kind", [(kind.name, words.say(kind.code)) for kind in state.kinds]),
            "path": Field(
                words.say("imports.wizard.path"), self.path, hint=words.say("imports.wizard.path.hint"), required=True
            ),
            "saved": self._combo("saved", []),
            "table": self._combo("table", []),
            **{name: self._combo(name, self._offered(name)) for name in OFFERED},
        }  # fmt: skip
        for name in ("kind", *OFFERED):
            self.combos[name].setPlaceholderText(words.say("imports.wizard.choose"))
        self.combos["saved"].chosen.connect(lambda name: state.take_saved(str(name)))
        for name in ("kind", "table", *OFFERED):
            self.combos[name].chosen.connect(partial(self._chosen, name))
        self._count = small("", "text2")
        self._place = QStackedWidget()
        self._shown: tuple[Any, ...] = ()
        panel = Panel(self._place, title=words.say("imports.wizard.preview"), header=(None, self._count))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(Card(self._grid()))
        outer.addWidget(panel, 1)

    def _offered(self, name: str) -> list[tuple[str, str]]:
        return [(code, self._words.say(f"imports.{name}.{code}")) for code in OFFERED[name]]

    def _combo(self, name: str, choices: Any) -> Field:
        combo = self.combos[name] = Combo(choices)
        return Field(self._words.say(f"imports.wizard.{name}"), combo, required=name not in ("saved", "table"))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        file = QWidget()
        # Its label stands over the field: what is beside it begins as far below.
        beside = column(LABEL_HIGH, self.browse, None, gap=0)
        file.setLayout(row((self.fields["path"], 1), beside, gap=8))
        grid.addWidget(self.fields["kind"], 0, 0)
        grid.addWidget(file, 0, 1, 1, 2)
        grid.addWidget(self.fields["saved"], 0, 3)
        for place, name in enumerate(("encoding", "delimiter", "decimal", "dates")):
            grid.addWidget(self.fields[name], 1, place)
        grid.addWidget(self.fields["table"], 1, 0, 1, 2)
        for place in range(4):
            grid.setColumnStretch(place, 1)
        return grid

    def first_focus(self) -> QWidget:
        """Where the keyboard starts: what is wrong, else what has still to be chosen."""
        wanted = [*self._state.faults, *self._state.choice.lacking]
        name = next((one for one in wanted if one in self.fields), "kind")
        return self.fields[name].control

    def settle(self) -> None:
        """Takes over the path that was typed."""
        self._state.choose(path=self.path.text().strip())

    def _chosen(self, name: str, value: object) -> None:
        self._state.choose(**{name: str(value)})

    # ---- the state speaks ----
    def show_file(self) -> None:
        """Shows what was chosen, and the rows as they are understood by it."""
        state, words, choice = self._state, self._words, self._state.choice
        if self.path.text().strip() != choice.path:
            self.path.setText(choice.path)
        for name in ("kind", *OFFERED):
            self.combos[name].set_value(getattr(choice, name) or None)
        self._show_saved()
        sheets = state.looked.sheets if state.looked is not None else ()
        self.combos["table"].set_choices(
            [("", words.say("imports.wizard.first_sheet")), *((sheet, sheet) for sheet in sheets)]
        )
        self.combos["table"].set_value(choice.table)
        self.fields["table"].setVisible(choice.is_book)
        for name in OF_TEXT:
            self.fields[name].setVisible(not choice.is_book)
        for name, field in self.fields.items():
            fault = state.faults.get(name)
            field.set_error("" if fault is None else f"{words.cause(fault)} {words.action(fault)}".strip())
        self._show_rows()

    def _show_saved(self) -> None:
        words, state = self._words, self._state
        said = {name: words.say("imports.wizard.begun", name=name) for name in state.begun}
        names = [(name, said.get(name, name)) for name in state.saved]
        self.combos["saved"].set_choices([(_NEW, words.say("imports.wizard.new_mapping")), *names])
        self.combos["saved"].set_value(state.saved_name)
        begun = state.saved_name in state.begun
        self.fields["saved"].set_hint(words.say("imports.wizard.begun.hint") if begun else "")

    def _show_rows(self) -> None:
        state, words = self._state, self._words
        looked = state.looked
        seen = (looked, state.choice, tuple(state.columns.items()), state.doing)
        if seen == self._shown:
            return
        self._shown = seen
        old = self._place.currentWidget()
        if looked is None:
            self._count.setText("")
            new: QWidget = self._nothing()
        else:
            self._count.setText(words.say("imports.wizard.first_rows", n=len(looked.rows)) if looked.count else "")
            new = self._table()
        self._place.addWidget(new)
        self._place.setCurrentWidget(new)
        if old is not None:
            self._place.removeWidget(old)
            old.hide()
            old.deleteLater()

    def _nothing(self) -> QWidget:
        if self._state.doing == "look":
            return Skeleton([0, CELL_MOST, CELL_LEAST], name=self._words.say("imports.wizard.looking"))
        say = self._words.say
        return EmptyState("rows-3", say("imports.wizard.preview.none"), say("imports.wizard.preview.none_why"))

    def _table(self) -> Table:
        looked, state = self._state.looked, self._state
        assert looked is not None
        spelling = state.choice.spelling(state.seat.texts.zone)
        kind, known = state.kind, {column: name for name, column in state.columns.items()}
        figures = [
            kind is not None and name in known and kind.field(known[name]).read in ("number", "whole")
            for name in looked.heading
        ]
        rows = [
            (place, [self._cell(cell) for cell in cells], any(cell.reason for cell in cells))
            for place, cells in preview(looked, kind, state.columns, spelling)
        ]
        columns = [
            Column(f"c{at}", name, Kind.NUMBER if figure else Kind.TEXT, _wide([said[at:] for _, said, _ in rows]),
                   stretch=at == len(figures) - 1)
            for at, (name, figure) in enumerate(zip(looked.heading, figures, strict=True))
        ]  # fmt: skip
        number = Column("row", self._words.say("imports.wizard.row"), Kind.NUMBER, NUMBER_WIDE)
        table = Table([number, *columns], name=self._words.say("imports.wizard.preview"))
        table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        table.rows.set_rows(
            Row(place, (str(place), *said, *[""] * (len(columns) - len(said))), tint="bad" if wrong else "")
            for place, said, wrong in rows
        )
        return table

    def _cell(self, cell: Understood) -> str:
        if cell.reason:
            return f"{cell.value} · {self._words.cause(Phrase(cell.reason))}"
        if isinstance(cell.value, Decimal):
            return self._words.value(cell.value, "price")
        if isinstance(cell.value, dt.datetime):
            return self._words.value(cell.value, "instant")
        if isinstance(cell.value, dt.date):
            return self._words.texts.write(cell.value, "long_day")
        return str(cell.value)


def _wide(cells: list[list[str]]) -> int:
    """How wide a column is for the first of these, which are its values."""
    widest = max((width_of(said[0], BASE, REGULAR) for said in cells if said), default=0.0)
    return int(min(CELL_MOST, max(CELL_LEAST, widest + 2 * PAD + 2)))
