"""Fields as a person fills them: raw text in their language beside the value it stands for, or what is wrong."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from retaguarda.kernel.command import FieldSpec
from retaguarda.kernel.kinds import (
    Codes,
    Day,
    Flag,
    Instant,
    Kind,
    Money,
    Number,
    Picture,
    Price,
    Rate,
    Secret,
    Text,
    ValueFault,
    Whole,
)
from retaguarda.kernel.screen.parts import FieldView, Phrase
from retaguarda.kernel.text import (
    NumberDoubt,
    Texts,
    format_amount,
    format_date,
    format_instant,
    format_price,
    format_quantity,
    parse_date,
    parse_number,
    parse_percent,
    parse_time,
)

YES = "1"


def read(kind: Kind, raw: str, texts: Texts, today: dt.date, pasted: bool = False) -> Any:
    """The value a person typed for a field of that kind; raises ValueFault."""
    language = texts.language
    value: Any = raw
    if isinstance(kind, Rate):
        value = parse_percent(raw, language, pasted=pasted)
    elif isinstance(kind, Number):
        value = parse_number(raw, language, scale=kind.scale, pasted=pasted)
    elif isinstance(kind, Whole):
        value = int(parse_number(raw, language, scale=0, pasted=pasted))
    elif isinstance(kind, Day):
        value = parse_date(raw, today, language)
    elif isinstance(kind, Instant):
        value = _instant(raw, texts, today)
    elif isinstance(kind, Flag):
        value = raw == YES
    elif isinstance(kind, Codes):
        value = [code.strip() for code in raw.split(",") if code.strip()]
    return kind.clean(value)


def write(kind: Kind, value: Any, texts: Texts) -> str:
    """The value as a person would type it; `read` gives it back."""
    language = texts.language
    if value is None:
        return ""
    writers: tuple[tuple[type[Kind], Callable[[Any], str]], ...] = (
        (Rate, lambda v: format_quantity(Decimal(v) * 100, language)),
        (Money, lambda v: format_amount(Decimal(v), language)),
        (Price, lambda v: format_price(Decimal(v), language)),
        (Number, lambda v: format_quantity(Decimal(v), language)),
        (Day, lambda v: format_date(v if isinstance(v, dt.date) else dt.date.fromisoformat(v), language)),
        (Instant, lambda v: format_instant(v, language, texts.zone)),
        (Flag, lambda v: YES if v else ""),
        (Codes, ", ".join),
        (Picture, kind.dump),
    )
    for known, writer in writers:
        if isinstance(kind, known):
            return writer(value)
    return str(value)


def _instant(raw: str, texts: Texts, today: dt.date) -> dt.datetime:
    day, _, time = raw.strip().rpartition(" ")
    on = parse_date(day, today, texts.language) if day else today
    return dt.datetime.combine(on, parse_time(time), texts.zone)


@dataclass(slots=True)
class FieldState:
    """One field: `raw` as typed, `value` as understood (None while empty or wrong), `fault` what is wrong.

    `label` is the name of a chosen record (Ref fields: `raw` is what is typed, `value` the id). A fault is shown
    once the person has left the field (`left`) or tried to save. `candidates` are the readings of a doubtful number.
    """

    view: FieldView
    spec: FieldSpec
    raw: str = ""
    value: Any = None
    fault: Phrase | None = None
    left: bool = False
    candidates: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """The name of the command's field."""
        return self.spec.name

    @property
    def kind(self) -> Kind:
        """The field's kind."""
        kind = self.view.kind or self.spec.kind
        assert kind is not None
        return kind

    @property
    def shown_fault(self) -> Phrase | None:
        """The fault, once it is fair to show it."""
        return self.fault if self.left else None

    @property
    def empty(self) -> bool:
        """Whether nothing was entered."""
        return not self.raw.strip() and self.value is None


