"""The same rows on paper, as `kernel.document` prints tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from retaguarda.kernel.document import (
    Column,
    ColumnKind,
    CompanyHeader,
    Document,
    Paragraph,
    Table,
    Total,
    render,
)
from retaguarda.kernel.export.sheet import Sheet, SheetColumn

WIDE_MM = 178.0
WEIGHTS = {"name": 2.4, "words": 2.4, "text": 1.5, "instant": 1.5}


@dataclass(frozen=True, slots=True)
class _Lines:
    """The rows in words, read anew each time a paper goes through them."""

    sheet: Sheet

    def __iter__(self) -> Iterator[tuple[str, ...]]:
        for row in self.sheet.read():
            yield self.cells(row)

    def cells(self, row: Sequence[Any]) -> tuple[str, ...]:
        return tuple(
            value if isinstance(value, str) and not column.codes else self.sheet.words(column, value)
            for column, value in zip(self.sheet.columns, row, strict=True)
        )


def write_pdf(path: Path, sheet: Sheet, issuer: str) -> None:
    """Writes the paper."""
    path.write_bytes(render(_paper(sheet, issuer)))


def _paper(sheet: Sheet, issuer: str) -> Document:
    whole = sum(_weight(column) for column in sheet.columns)
    columns = tuple(
        Column(
            column.title,
            ColumnKind.NUMBER if column.is_number else ColumnKind.WORDS,
            width_mm=WIDE_MM * _weight(column) / whole,
        )
        for column in sheet.columns
    )
    lines = _Lines(sheet)
    for _row in sheet.read():
        pass
    total = sheet.total_row()
    totals = () if total is None else tuple(
        Total(column.title, sheet.words(column, value))
        for column, value in zip(sheet.columns[1:], total[1:], strict=True)
        if value is not None
    )  # fmt: skip
    said = tuple(Paragraph(line) for line in sheet.lines)
    table = Table(columns, lines, totals)
    return Document("shell.sheet", sheet.title, sheet.texts.language, CompanyHeader(issuer), (*said, table))


def _weight(column: SheetColumn) -> float:
    return WEIGHTS.get(column.show, 1.0)
