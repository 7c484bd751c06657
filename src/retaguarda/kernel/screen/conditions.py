"""What a person asks of the columns of a list: one condition for each, by what the column holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from decimal import Decimal, InvalidOperation
from typing import Any, Literal, get_args

from retaguarda.kernel.screen.parts import Column
from retaguarda.kernel.text import Texts
from retaguarda.kernel.text.saying import said

ConditionKind = Literal["text", "number", "day", "instant", "choice", "flag"]
KINDS: tuple[str, ...] = get_args(ConditionKind)
Days = tuple[dt.date | None, dt.date | None]
MOST_CHOICES = 30
"""How many codes are offered to be ticked; a column of more is looked in by the search alone."""
_TEXTS = ("text", "words", "name", "code")
_DAY = dt.timedelta(days=1)


def _month(day: dt.date) -> Days:
    first = day.replace(day=1)
    return first, (first + 31 * _DAY).replace(day=1) - _DAY


def _week(day: dt.date) -> Days:
    first = day - day.weekday() * _DAY
    return first, first + 6 * _DAY


PERIODS: Mapping[str, Callable[[dt.date], Days]] = {
    "today": lambda day: (day, day),
    "yesterday": lambda day: (day - _DAY, day - _DAY),
    "this_week": _week,
    "last_week": lambda day: _week(day - 7 * _DAY),
    "this_month": _month,
    "last_month": lambda day: _month(day.replace(day=1) - _DAY),
    "last_30": lambda day: (day - 29 * _DAY, day),
    "this_year": lambda day: (day.replace(month=1, day=1), day.replace(month=12, day=31)),
    "next_7": lambda day: (day, day + 6 * _DAY),
    "next_30": lambda day: (day, day + 29 * _DAY),
    "past": lambda day: (None, day - _DAY),
}
"""Periods that move along with the day, with both their ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """What is asked of one column. `low` and `high` are a number or a day as JSON has them (empty: open), `period`
    takes their place with one of `PERIODS`; `codes` are those asked for, of a flag `yes` or `no`, of a text whole
    ones; `empty` asks for no value at all.
    """

    field: str
    kind: ConditionKind
    words: str = ""
    low: str = ""
    high: str = ""
    period: str = ""
    codes: tuple[str, ...] = ()
    empty: bool = False

    @classmethod
    def of(cls, kept: Any) -> Condition | None:
        """The condition out of what was kept; None where it cannot be understood."""
        try:
            made = cls(**{**kept, "codes": tuple(kept.get("codes", ()))})
            texts = (made.field, made.words, made.low, made.high, made.period, *made.codes)
            if made.kind not in KINDS or type(made.empty) is not bool or not all(isinstance(one, str) for one in texts):
                return None
            made.where(dt.date(2000, 1, 1), dt.UTC)
            _ = [Decimal(one) for one in (made.low, made.high) if one and made.kind == "number"]
        except (AttributeError, TypeError, ValueError, KeyError, InvalidOperation):
            return None
        return made

    def kept(self) -> dict[str, Any]:
        """What is kept of it, as JSON values."""
        return {name: list(value) if name == "codes" else value for name, value in asdict(self).items() if value}

    @property
    def asks(self) -> bool:
        """Whether it asks for anything."""
        return self.empty or bool(self.words.strip() or self.low or self.high or self.period or self.codes)

    def where(self, today: dt.date, zone: dt.tzinfo) -> dict[str, Any]:
        """What the query is asked. The keys are no other's: what the tab or whoever opened the list asks of the same
        column is asked as well."""
        if self.empty:
            return {f"{self.field}  =": None}
        if self.kind == "text" and not self.codes:
            return {f"{self.field}  ~": self.words.strip()}
        if self.kind in ("text", "choice"):
            return {f"{self.field}  =": self.codes}
        if self.kind == "flag":
            return {f"{self.field}  =": self.codes == ("yes",)}
        if self.kind == "number":
            bounds: dict[str, Any] = {">=": self.low or None, "<=": self.high or None}
        else:
            first, last = self._days(today)
            bounds = {">=": first, "<=": last}
            if self.kind == "instant":
                bounds = {">=": _midnight(first, zone), "<": _midnight(last and last + _DAY, zone)}
        return {f"{self.field}  {sign}": bound for sign, bound in bounds.items() if bound is not None}

    def _days(self, today: dt.date) -> Days:
        if self.period:
            return PERIODS[self.period](today)
        first, last = (dt.date.fromisoformat(one) if one else None for one in (self.low, self.high))
        return first, last

    def said(self, column: Column, title: str, texts: Texts) -> str:
        """The condition in words."""
        return texts.say("shell.condition", column=title, asked=self._asked(column, texts))

    def _asked(self, column: Column, texts: Texts) -> str:
        if self.empty:
            return texts.say("shell.condition.empty")
        if self.kind == "text" and self.codes:
            return ", ".join(self.codes)
        if self.kind == "text":
            return texts.say("shell.condition.contains", words=self.words.strip())
        if self.kind == "choice":
            return ", ".join(texts.say(f"{column.texts}.{code}") for code in self.codes)
        if self.kind == "flag":
            return texts.say(f"shell.condition.{self.codes[0]}")
        if self.period:
            return texts.say(f"shell.period.{self.period}")
        show = "day" if self.kind == "instant" else column.show
        low, high = (said(texts, one, show if show != "code" else "text") for one in (self.low, self.high))
        which = "between" if self.low and self.high else "from" if self.low else "to"
        return texts.say(f"shell.condition.{which}", low=low, high=high)


def _midnight(day: dt.date | None, zone: dt.tzinfo) -> dt.datetime | None:
    return None if day is None else dt.datetime.combine(day, dt.time(), zone).astimezone(dt.UTC)


def kind_of(column: Column, holds: str | None, texts: Texts) -> ConditionKind | None:
    """What can be asked of a column whose query holds such values; None where nothing can."""
    if holds == "text" and column.texts:
        return "choice" if 0 < len(texts.codes(column.texts)) <= MOST_CHOICES else None
    if holds == "text":
        return "text" if column.show in _TEXTS else None
    kinds: dict[str, ConditionKind] = {"number": "number", "day": "day", "instant": "instant", "flag": "flag"}
    return kinds.get(holds or "")
