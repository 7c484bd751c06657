"""What a condition is typed into, by what its column holds: words, a range, days or a period, codes to tick."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from functools import partial

from PySide6.QtWidgets import QGridLayout, QWidget

from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.screen import Column
from retaguarda.kernel.screen.conditions import PERIODS, Condition, ConditionKind
from retaguarda.kernel.text import parse_number
from retaguarda.kernel.text.reading import decimal_key, parse_percent
from retaguarda.shell.controls import read_day
from retaguarda.shell.theme.tokens import SMALL
from retaguarda.shell.translate import Words
from retaguarda.shell.widgets.choices import CheckBox, Combo
from retaguarda.shell.widgets.dates import DateEdit
from retaguarda.shell.widgets.fields import LineEdit, NumberEdit
from retaguarda.shell.widgets.labels import Label
from retaguarda.shell.widgets.layout import boxed, row

_ROW, _ACROSS, _TICK = 44, 3, 28
_SCALES = {"whole": 0, "code": 0, "money": 2, "quantity": 4}


class ConditionField:
    """One column's: `box` is the whole of it, `first` where the keyboard comes in, `high` the room it takes."""

    box: QWidget
    first: QWidget
    high = _ROW
    _before: Condition | None = None
    _untouched: Condition | None = None

    def __init__(self, column: Column, kind: ConditionKind, title: str, words: Words) -> None:
        self.column, self.kind, self.title, self.words = column, kind, title, words

    def make(self, **asked: object) -> Condition | None:
        """The condition; None where it asks for nothing."""
        made = Condition(field=self.column.field, kind=self.kind, **asked)  # type: ignore[arg-type]
        return made if made.asks else None

    def begin(self, condition: Condition | None) -> None:
        """Shows what is asked already."""
        self.show(condition)
        self.settle()
        self._before, self._untouched = condition, self.condition()

    def asked(self) -> Condition | None:
        """What is asked; what nobody touched is asked as before, also what cannot be typed here."""
        now = self.condition()
        return self._before if now == self._untouched else now

    def show(self, condition: Condition | None) -> None:
        """Puts what is asked into the controls."""
        raise NotImplementedError

    def settle(self) -> bool:
        """Understands what was typed; says whether something of it could not be."""
        return False

    def condition(self) -> Condition | None:
        """What is asked, once it is settled."""
        raise NotImplementedError


class WordsField(ConditionField):
    """A part of a text."""

    def __init__(self, column: Column, kind: ConditionKind, title: str, words: Words) -> None:
        super().__init__(column, kind, title, words)
        self.box = self.first = self._line = LineEdit(
            placeholder=words.say("shell.condition.part"), name=title
        )  # fmt: skip

    def show(self, condition: Condition | None) -> None:
        self._line.setText(", ".join((condition.words, *condition.codes)).strip(", ") if condition else "")

    def condition(self) -> Condition | None:
        return self.make(words=self._line.text().strip())


class RangeField(ConditionField):
    """A number from one to another, both ends with it, either end open."""

    def __init__(self, column: Column, kind: ConditionKind, title: str, words: Words) -> None:
        super().__init__(column, kind, title, words)
        say, decimal = words.say, decimal_key(words.texts.language)
        self._ends = [
            NumberEdit(decimal=decimal, name=f"{title}, {say(f'shell.condition.{end}_end')}") for end in ("low", "high")
        ]
        self._read = ["", ""]
        low, high = self._ends
        self.first = low
        self.box = boxed(row((low, 1), Label(say("shell.condition.and"), SMALL, token="text2"), (high, 1), gap=8))

    def show(self, condition: Condition | None) -> None:
        self._read = [condition.low, condition.high] if condition else ["", ""]
        for end, value in zip(self._ends, self._read, strict=True):
            end.setText("" if not value else self._written(Decimal(value)))

    def _written(self, value: Decimal) -> str:
        show = self.column.show
        return self.words.value(value, show if show in ("rate", "money", "price") else "quantity")

    def settle(self) -> bool:
        bad = False
        for at, end in enumerate(self._ends):
            try:
                self._read[at] = self._parsed(end.text().strip())
                end.set_invalid(False)
            except ValueFault:
                end.set_invalid(True)
                bad = True
        return bad

    def _parsed(self, text: str) -> str:
        if not text:
            return ""
        language = self.words.texts.language
        if self.column.show == "rate":
            return format(parse_percent(text, language), "f")
        return format(parse_number(text, language, scale=_SCALES.get(self.column.show)), "f")

    def condition(self) -> Condition | None:
        return self.make(low=self._read[0], high=self._read[1])


