"""Files become records, one after the other, in the order of the main table; nothing is held but the record at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import InvalidOperation
from pathlib import Path
from string import Formatter
from typing import Any

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.cells import Cell, Flaw
from retaguarda.kernel.imports.profile import ANY, Fields, Join, Part, Profile, Reading, flat
from retaguarda.kernel.imports.record import Finding, Record
from retaguarda.kernel.imports.source import Source
from retaguarda.kernel.imports.staging import Staging, heading, staging
from retaguarda.kernel.imports.tables import read_rows
from retaguarda.kernel.imports.values import READ, words

ABSENT = Flaw("column_absent", "")
"""What a row has that ends before the column."""

type Row = Mapping[str, Cell]
type Brought = Callable[[str, str], str | None]
"""The id of what a profile brought under a key of the source."""
type Find = Callable[[str, str, str], Sequence[str]]
"""The ids of the rows of a query whose attribute has a value; two are enough to say that it names nobody."""


def records(
    profile: Profile,
    folder: Path,
    count: Callable[[int], None] = lambda rows: None,
    brought: Brought = lambda name, key: None,
    find: Find = lambda query, by, value: (),
) -> Iterator[Record]:
    """The records of the files in `folder`; refuses the whole when a file or a column that is needed is not there.

    `count` is told of the rows that were read. Where rows of the table itself are the parts of a record, the first of
    them makes it.
    """
    demand_readable(profile, folder)
    with staging() as staged:
        for source, columns in _found_by(profile).items():
            staged.lay_out(folder, source, profile.spelling, tuple(columns))
        count(staged.rows)
        rows = read_rows(folder, profile.source, profile.spelling)
        head = heading(rows)
        for number, values in rows:
            count(1)
            said = dict(zip(head, values, strict=False))
            reader = _Reader(profile, staged, number, brought, find)
            if not reader.leaves_out(said) and reader.begins(said):
                yield reader.record(said)


def demand_readable(profile: Profile, folder: Path) -> None:
    """Refuses a folder without the files, and files that lack a column of the profile: what nobody finds would come in
    as nothing, row by row."""
    missing = [file for file in profile.files() if not (folder / file).is_file()]
    if missing:
        raise Invalid(Fault("path", "imports.files_missing", {"folder": folder.name, "files": ", ".join(missing)}))
    heads: dict[Source, list[str]] = {}
    faults: dict[tuple[Source, str], Fault] = {}
    for asked in profile.asks():
        if asked.source not in heads:
            heads[asked.source] = heading(read_rows(folder, asked.source, profile.spelling))
        if asked.column not in heads[asked.source]:
            params = {
                "file": str(asked.source),
                "column": asked.column,
                "field": asked.field,
                "profile": profile.written,
                "line": asked.line,
            }
            faults.setdefault((asked.source, asked.column), Fault("path", "imports.column_missing", params))
    if faults:
        raise Invalid(*faults.values())


def _found_by(profile: Profile) -> dict[Source, dict[str, None]]:
    """Each further table with the columns its rows are found by."""
    found: dict[Source, dict[str, None]] = {}
    for part in profile.parts.values():
        found.setdefault(part.source, {})[part.by] = None
    for joins in (profile.joins, *(part.joins for part in profile.parts.values())):
        for join in joins.values():
            found.setdefault(join.source, {})[join.by] = None
    return found


class _Reader:
    """Reads one record, and finds what is wrong with it."""

    def __init__(self, profile: Profile, staged: Staging, row: int, brought: Brought, find: Find) -> None:
        self.profile = profile
        self.staged = staged
        self.row = self.at = row
        self.brought, self.find = brought, find
        self.findings: list[Finding] = []
        self.out = False

    def leaves_out(self, said: Row) -> bool:
        """Whether the row is no record."""
        found = ((self._text(said, column), values) for column, values in self.profile.leaves_out.items())
        return any(text in values or (ANY in values and bool(text)) for text, values in found)

    def begins(self, said: Row) -> bool:
        """Whether the row is the first one of its record."""
        own = [part for part in self.profile.parts.values() if part.source == self.profile.source]
        key = self._text(said, self.profile.key) if own else None
        return not key or all(self.staged.find(part.source, part.by, key)[0][0] == self.row for part in own)

    def record(self, said: Row) -> Record:
        profile = self.profile
        key = self._text(said, profile.key)
        if key == "":
            self._find(profile.key, "", "imports.no_key")
        payload = self._fields(profile.fields, said, profile.joins)
        for field, part in profile.parts.items():
            payload[field] = self._part(part, key or "")
        if profile.steps:
            stamps = ((mark.step, self._value(Reading(mark.column, as_="instant"), said, {})) for mark in profile.steps)
            payload["steps"] = [{"step": step, "at": at} for step, at in stamps if at is not None]
        beside = [self._text(said, column) for column in profile.beside] if key else []
        known_by = " / ".join(text for text in (key, *beside) if text)
        further = self._further(said, key or "")
        return Record(self.row, known_by, payload, tuple(self.findings), self.out, further)

    def _further(self, said: Row, key: str) -> tuple[int, ...]:
        """The other rows of the table that are parts of the record, each of which says the same of the whole, or
        nothing."""
        part = next((part for part in self.profile.parts.values() if part.source == self.profile.source), None)
        if part is None or not key:
            return ()
        others = [(n, row) for n, row in self.staged.find(part.source, part.by, key) if n != self.row]
        columns = [*_columns_of(self.profile.fields), *(mark.column for mark in self.profile.steps)]
        for n, row in others:
            for column in columns:
                other, first = words(row.get(column)), words(said.get(column))
                if other not in ("", first):
                    self.at = n
                    self._find(column, other, "imports.rows_differ", row=n, of=self.row, first=first[:200])
        self.at = self.row
        return tuple(n for n, _ in others)

    def _part(self, part: Part, key: str) -> list[dict[str, Any]]:
        rows = self.staged.find(part.source, part.by, key) if key else []
        order = [self._text(row, part.sort) or "" for _, row in rows]
        counted = all(said.isdecimal() for said in order)
        places = sorted(range(len(rows)), key=lambda n: (int(order[n]) if counted else 0, order[n]))
        own, found = part.source == self.profile.source, []
        for n in places:
            self.at = rows[n][0] if own else self.row
            found.append(self._fields(part.fields, rows[n][1], part.joins))
        self.at = self.row
        return found

    def _fields(self, fields: Fields, said: Row, joins: Mapping[str, Join]) -> dict[str, Any]:
        joined = {name: self._joined(join, said) for name, join in joins.items()}
        values: dict[str, Any] = {}
        for field, reading in fields.items():
            if isinstance(reading, Reading):
                values[field] = self._value(reading, said, joined)
            else:
                values[field] = [row for entry in reading if (row := self._entry(entry, said, joined))]
        return {field: value for field, value in values.items() if value is not None}

    def _entry(self, entry: Mapping[str, Reading], said: Row, joined: Mapping[str, Row]) -> dict[str, Any]:
        """A part made of the row itself; none where the row says nothing of it."""
        read = {field: self._value(reading, said, joined) for field, reading in entry.items()}
        if all(read[field] is None for field, reading in entry.items() if reading.as_ != "given"):
            return {}
        return {field: value for field, value in read.items() if value is not None}

    def _joined(self, join: Join, said: Row) -> Row:
        value = self._text(said, join.on)
        if value is None:
            return {}
        found = self.staged.find(join.source, join.by, value)
        if not found:  # the record says all that it says itself
            self._say(join.on, value, "imports.not_found_in", file=str(join.source))
        return found[0][1] if found else {}

    def _value(self, reading: Reading, said: Row, joined: Mapping[str, Row]) -> Any:
        """The value as a command takes it; None where the file says nothing, or nothing that can be read."""
        if reading.as_ == "given":
            return reading.value
        row = joined[reading.place] if reading.place else said
        if not row:
            return None
        if reading.as_ == "template":
            return self._composed(reading, row)
        text = self._text(row, reading.column, reading.place)
        if text is None:
            return None
        if reading.codes is not None:
            return self._called(reading, text)
        if not text:
            return None
        if reading.as_ == "brought":
            return self._brought(reading, text)
        if reading.as_ == "looked_up":
            return self._looked_up(reading, text)
        try:
            return READ[reading.as_](row[reading.column], self.profile.spelling, reading.digits)
        except (ValueError, InvalidOperation, OverflowError):
            self._find(_named(reading), text, f"imports.not_{reading.as_}")
            return None

    def _called(self, reading: Reading, text: str) -> str | None:
        codes = reading.codes or {}
        if text not in codes and ANY not in codes and text:
            self._find(_named(reading), text, "imports.unknown_code")
        return codes.get(text, codes.get(ANY) if text else None)

    def _brought(self, reading: Reading, text: str) -> str | None:
        found = self.brought(reading.value, text)
        if found is None:
            self._find(_named(reading), text, "imports.not_brought", profile=reading.value)
        return found

    def _looked_up(self, reading: Reading, text: str) -> str | None:
        found: Sequence[str] = ()
        for by in reading.by:
            found = found or self.find(reading.value, by, text)
        if len(found) != 1:
            self._find(_named(reading), text, "imports.found_several" if found else "imports.not_found")
            return None
        return found[0]

    def _composed(self, reading: Reading, row: Row) -> str | None:
        """The columns put into the text; nothing where all of them are blank."""
        said = [self._text(row, column, reading.place) for column in reading.columns]
        whole = [text for text in said if text is not None]
        if len(whole) < len(said) or not any(whole):
            return None
        values = iter(whole)
        parts = (part + (next(values) if column else "") for part, column, _, _ in Formatter().parse(reading.value))
        return " ".join("".join(parts).split())

    def _text(self, row: Row, column: str, place: str = "") -> str | None:
        """What a cell says; None where it cannot be had, which is found once, whoever asks for it."""
        cell = row.get(column, ABSENT)
        if not isinstance(cell, Flaw):
            return words(cell)
        named, reason = _column(place, column), f"imports.{cell.reason}"
        if not any((one.field, one.reason, one.value) == (named, reason, cell.said[:200]) for one in self.findings):
            self._find(named, cell.said, reason)
        return None

    def _find(self, field: str, value: str, reason: str, **params: Any) -> None:
        self.out = True
        self._say(field, value, reason, **params)

    def _say(self, field: str, value: str, reason: str, **params: Any) -> None:
        self.findings.append(Finding(self.at, field, value[:200], reason, params))


def _columns_of(fields: Fields) -> list[str]:
    """The columns of the table itself that say something of the whole record."""
    return [column for _, reading in flat(fields) if not reading.place for column in reading.asks()]


def _named(reading: Reading) -> str:
    """The column as the profile names it."""
    return _column(reading.place, reading.column)


def _column(place: str, column: str) -> str:
    return f"{place}.{column}" if place else column
