"""The second step: each field with the column that it comes from, and how that column's values look."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from retaguarda.kernel.incoming import ImportField, ImportKind
from retaguarda.kernel.screen.import_choices import samples
from retaguarda.kernel.screen.importing import ImportState
from retaguarda.shell.theme.tokens import BASE, MEDIUM, SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.cards import Card, Panel, Rule
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.fields import Field, LineEdit
from retaguarda.shell.widgets.labels import IconMark, Label, small
from retaguarda.shell.widgets.layout import boxed, column, empty, row
from retaguarda.shell.widgets.scrolling import scrolling

NAME_WIDE, COMBO_WIDE = 200, 260
NONE = ""


class ColumnLine(QWidget):
    """A field: its name with a star where every record needs it, the choice of a column, a few of its values."""

    def __init__(self, one: ImportField, kind: ImportKind, state: ImportState, words: Words) -> None:
        super().__init__()
        self._state, self._words, self._name = state, words, one.name
        name = words.say(kind.label(one.name))
        heading = state.looked.heading if state.looked is not None else ()
        choices = [(NONE, words.say("imports.wizard.no_column")), *((c, c) for c in dict.fromkeys(heading) if c)]
        self.combo = Combo(choices, name=name, width=COMBO_WIDE)
        self.combo.chosen.connect(lambda value: state.set_column(one.name, str(value)))
        self._samples = small("", "text2", elide=True)
        self._fault, self._mark = Label("", SMALL, token="bad", wrap=True), IconMark("circle-alert", "bad", 13)
        star = Label("*" if one.required else "", BASE, MEDIUM, "bad")
        label = boxed(row(Label(name, BASE, MEDIUM), star, None, gap=3), width=NAME_WIDE)
        fault = row(NAME_WIDE + 11, (self._mark, 0, Qt.AlignmentFlag.AlignTop), (self._fault, 1), gap=5)
        self.setLayout(column(row(label, self.combo, (self._samples, 1), gap=16), fault, gap=2, margins=(16, 5, 16, 5)))
        self.show_column()

    def show_column(self) -> None:
        """Shows the column that was chosen, its values, and what is wrong."""
        state, chosen = self._state, self._state.columns.get(self._name, NONE)
        self.combo.set_value(chosen)
        values = samples(state.looked, chosen) if state.looked is not None else []
        self._samples.setText("  ·  ".join(values))
        fault = state.faults.get(self._name)
        said = "" if fault is None else f"{self._words.cause(fault)} {self._words.action(fault)}"
        self._fault.setText(said)
        self._fault.setVisible(bool(said))
        self._mark.setVisible(bool(said))
        self.combo.set_invalid(bool(said))
        self.combo.setAccessibleDescription(said or ", ".join(values))


class ColumnsPage(QWidget):
    """The page of the step `columns`."""

    def __init__(self, state: ImportState, words: Words) -> None:
        super().__init__()
        self._state, self._words = state, words
        self.lines: dict[str, ColumnLine] = {}
        self._made_for: object = None
        self._inner = QVBoxLayout()
        self._inner.setSpacing(0)
        self._inner.setContentsMargins(0, 4, 0, 4)
        area = scrolling(boxed(self._inner), "surface")
        heads = row(
            16, boxed(row(small(words.say("imports.wizard.field")), None), width=NAME_WIDE),
            boxed(row(small(words.say("imports.wizard.column")), None), width=COMBO_WIDE),
            small(words.say("imports.wizard.samples")), None, gap=16, margins=(0, 8, 16, 8),
        )  # fmt: skip
        self._key, self._left = small("", "text2"), small("", "text2", elide=True)
        self._left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        body = column(heads, Rule(), (area, 1), gap=0)
        panel = Panel(body, foot=(self._key, (self._left, 1)), foot_high=40)
        self.name = LineEdit()
        self.name.editingFinished.connect(self.settle)
        self.name_field = Field(
            words.say("imports.wizard.name"), self.name, hint=words.say("imports.wizard.name.hint"), required=True
        )
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(12)
        outer.addWidget(panel, 1)
        outer.addWidget(Card(column(self.name_field, gap=0)))

    def first_focus(self) -> QWidget:
        """Where the keyboard starts: the first field that is wrong, else the first one."""
        wrong = [name for name in self._state.faults if name in self.lines]
        if not wrong and "mapping" in self._state.faults:
            return self.name
        name = next(iter(wrong or self.lines), None)
        return self.name if name is None else self.lines[name].combo

    def settle(self) -> None:
        """Takes over the name that was typed, as it can be kept."""
        self._state.set_name(self.name.text())
        self.show_columns()

    def show_columns(self) -> None:
        """Shows the mapping."""
        state, words, kind = self._state, self._words, self._state.kind
        if kind is None or state.looked is None:
            return
        if self._made_for != (kind, state.looked):
            self._made_for = kind, state.looked
            empty(self._inner)
            self.lines = {one.name: ColumnLine(one, kind, state, words) for one in kind.fields}
            for line in self.lines.values():
                self._inner.addWidget(line)
            self._inner.addStretch(1)
        for line in self.lines.values():
            line.show_column()
        key = next((name for name in kind.key if name in state.columns), kind.key[0])
        told = [key, *(name for name in kind.beside if name in state.columns)]
        said_key = " + ".join(words.say(kind.label(name)) for name in told)
        self._key.setText(words.say("imports.wizard.key", field=said_key))
        left = state.left_over
        said = partial(words.say, "imports.wizard.left_over", columns=", ".join(left))
        self._left.setText(said() if left else words.say("imports.wizard.all_placed"))
        if self.name.text() != state.name:
            self.name.setText(state.name)
        fault = state.faults.get("mapping")
        self.name_field.set_error("" if fault is None else f"{words.cause(fault)} {words.action(fault)}")