class DaysField(ConditionField):
    """A period that moves along, or a first and a last day."""

    def __init__(
        self, column: Column, kind: ConditionKind, title: str, words: Words, today: Callable[[], dt.date]
    ) -> None:
        super().__init__(column, kind, title, words)
        say, language = words.say, words.texts.language
        self.first = self._period = Combo(
            [("", say("shell.period.any")), *((one, say(f"shell.period.{one}")) for one in PERIODS)],
            name=title, width=180,
        )  # fmt: skip
        self._ends = [
            DateEdit(
                today=today, write=lambda day: words.value(day, "day"),
                read=lambda text: read_day(text, today(), language),
                name=f"{title}, {say(f'shell.condition.{end}_end')}",
            )
            for end in ("low", "high")
        ]  # fmt: skip
        low, high = self._ends
        self._period.chosen.connect(lambda period: self._chosen(str(period)))
        for end in self._ends:
            end.date_changed.connect(lambda _day: self._period.set_value(""))
        self.box = boxed(row(
            self._period, (low, 1), Label(say("shell.condition.and"), SMALL, token="text2"), (high, 1), gap=8
        ))  # fmt: skip

    def _chosen(self, period: str) -> None:
        if period:
            for end in self._ends:
                end.set_date(None)

    def show(self, condition: Condition | None) -> None:
        self._period.set_value(condition.period if condition else "")
        for end, value in zip(self._ends, (condition.low, condition.high) if condition else ("", ""), strict=True):
            end.set_date(dt.date.fromisoformat(value) if value else None)

    def settle(self) -> bool:
        bad = False
        for end in self._ends:
            end.settle()
            wrong = end.date() is None and bool(end.text().strip())
            end.set_invalid(wrong)
            bad = bad or wrong
        return bad

    def condition(self) -> Condition | None:
        low, high = (day.isoformat() if (day := end.date()) else "" for end in self._ends)
        if low or high:
            return self.make(low=low, high=high)
        return self.make(period=str(self._period.value() or ""))


class CodesField(ConditionField):
    """Codes to tick; none ticked asks for nothing."""

    def __init__(self, column: Column, kind: ConditionKind, title: str, words: Words) -> None:
        super().__init__(column, kind, title, words)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(6)
        self._boxes: dict[str, CheckBox] = {}
        for at, code in enumerate(words.texts.codes(column.texts)):
            said = words.say(f"{column.texts}.{code}")
            box = self._boxes[code] = CheckBox(said)
            box.setAccessibleName(f"{title}: {said}")
            grid.addWidget(box, *divmod(at, _ACROSS))
        for at in range(_ACROSS):
            grid.setColumnStretch(at, 1)
        self.box, self.first = boxed(grid), next(iter(self._boxes.values()))
        self.high = _TICK * -(-len(self._boxes) // _ACROSS) + 12

    def show(self, condition: Condition | None) -> None:
        for code, box in self._boxes.items():
            box.setChecked(condition is not None and code in condition.codes)

    def condition(self) -> Condition | None:
        return self.make(codes=tuple(code for code, box in self._boxes.items() if box.isChecked()))


class FlagField(ConditionField):
    """Yes, no, or either."""

    def __init__(self, column: Column, kind: ConditionKind, title: str, words: Words) -> None:
        super().__init__(column, kind, title, words)
        codes = ("any", "yes", "no")
        self.box = self.first = self._combo = Combo(
            [("" if code == "any" else code, words.say(f"shell.condition.{code}")) for code in codes], name=title
        )

    def show(self, condition: Condition | None) -> None:
        self._combo.set_value(condition.codes[0] if condition else "")

    def condition(self) -> Condition | None:
        value = str(self._combo.value() or "")
        return self.make(codes=(value,) if value else ())


def make_field(
    column: Column, kind: ConditionKind, title: str, words: Words, today: Callable[[], dt.date]
) -> ConditionField:
    """The field of a column."""
    makes: dict[ConditionKind, Callable[..., ConditionField]] = {
        "text": WordsField, "number": RangeField, "choice": CodesField, "flag": FlagField,
        "day": partial(DaysField, today=today), "instant": partial(DaysField, today=today),
    }  # fmt: skip
    return makes[kind](column, kind, title, words)
