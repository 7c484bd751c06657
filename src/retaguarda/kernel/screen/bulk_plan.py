"""What is asked of a field that is changed for many rows, and what that makes of each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Literal

from retaguarda.kernel.bulk import STEPS, Bulk, by_percent
from retaguarda.kernel.command import FieldSpec, fields_of
from retaguarda.kernel.kinds import ValueFault
from retaguarda.kernel.outcome import Outcome
from retaguarda.kernel.screen.fields import read
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.state import Seat
from retaguarda.kernel.text import parse_number

LEAST_PERCENT, MOST_PERCENT = Decimal(-99), Decimal(1000)
Fate = Literal["will", "same", "refused", "done", "undone", "stays"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewValue:
    """What a person asks for: the text that they typed (or the code they chose), or so many per cent more or less,
    rounded to `step`."""

    raw: str = ""
    percent: bool = False
    step: Decimal = STEPS[0]


@dataclass(slots=True, kw_only=True)
class Item:
    """One row: what stands `now` and `then`, what becomes of it, and why not."""

    row: Any
    now: Any = None
    then: Any = None
    fate: Fate = "will"
    why: Phrase | None = None
    payload: dict[str, Any] = field(default_factory=dict)
    command_id: str = ""
    outcome: Outcome | None = None


class Plan:
    """What was asked of one field, understood; ValueFault says what is wrong with it."""

    def __init__(self, seat: Seat, bulk: Bulk, asked: NewValue) -> None:
        self._seat, self.bulk = seat, bulk
        self.spec = spec_of(seat, bulk)
        self._becomes = self._understood(asked)

    @property
    def _needs_value(self) -> bool:
        return self.spec is not None and not self.spec.nullable

    def _understood(self, asked: NewValue) -> Callable[[Any], Any]:
        texts, spec = self._seat.texts, self.spec
        if spec is None:
            return lambda _now: None
        if asked.percent:
            much = parse_number(asked.raw, texts.language, scale=2)
            if not LEAST_PERCENT <= much <= MOST_PERCENT:
                raise ValueFault("shell.bulk.percent_range", least=LEAST_PERCENT, most=MOST_PERCENT)
            return lambda now: None if now is None else by_percent(now, much, asked.step)
        if not asked.raw.strip():
            if spec.nullable:
                return lambda _now: None
            raise ValueFault("kernel.required")
        assert spec.kind is not None
        meant = read(spec.kind, asked.raw, texts, self._seat.today())
        return lambda _now: meant

    def item(self, row: Any) -> Item:
        """What becomes of a row, before it is tried."""
        bulk = self.bulk
        payload = {name: getattr(row, source) for name, source in bulk.given.items()} | {"version": row.version}
        if self.spec is None:
            return Item(row=row, payload=payload)
        now = getattr(row, bulk.shows or bulk.field)
        then = self._becomes(now)
        made = Item(row=row, now=now, then=then, payload=payload | {bulk.field: then})
        if then is None and self._needs_value:
            made.fate, made.why = "refused", Phrase("shell.bulk.nothing_to_change")
        elif then == now:
            made.fate = "same"
        elif bulk.by_percent and then == 0 and now:
            made.fate, made.why = "refused", Phrase("shell.bulk.rounds_to_nothing")
        return made

    def way_back(self, item: Item) -> Mapping[str, Any] | None:
        """What the command that takes it back is sent, guarded by the version that was left; None where nothing can
        bring back what was there before."""
        assert item.outcome is not None
        if self.spec is None:
            back = self._seat.book.way_back(self.bulk.command, item.payload, item.outcome)
            return None if back is None else back[1]
        if item.now is None and self._needs_value:
            return None
        return {**item.payload, self.bulk.field: item.now, "version": item.outcome.value["version"]}

    @property
    def inverse(self) -> str:
        """The command that takes it back."""
        return self.bulk.command if self.spec is not None else self._seat.book.undos[self.bulk.command]


def spec_of(seat: Seat, bulk: Bulk) -> FieldSpec | None:
    """The field that is changed; None where there is nothing to say."""
    return next((one for one in fields_of(seat.book.commands[bulk.command]) if one.name == bulk.field), None)
