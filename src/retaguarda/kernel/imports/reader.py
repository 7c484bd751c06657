"""Files become records, one after the other, in the order of the main file; nothing is held but the record at hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.profile import Join, Part, Profile, Reading
from retaguarda.kernel.imports.record import Finding, Record
from retaguarda.kernel.imports.staging import Staging, read_rows, staging

Row = Mapping[str, str]


def records(profile: Profile, folder: Path, count: Callable[[int], None] = lambda rows: None) -> Iterator[Record]:
    """The records of the files in `folder`; refuses the whole when a file or a column that is needed is not there.

    `count` is told of the rows that were read.
    """
    missing = [file for file in profile.files() if not (folder / file).is_file()]
    if missing:
        raise Invalid(Fault("path", "imports.files_missing", {"folder": folder.name, "files": ", ".join(missing)}))
    with staging() as staged:
        for file, columns in _found_by(profile).items():
            staged.lay_out(folder / file, profile.encoding, columns)
        count(staged.rows)
        rows = read_rows(folder / profile.file, profile.encoding)
        _, head = next(rows, (1, []))
        if profile.key not in head:
            raise Invalid(Fault("path", "imports.column_missing", {"file": profile.file, "columns": profile.key}))
        for number, values in rows:
            count(1)
            yield _Reader(profile, staged, number).record(dict(zip(head, values, strict=False)))


def _found_by(profile: Profile) -> dict[str, dict[str, tuple[str, ...]]]:
    """Each further file with the columns its rows are found by."""
    found: dict[str, dict[str, tuple[str, ...]]] = {}
    for part in profile.parts.values():
        found.setdefault(part.file, {})[part.by] = (part.sort,)
    for joins in (profile.joins, *(part.joins for part in profile.parts.values())):
        for join in joins.values():
            found.setdefault(join.file, {})[join.by] = ()
    return found


class _Reader:
    """Reads one record, and finds what is wrong with it."""

    def __init__(self, profile: Profile, staged: Staging, row: int) -> None:
        self.profile = profile
        self.staged = staged
        self.row = row
        self.findings: list[Finding] = []
        self.out = False

    def record(self, said: Row) -> Record:
        profile = self.profile
        key = said.get(profile.key) or ""
        if not key:
            self._find(profile.key, "", "imports.no_key")
        payload = self._fields(profile.fields, said, profile.joins)
        for field, part in profile.parts.items():
            payload[field] = self._part(part, key)
        if profile.steps:
            stamps = ((mark.step, self._value(Reading(mark.column, "instant"), said, {})) for mark in profile.steps)
            payload["steps"] = [{"step": step, "at": at} for step, at in stamps if at is not None]
        return Record(self.row, key, payload, tuple(self.findings), self.out)

    def _part(self, part: Part, key: str) -> list[dict[str, Any]]:
        rows = self.staged.find(part.file, part.by, key) if key else []
        if all(row.get(part.sort, "").isdecimal() for _, row in rows):
            rows.sort(key=lambda pair: int(pair[1][part.sort]))
        else:
            rows.sort(key=lambda pair: pair[1].get(part.sort, ""))
        return [self._fields(part.fields, row, part.joins) for _, row in rows]

    def _fields(self, fields: Mapping[str, Reading], said: Row, joins: Mapping[str, Join]) -> dict[str, Any]:
        joined = {name: self._joined(join, said) for name, join in joins.items()}
        values = ((field, self._value(reading, said, joined)) for field, reading in fields.items())
        return {field: value for field, value in values if value is not None}

    def _joined(self, join: Join, said: Row) -> Row:
        found = self.staged.find(join.file, join.by, said.get(join.on, ""))
        if not found:  # the record says all that it says itself
            self._say(join.on, said.get(join.on, ""), "imports.not_found_in", file=join.file)
        return found[0][1] if found else {}

    def _value(self, reading: Reading, said: Row, joined: Mapping[str, Row]) -> Any:
        """The value as a command takes it; None where the file says nothing, or nothing that can be read."""
        if reading.as_ == "given":
            return reading.value
        place, _, column = reading.column.rpartition(".")
        row = joined[place] if place else said
        text = row.get(column, None if row else "")
        if text is None:
            self._find(reading.column, "", "imports.column_absent")
            return None
        text = text.strip()
        if not text:
            return None
        if reading.codes is not None:
            if text not in reading.codes:
                self._find(reading.column, text, "imports.unknown_code")
            return reading.codes.get(text)
        try:
            return READ[reading.as_](text, self.profile.zone)
        except (ValueError, InvalidOperation, OverflowError):
            self._find(reading.column, text, f"imports.not_{reading.as_}")
            return None

    def _find(self, field: str, value: str, reason: str, **params: Any) -> None:
        self.out = True
        self._say(field, value, reason, **params)

    def _say(self, field: str, value: str, reason: str, **params: Any) -> None:
        self.findings.append(Finding(self.row, field, value[:200], reason, params))


def _number(text: str, zone: ZoneInfo) -> str:
    number = Decimal(text)
    if not number.is_finite():
        raise ValueError(text)
    return format(number, "f")


def _instant(text: str, zone: ZoneInfo) -> str:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone).isoformat()


READ: Mapping[str, Callable[[str, ZoneInfo], Any]] = {
    "text": lambda text, zone: text,
    "words": lambda text, zone: text.replace("_", " ").capitalize(),
    "number": _number,
    "whole": lambda text, zone: int(text),
    "day": lambda text, zone: dt.datetime.fromisoformat(text).date().isoformat(),
    "instant": _instant,
}
"""How a value that stands in a file is read."""
