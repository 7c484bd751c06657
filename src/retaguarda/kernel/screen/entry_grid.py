"""The lines of an entry: what is typed, what the scan row told about the item, what the store answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from retaguarda.kernel.command import FieldSpec, fields_of
from retaguarda.kernel.screen.drafting import DraftSet
from retaguarda.kernel.screen.fields import FieldSet, FieldState
from retaguarda.kernel.screen.lines import Lines
from retaguarda.kernel.screen.parts import FieldView
from retaguarda.kernel.screen.screens import EntryLines, EntryScreen, LineValues
from retaguarda.kernel.screen.state import Seat


class EntryRow(FieldSet):
    """One line: the fields of the part and `info`, what was told about its item when it was chosen."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.info: dict[str, Any] = {}
        self._seen: LineValues | None = None

    def type_in(self, name: str, raw: str, pasted: bool = False) -> FieldState:
        self._seen = None
        return super().type_in(name, raw, pasted)

    def choose(self, name: str, value: Any, label: str = "") -> FieldState:
        self._seen = None
        return super().choose(name, value, label)

    def inform(self, info: Mapping[str, Any]) -> None:
        """Takes what was told about the item."""
        self.info, self._seen = dict(info), None

    def seen(self, number: int, answer: Any, lines: EntryLines) -> LineValues:
        """The line as the pure functions see it, made anew only when something changed."""
        seen = self._seen
        if seen is None or seen.number != number or seen.answer is not answer:
            seen = LineValues(number, self.values(), self.info, answer)
            if lines.derive is not None:
                seen = LineValues(number, seen.values, seen.info, answer, lines.derive(seen))
            self._seen = seen
        return seen

    def snapshot(self) -> dict[str, Any]:
        return super().snapshot() | {"*": {name: pack(value) for name, value in self.info.items()}}

    def restore(self, kept: Mapping[str, Any]) -> None:
        super().restore({name: value for name, value in kept.items() if name != "*"})
        self.inform({name: unpack(value) for name, value in kept.get("*", {}).items()})


class EntryGrid(Lines[EntryRow]):
    """The rows of an entry's lines. The item's name stands as the text of its field."""

    def __init__(self, screen: EntryScreen, spec: FieldSpec, seat: Seat) -> None:
        assert spec.part is not None
        self.view = screen.lines
        search = screen.scan.search or screen.scan.query
        names = {column.field for column in self.view.columns if column.editable} | set(self.view.fills)
        views = [FieldView(name=self.view.item, suggestions=search, shown_by="name")]
        views += [FieldView(name=s.name) for s in fields_of(spec.part) if s.name in names and s.name != self.view.item]
        super().__init__(spec.part, views, seat.texts, seat.today, EntryRow)
        self._told = set(self.view.keeps) | set(self.view.fills.values())
        for column in self.view.columns:
            self._told |= {column.field, column.sub} - {"", *names}

    def tell(self, row: Any) -> dict[str, Any]:
        """What a scan row or a loaded line says about the item, by the names columns show."""
        known = row if isinstance(row, Mapping) else {n: getattr(row, n) for n in self._told if hasattr(row, n)}
        return {name: known[name] for name in sorted(self._told) if name in known}

    def set_item(self, index: int, item: Any) -> None:
        """Puts an item into a line: its id and name, the fields it fills, a quantity of one where there is none."""
        line = self[index]
        line.choose(self.view.item, item.id, str(getattr(item, "name", "")))
        for field, source in self.view.fills.items():
            if hasattr(item, source):
                line.choose(field, getattr(item, source))
        if line[self.view.quantity].value is None:
            line.choose(self.view.quantity, Decimal(1))
        line.inform(self.tell(item))
        self.open_row()

    def line_of(self, item_id: str) -> int | None:
        """The line that holds the item, the last one when there are several."""
        for index in range(len(self) - 1, -1, -1):
            if self[index][self.view.item].value == item_id:
                return index
        return None

    def repeat_above(self, index: int) -> None:
        """Copies the line above into this one."""
        if index > 0:
            self[index].restore(self[index - 1].snapshot())
            self.open_row()

    def load(self, rows: Sequence[Any]) -> None:
        super().load(rows)
        for line, source in zip(self, rows, strict=False):
            line.inform(self.tell(source))


class EntryDraft(DraftSet):
    """An entry's header fields and its line grid."""

    def __init__(self, screen: EntryScreen, command: type[Any], seat: Seat) -> None:
        super().__init__(screen, command, seat)
        spec = next(s for s in fields_of(command) if s.name == screen.lines.name)
        self.grid = EntryGrid(screen, spec, seat)
        self.lines[screen.lines.name] = self.grid
        self.sources[screen.lines.name] = screen.lines.source

    @property
    def partner(self) -> str:
        """The field drawn as the partner's card; empty where the present command does not ask who it is."""
        partner = self.screen.partner if isinstance(self.screen, EntryScreen) else ""
        return partner if partner in self.fields else ""


def pack(value: Any) -> Any:
    """A told value as JSON; `unpack` gives it back."""
    if isinstance(value, Decimal):
        return {"decimal": str(value)}
    if isinstance(value, dt.datetime):
        return {"instant": value.isoformat()}
    if isinstance(value, dt.date):
        return {"day": value.isoformat()}
    return value if isinstance(value, str | int | bool | None) else str(value)


def unpack(value: Any) -> Any:
    """What `pack` was given."""
    if isinstance(value, dict):
        ((kind, text),) = value.items()
        return _UNPACKERS[kind](text)
    return value


_UNPACKERS: Mapping[str, Callable[[str], Any]] = {
    "decimal": Decimal,
    "instant": dt.datetime.fromisoformat,
    "day": dt.date.fromisoformat,
}
