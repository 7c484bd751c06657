"""The rows of a `tuple[Part, …]` field in a form: add, remove, type, always one empty row to go on with."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from retaguarda.kernel.command import FieldSpec, Part, fields_of
from retaguarda.kernel.screen.fields import FieldSet
from retaguarda.kernel.screen.parts import FieldView, Phrase
from retaguarda.kernel.text import Texts


class Lines[Row: FieldSet]:
    """The rows of one field, each a FieldSet; the last one is the empty row, which counts for nothing.

    `made` is the class of the rows.
    """

    def __init__(
        self,
        part: type[Part],
        views: Sequence[FieldView],
        texts: Texts,
        today: Callable[[], dt.date],
        made: Callable[..., Row],
    ) -> None:
        self._specs: Mapping[str, FieldSpec] = {spec.name: spec for spec in fields_of(part)}
        self._views, self._texts, self._today, self._made = tuple(views), texts, today, made
        self._rows: list[Row] = []
        self._ahead: tuple[Row, str, str] | None = None
        self.fault: Phrase | None = None
        self.open_row()

    def __len__(self) -> int:
        return len(self._rows)

    def __getitem__(self, index: int) -> Row:
        return self._rows[index]

    def __iter__(self) -> Iterator[Row]:
        return iter(self._rows)

    @property
    def filled(self) -> list[Row]:
        """The rows that hold something."""
        return [row for row in self._rows if not is_blank(row)]

    def differ(self, before: Sequence[Mapping[str, Any]]) -> bool:
        """Whether the rows are others than `baseline` told; a long order is not gone through to its end for a yes."""
        told = iter(before)
        for now in self._as_told():
            if now != next(told, None):
                return True
        return next(told, None) is not None

    def open_row(self) -> int:
        """Makes sure that the last row is empty; returns its index."""
        if not self._rows or not is_blank(self._rows[-1]):
            row = self._new()
            row.begin({}, {})
            self._rows.append(row)
        return len(self._rows) - 1

    def _new(self) -> Row:
        return self._made(self._views, self._specs, self._texts, self._today)

    def type_in(self, index: int, name: str, raw: str, pasted: bool = False) -> None:
        """Takes what was typed into a cell; typing in the last row opens the next."""
        self._rows[index].type_in(name, raw, pasted)
        self.open_row()

    def type_ahead(self, index: int, name: str, raw: str) -> None:
        """What is being typed in a cell that is still open: a draft keeps it, the row has it once the cell closes."""
        self._ahead = self._rows[index], name, raw

    def end_ahead(self) -> None:
        """The open cell was closed."""
        self._ahead = None

    def choose(self, index: int, name: str, value: Any, label: str = "") -> None:
        """Sets a chosen value in a cell."""
        self._rows[index].choose(name, value, label)
        self.open_row()

    def remove(self, index: int) -> None:
        """Takes a row out; the empty one stays."""
        if index < len(self._rows) - 1 or not is_blank(self._rows[index]):
            del self._rows[index]
        self.open_row()

    def load(self, rows: Sequence[Any]) -> None:
        """Fills the rows from what was read."""
        self._rows.clear()
        for source in rows:
            row = self._new()
            row.load(source)
            self._rows.append(row)
        self.open_row()

    def payload(self) -> list[dict[str, Any]]:
        """The filled rows as the command takes them."""
        return [row.payload() for row in self.filled]

    def baseline(self) -> list[dict[str, Any]]:
        """What tells whether something changed."""
        return list(self._as_told())

    def _as_told(self) -> Iterator[dict[str, Any]]:
        for row in self._rows:
            if not is_blank(row):
                yield row.baseline()
        if self._ahead is not None and self._ahead[0] in self._rows:
            yield {self._ahead[1]: self._ahead[2]}

    def snapshot(self) -> list[dict[str, Any]]:
        """JSON for a draft."""
        typed, name, raw = self._ahead or (None, "", "")
        return [
            row.snapshot() | ({name: [raw, None]} if row is typed else {})
            for row in self._rows
            if row is typed or not is_blank(row)
        ]

    def restore(self, kept: Sequence[Mapping[str, Any]]) -> None:
        """Fills the rows from a snapshot."""
        self._rows.clear()
        for one in kept:
            row = self._new()
            row.restore(one)
            self._rows.append(row)
        self.open_row()


def is_blank(row: FieldSet) -> bool:
    """Whether a row holds nothing but what it began with; a text that is not understood is something."""
    # Asked of every row of a long order after each key: the first field that holds something ends it.
    for field in row:
        blank = field.empty or (field.value == field.spec.default and field.fault is None)
        if not (blank or (field.view.initial and not field.left)):
            return False
    return True
