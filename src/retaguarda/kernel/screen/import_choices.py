"""What a person chooses about a file that is to come in, and how its first rows are understood by that."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from retaguarda.kernel.fold import fold
from retaguarda.kernel.imports.cells import Cell, Flaw
from retaguarda.kernel.imports.port import Looked
from retaguarda.kernel.imports.source import Spelling, is_book
from retaguarda.kernel.imports.values import READ, words
from retaguarda.kernel.incoming import ImportKind

ENCODINGS: Mapping[str, str] = {
    "utf_8": "utf-8-sig", "windows": "cp1252", "latin": "iso8859-1", "dos": "cp850", "utf_16": "utf-16",
}  # fmt: skip
DELIMITERS: Mapping[str, str] = {"semicolon": ";", "comma": ",", "tab": "\t", "bar": "|"}
DECIMALS: Mapping[str, str] = {"comma": ",", "point": "."}
DATES: Mapping[str, str] = {"dmy": "dmy", "mdy": "mdy", "ymd": "ymd"}
OFFERED: Mapping[str, Mapping[str, str]] = {
    "encoding": ENCODINGS, "delimiter": DELIMITERS, "decimal": DECIMALS, "dates": DATES,
}  # fmt: skip
"""What may be chosen, by the codes that their words have (`imports.encoding.utf_8`), with what a profile says."""
OF_TEXT = ("encoding", "delimiter")
NAME_MOST = 19


@dataclass(frozen=True, slots=True, kw_only=True)
class FileChoice:
    """What was chosen of a file so far; an empty text is not chosen yet. Nothing is guessed: everything is asked."""

    kind: str = ""
    path: str = ""
    table: str = ""
    encoding: str = ""
    delimiter: str = ""
    decimal: str = ""
    dates: str = ""

    @property
    def is_book(self) -> bool:
        """Whether it is a workbook, which has neither encoding nor separator."""
        return is_book(self.path)

    @property
    def lacking(self) -> tuple[str, ...]:
        """What has still to be chosen."""
        asked = ("kind", "path", *(() if self.is_book else OF_TEXT), "decimal", "dates")
        return tuple(name for name in asked if not getattr(self, name))

    @property
    def may_be_read(self) -> bool:
        """Whether enough is known to read rows."""
        return bool(self.path) and not {"path", *OF_TEXT} & set(self.lacking)

    @property
    def read_by(self) -> tuple[str, ...]:
        """What the rows depend on."""
        return (self.path, self.table, *(() if self.is_book else (self.encoding, self.delimiter)))

    def spelling(self, zone: dt.tzinfo) -> Spelling:
        """How the file is written, as far as it was chosen."""
        plain = Spelling()
        return Spelling(
            encoding=ENCODINGS.get(self.encoding, plain.encoding),
            delimiter=DELIMITERS.get(self.delimiter, plain.delimiter),
            decimal=DECIMALS.get(self.decimal, plain.decimal),
            dates=DATES.get(self.dates, plain.dates),
            zone=zone,
        )


def code_of(name: str, said: str) -> str:
    """The code under which a choice offers what a profile says; empty where it does not."""
    return next((code for code, value in OFFERED[name].items() if value == said), "")


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell of the preview: what is understood (a number, a day, a text), or what stands there and why it is not."""

    value: Any
    reason: str = ""


def preview(
    looked: Looked, kind: ImportKind | None, columns: Mapping[str, str], spelling: Spelling
) -> list[tuple[int, list[Understood]]]:
    """The first rows as they are understood: a column that goes to a field as that field reads it."""
    fields = {column: kind.field(name) for name, column in columns.items()} if kind is not None else {}
    reads = [fields[column].read if column in fields else "text" for column in looked.heading]
    return [
        (number, [_understood(cell, read, spelling) for cell, read in zip(values, reads, strict=False)])
        for number, values in looked.rows
    ]


def _understood(cell: Cell, read: str, spelling: Spelling) -> Understood:
    said = words(cell)
    if isinstance(cell, Flaw):
        return Understood(said, f"imports.{cell.reason}")
    if not said:
        return Understood("")
    try:
        value = READ[read](cell, spelling, None)
    except (ValueError, InvalidOperation, OverflowError):
        return Understood(said, f"imports.not_{read}")
    if read == "number":
        return Understood(Decimal(value))
    if read == "day":
        return Understood(dt.date.fromisoformat(value))
    return Understood(dt.datetime.fromisoformat(value) if read == "instant" else value)


def samples(looked: Looked, column: str, most: int = 3) -> list[str]:
    """A few values of a column as they stand in the file."""
    if column not in looked.heading:
        return []
    place = looked.heading.index(column)
    said = [words(values[place]) for _, values in looked.rows if place < len(values)]
    return list(dict.fromkeys(text for text in said if text))[:most]


def name_for(text: str) -> str:
    """A mapping's name as its file can have it: `Produtos do depósito` is `produtos_do_deposit`."""
    plain = re.sub(r"[^a-z0-9]+", "_", fold(text)).strip("_").lstrip("0123456789_")
    return plain[:NAME_MOST].rstrip("_")


def folder_of(path: str) -> Path:
    """The folder of a file that was typed or chosen."""
    return Path(path).expanduser().resolve().parent
