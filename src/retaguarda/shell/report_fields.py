"""The parameters of a report as fields above it; each asks anew when it is left or chosen."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtWidgets import QHBoxLayout, QWidget

from retaguarda.kernel.screen import Parameter
from retaguarda.kernel.screen.inquiry import SINCE, UNTIL
from retaguarda.kernel.screen.report import ReportState
from retaguarda.kernel.spans import SPANS
from retaguarda.shell.controls import read_day
from retaguarda.shell.theme.tokens import SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.choices import Combo
from retaguarda.shell.widgets.dates import DateEdit
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import boxed, column, row


class ReportFields:
    """`line` is the layout they stand in; those that the present cut does not ask for are not there."""

    def __init__(self, state: ReportState, words: Words) -> None:
        self._state, self._words = state, words
        self._fields: dict[str, DateEdit | Combo] = {}
        self._boxes: dict[str, QWidget] = {}
        self.span = self._make_span()
        for one in state.screen.parameters:
            self._boxes[one.key] = self._make(one)
        self.line: QHBoxLayout = row(self._span_box, *self._boxes.values(), None, gap=12)
        self.show_cut()

    def __getitem__(self, key: str) -> DateEdit | Combo:
        return self._fields[key]

    @property
    def first(self) -> QWidget | None:
        """Where the keyboard comes in."""
        return next(iter(self._fields.values()), None)

    def _make_span(self) -> Combo:
        """The spans of days that are told from today; the days stand beside it."""
        say = self._words.say
        name = say("shell.span")
        combo = Combo([("", say("shell.span.days")), *((one, say(f"shell.span.{one}")) for one in SPANS)], name=name)
        combo.setFixedWidth(170)
        combo.set_value(self._state.span)
        combo.chosen.connect(self._state.choose_span)
        label = Label(name, SMALL, token="text2")
        label.setBuddy(combo)
        self._span_box = boxed(column(label, combo, gap=4))
        return combo

    def show_values(self) -> None:
        """Takes over what is asked with, where it was not typed here."""
        self.span.set_value(self._state.span)
        for one in self._state.screen.parameters:
            field, value = self._fields[one.key], self._state.values[one.key]
            if isinstance(field, Combo):
                field.set_value(value)
            elif field.date() != value:
                field.set_date(value)

    def _make(self, one: Parameter) -> QWidget:
        name = self._words.say(f"{self._state.screen.name}.{one.key}")
        field = self._make_day(one, name) if one.kind == "day" else self._make_choice(one, name)
        self._fields[one.key] = field
        label = Label(name, SMALL, token="text2")
        label.setBuddy(field)
        return boxed(column(label, field, gap=4))

    def _make_day(self, one: Parameter, name: str) -> DateEdit:
        seat, language = self._state.seat, self._words.texts.language
        field = DateEdit(
            today=seat.today,
            write=lambda day: self._words.value(day, "day"),
            read=lambda text: read_day(text, seat.today(), language),
            name=name,
        )
        field.setFixedWidth(128)
        field.set_date(self._state.values[one.key])
        field.editingFinished.connect(partial(self._left, one.key))
        field.date_changed.connect(lambda _day: self._left(one.key))
        return field

    def _left(self, key: str) -> None:
        field = self._fields[key]
        assert isinstance(field, DateEdit)
        field.settle()
        if field.date() is not None or not field.text():
            self._state.set(key, field.date())

    def _make_choice(self, one: Parameter, name: str) -> Combo:
        combo = Combo(self._options(one), name=name, width=190 if one.kind == "record" else 140)
        combo.set_value(self._state.values[one.key])
        combo.chosen.connect(partial(self._state.set, one.key))
        return combo

    def _options(self, one: Parameter) -> list[tuple[Any, str]]:
        if one.kind == "record":
            everything = self._words.say(f"{self._state.screen.name}.{one.key}.any")
            return [(None, everything), *self._state.offers.get(one.key, ())]
        return [(option, self._words.say(f"{one.texts}.{option}")) for option in one.options]

    def show_offers(self) -> None:
        """Takes over the records to choose from, which come later than the screen."""
        for one in self._state.screen.parameters:
            field = self._fields[one.key]
            if one.kind == "record" and isinstance(field, Combo):
                field.set_choices(self._options(one))
                field.set_value(self._state.values[one.key])

    def show_cut(self) -> None:
        """Shows what the present cut is asked with."""
        asked = {one.key for one in self._state.parameters}
        for key, box in self._boxes.items():
            box.setVisible(key in asked)
        self._span_box.setVisible({SINCE, UNTIL} <= asked)

    def settle(self) -> None:
        """Takes over what is still being typed."""
        for key, field in self._fields.items():
            if isinstance(field, DateEdit) and field.hasFocus():
                self._left(key)
