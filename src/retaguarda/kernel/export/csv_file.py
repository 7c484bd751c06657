"""CSV as the spreadsheets of the reader's country open it: UTF-8 with a mark, its separator, its decimal mark."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from retaguarda.kernel.export.sheet import NUMBERS, Sheet, SheetColumn
from retaguarda.kernel.text.languages import language_of

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a text may not begin with: spreadsheets would take it for a formula (CWE-1236)."""


def write_csv(path: Path, sheet: Sheet) -> None:
    """Writes head, rows and totals; nothing stands before the head, so that programs can read the file too."""
    marks = language_of(sheet.texts.language)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";" if marks.decimal == "," else ",")
        writer.writerow([_safe(column.title) for column in sheet.columns])
        for row in sheet.read():
            writer.writerow(_cells(sheet, row, marks.decimal))
        total = sheet.total_row()
        if total is not None:
            writer.writerow(_cells(sheet, total, marks.decimal))


def _cells(sheet: Sheet, row: Sequence[Any], mark: str) -> list[str]:
    return [_cell(sheet, column, value, mark) for column, value in zip(sheet.columns, row, strict=True)]


def _cell(sheet: Sheet, column: SheetColumn, value: Any, mark: str) -> str:
    if value is None:
        return ""
    if column.is_number and not isinstance(value, str):
        digits = NUMBERS[column.show]
        return f"{value:.{digits}f}".replace(".", mark)
    return _safe(value if isinstance(value, str) and not column.codes else sheet.words(column, value))


def _safe(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text
