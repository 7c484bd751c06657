"""Where rows stand, and how they are written there."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

BOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows stand: a file, and the table in it where the file has several."""

    file: str
    table: str = ""

    def __str__(self) -> str:
        return f"{self.file}: {self.table}" if self.table else self.file


@dataclass(frozen=True, slots=True)
class Spelling:
    """How a source writes: its encoding, what parts the columns, the decimal mark, whether day, month or year of a date
    comes first (`dmy`, `mdy`, `ymd`), and the clock on its wall."""

    encoding: str = "utf-8-sig"
    delimiter: str = ","
    decimal: str = "."
    dates: str = "ymd"
    zone: dt.tzinfo = dt.UTC


def is_book(file: str) -> bool:
    """Whether the file is a workbook, which says itself how it is written."""
    return Path(file).suffix.lower() in BOOKS
