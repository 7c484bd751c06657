"""A profile says how files become records: which tables, which column is which field of a command, how values are read.

It is data (`declared.py` reads it); nothing in the program knows a source by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from retaguarda.kernel.imports.source import Source, Spelling

ANY = "*"
"""In `codes`: whatever else stands there. An empty one says what a blank means."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a field comes from and how it is read: `column` of the table, or of the joined one named `place`.

    `as_` is one of `values.READ`, or given (`value` for every record), template (`columns` put into `value`), brought
    (what the profile `value` brought under the key that stands there), looked_up (the record that a row of the query
    `value` is, one of whose attributes `by`, in their order, has what stands there). `codes` names what a value of the
    file is called here; numbers are rounded to `digits`. `line` is where the profile says so.
    """

    column: str = ""
    place: str = ""
    as_: str = "text"
    codes: Mapping[str, str] | None = None
    value: Any = None
    by: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    digits: int | None = None
    line: int = 0

    def asks(self) -> tuple[str, ...]:
        """The columns that it reads."""
        return self.columns or ((self.column,) if self.column else ())


type Fields = Mapping[str, Reading | tuple[Mapping[str, Reading], ...]]
"""The fields of a command or a part of one; several readings make a list of parts out of the one row."""


@dataclass(frozen=True, slots=True)
class Join:
    """A table that is looked up: its column `by` has what the column `on` says."""

    source: Source
    on: str
    by: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a table that belong to a record: those whose column `by` is its key, in the order of `sort`."""

    source: Source
    by: str
    sort: str
    fields: Fields
    joins: Mapping[str, Join]
    line: int = 0


@dataclass(frozen=True, slots=True)
class Mark:
    """A step of the flow that the column says the time of."""

    step: str
    column: str
    line: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A column that a profile needs of a table, for which field, and the line of the profile that says so."""

    source: Source
    column: str
    field: str
    line: int


@dataclass(frozen=True, slots=True)
class Profile:
    """How the rows of one table become records of one command. Rows with one of the values in `leaves_out` are none
    (`*`: with any at all).

    A record is known again by its `key`, and by the columns `beside` it where it takes several to tell records apart.
    """

    name: str
    command: str
    spelling: Spelling
    source: Source
    key: str
    fields: Fields
    beside: tuple[str, ...] = ()
    joins: Mapping[str, Join] = field(default_factory=dict)
    parts: Mapping[str, Part] = field(default_factory=dict)
    steps: tuple[Mark, ...] = ()
    leaves_out: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    written: str = ""
    lines: Mapping[str, int] = field(default_factory=dict)

    def files(self) -> tuple[str, ...]:
        """Every file that is read, the main one first."""
        return tuple(dict.fromkeys((self.source.file, *(asked.source.file for asked in self.asks()))))

    def out_of(self, file: str) -> Profile:
        """The same, with another main file; what is joined stands where it stood."""
        alike = Path(file).suffix.lower() == Path(self.source.file).suffix.lower()
        return replace(self, source=Source(file, self.source.table if alike else ""))

    def asks(self) -> Iterator[Asked]:
        """Every column that has to be there."""
        for column in (self.key, *self.beside):
            yield Asked(self.source, column, "key", self.lines.get("key", 0))
        for column in self.leaves_out:
            yield Asked(self.source, column, "leaves_out", self.lines.get("leaves_out", 0))
        yield from _asked(self.source, self.fields, self.joins)
        for mark in self.steps:
            yield Asked(self.source, mark.column, f"steps.{mark.step}", mark.line)
        for name, part in self.parts.items():
            for column in (part.by, part.sort):
                yield Asked(part.source, column, name, part.line)
            for asked in _asked(part.source, part.fields, part.joins):
                yield Asked(asked.source, asked.column, f"{name}.{asked.field}", asked.line)

    def readings(self) -> Iterator[Reading]:
        """Every reading, those of its parts too."""
        for fields in (self.fields, *(part.fields for part in self.parts.values())):
            for _, reading in flat(fields):
                yield reading


def flat(fields: Fields) -> Iterator[tuple[str, Reading]]:
    """Each field with its reading; those of lists as `addresses.1.street`."""
    for name, said in fields.items():
        if isinstance(said, Reading):
            yield name, said
        else:
            for n, entry in enumerate(said, 1):
                yield from ((f"{name}.{n}.{inner}", reading) for inner, reading in entry.items())


def _asked(source: Source, fields: Fields, joins: Mapping[str, Join]) -> Iterator[Asked]:
    for name, join in joins.items():
        yield Asked(source, join.on, name, join.line)
        yield Asked(join.source, join.by, name, join.line)
    for name, reading in flat(fields):
        where = joins[reading.place].source if reading.place else source
        yield from (Asked(where, column, name, reading.line) for column in reading.asks())