class FieldSet:
    """Some fields of one command or part, by name, in the order of their views."""

    def __init__(
        self,
        views: Iterable[FieldView],
        specs: Mapping[str, FieldSpec],
        texts: Texts,
        today: Callable[[], dt.date],
    ) -> None:
        self._texts, self._today = texts, today
        self._fields = {v.name: FieldState(v, specs[v.name]) for v in views if v.name in specs}

    def __getitem__(self, name: str) -> FieldState:
        return self._fields[name]

    def __contains__(self, name: str) -> bool:
        return name in self._fields

    def __iter__(self) -> Iterator[FieldState]:
        return iter(self._fields.values())

    def type_in(self, name: str, raw: str, pasted: bool = False) -> FieldState:
        """Takes what was typed; a Ref loses its choice when its text changes."""
        field = self._fields[name]
        if raw == field.raw and field.fault is None and not pasted:
            return field
        field.raw, field.fault, field.candidates = raw, None, ()
        if field.view.binds:
            field.value = None
            if raw.strip():
                field.fault = Phrase("shell.not_chosen")
            return field
        self._understand(field, pasted)
        return field

    def _understand(self, field: FieldState, pasted: bool) -> None:
        field.value = None
        if not field.raw.strip() and not isinstance(field.kind, Flag):
            return
        try:
            field.value = read(field.kind, field.raw, self._texts, self._today(), pasted)
        except NumberDoubt as doubt:
            field.fault = Phrase(doubt.code, doubt.params)
            field.candidates = tuple(
                write(field.kind, self._as_value(field.kind, c), self._texts) for c in doubt.candidates
            )
        except ValueFault as wrong:
            field.fault = Phrase(wrong.code, wrong.params)

    @staticmethod
    def _as_value(kind: Kind, candidate: Decimal) -> Decimal:
        return candidate / 100 if isinstance(kind, Rate) else candidate

    def choose(self, name: str, value: Any, label: str = "") -> FieldState:
        """Sets a value that was chosen or loaded, not typed; `label` is what a Ref shows."""
        field = self._fields[name]
        field.value, field.fault, field.candidates = value, None, ()
        field.raw = label if field.view.binds else write(field.kind, value, self._texts)
        return field

    def leave(self, name: str) -> FieldState:
        """The person left the field: its fault shows, its text is written out in full (`+3` becomes a day)."""
        field = self._fields[name]
        field.left = True
        if field.fault is None and field.value is not None and not field.view.binds:
            field.raw = write(field.kind, field.value, self._texts)
        return field

    def load(self, row: Any) -> None:
        """Fills every field from a row's attributes (or a mapping of JSON values)."""
        for field in self:
            value = _of(row, field.view.source or field.name)
            label = str(_of(row, field.view.shown_by) or "") if field.view.shown_by else ""
            self.choose(field.name, self._typed(field, value), label)

    def begin(self, given: Mapping[str, Any], labels: Mapping[str, str]) -> None:
        """Fills a new record: given values, the views' initial texts, the signature's defaults."""
        for field in self:
            if field.name in given:
                self.choose(field.name, self._typed(field, given[field.name]), labels.get(field.name, ""))
            elif field.view.initial:
                self.type_in(field.name, field.view.initial)
                self.leave(field.name)
                field.left = False
            elif field.spec.default not in (None, ()):
                # A code that is chosen from a list (a unit) is its own label.
                label = str(field.spec.default) if isinstance(field.kind, Text) else ""
                self.choose(field.name, field.spec.default, label)

    @staticmethod
    def _typed(field: FieldState, value: Any) -> Any:
        if value is None:
            return None
        try:
            return field.kind.clean(value)
        except ValueFault:
            return None

    def values(self) -> dict[str, Any]:
        """The understood values, None where empty or wrong."""
        return {field.name: field.value for field in self}

    def json(self, field: FieldState) -> Any:
        """A field's value as JSON."""
        return None if field.value is None else field.kind.dump(field.value)

    def payload(self) -> dict[str, Any]:
        """What the command is built from: fields with meaning that hold something, and emptied nullable ones."""
        values = self.values()
        out: dict[str, Any] = {}
        for field in self:
            if field.view.gated_by is not None and not field.view.gated_by(values):
                continue
            if field.value is not None:
                out[field.name] = field.value
            elif field.spec.nullable:
                out[field.name] = None
            elif field.spec.default == "" and not field.raw:
                out[field.name] = ""
        return out

    def faulty(self) -> list[FieldState]:
        """The fields that cannot be understood as they stand."""
        return [field for field in self if field.fault is not None]

    def baseline(self) -> dict[str, Any]:
        """What tells whether a person changed something: understood values, raw texts where there are none."""
        return {field.name: field.raw.strip() or None if field.value is None else field.value for field in self}

    def snapshot(self) -> dict[str, Any]:
        """JSON for a draft: raw text and value of every field but secrets."""
        return {
            field.name: [field.raw, self.json(field)]
            for field in self
            if not field.empty and not isinstance(field.kind, Secret)
        }

    def restore(self, kept: Mapping[str, Any]) -> None:
        """Fills the fields from a snapshot."""
        for name, (raw, value) in kept.items():
            if name not in self._fields:
                continue
            field = self._fields[name]
            if value is not None and (field.view.binds or not raw):
                # A record's text does not tell its id, nor an empty text an unticked box.
                self.choose(name, self._typed(field, value), raw)
            else:
                self.type_in(name, raw)


def _of(row: Any, name: str) -> Any:
    return row.get(name) if isinstance(row, Mapping) else getattr(row, name, None)
