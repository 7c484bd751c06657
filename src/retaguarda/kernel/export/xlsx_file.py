"""A workbook with numbers that are numbers and days that are days; a row is forgotten as soon as it is written."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from functools import cache, partial
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.exceptions import FileCreateError
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from retaguarda.kernel.export.sheet import Sheet, SheetColumn

FORMATS = {
    "money": "#,##0.00",
    "price": "#,##0.00##",
    "quantity": "#,##0.####",
    "whole": "#,##0",
    "rate": "0.0#%",
    "day": "dd/mm/yyyy",
    "instant": "dd/mm/yyyy hh:mm",
}
WIDTHS = {"name": 36, "text": 24, "words": 36, "instant": 17, "day": 12, "money": 16}
MOST_ROWS = 1_048_576
"""What a sheet of the format holds; further rows go on in a further sheet."""


def write_xlsx(path: Path, sheet: Sheet) -> None:
    """Writes titles, head, rows and totals."""
    # The dates of a workbook know no zone: instants are written as the company's clock shows them.
    with workbook(path) as book:
        _Writer(book, sheet).write()


@contextmanager
def workbook(path: Path) -> Iterator[Workbook]:
    """A new workbook that holds no more than a row; a text in it is never a formula. Raises OSError."""
    path.touch()  # where nothing can be written, before the writer holds files of its own
    try:
        with Workbook(
            str(path), {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        ) as book:
            yield book
    except FileCreateError as error:
        raise OSError(*error.args) from error


_Write = Callable[[Worksheet, int, int, Any, Format | None], None]


class _Writer:
    def __init__(self, book: Workbook, sheet: Sheet) -> None:
        self._book, self._sheet = book, sheet
        self._title, self._head = book.add_format({"bold": True, "font_size": 14}), book.add_format({"bold": True})
        self._head.set_bottom(1)
        self._writes = [_write_of(sheet, column) for column in sheet.columns]
        self._plain = [_format(book, column) for column in sheet.columns]
        self._strong = [_format(book, column, bold=True) for column in sheet.columns]
        self._page, self._at = self._new_page(), 0

    def write(self) -> None:
        self._page.write_string(0, 0, self._sheet.title, self._title)
        for at, line in enumerate(self._sheet.lines, 1):
            self._page.write_string(at, 0, line)
        self._at = len(self._sheet.lines) + 2
        self._write_head()
        for row in self._sheet.read():
            if self._at >= MOST_ROWS - 1:
                self._page, self._at = self._new_page(), 0
                self._write_head()
            self._write_row(row, self._plain)
        total = self._sheet.total_row()
        if total is not None:
            self._write_row(total, self._strong)

    def _new_page(self) -> Worksheet:
        page: Worksheet = self._book.add_worksheet()
        for at, column in enumerate(self._sheet.columns):
            page.set_column(at, at, WIDTHS.get(column.show, 14))
        return page

    def _write_head(self) -> None:
        for at, column in enumerate(self._sheet.columns):
            self._page.write_string(self._at, at, column.title, self._head)
        self._at += 1
        self._page.freeze_panes(self._at, 0)

    def _write_row(self, row: Sequence[Any], formats: Sequence[Format | None]) -> None:
        page, at = self._page, self._at
        for place, (write, value, shape) in enumerate(zip(self._writes, row, formats, strict=True)):
            if value is not None:
                write(page, at, place, value, shape)
        self._at = at + 1


def _write_of(sheet: Sheet, column: SheetColumn) -> _Write:
    """How a column's values are written: decided once, not for every cell of a hundred thousand rows."""
    zone = sheet.texts.zone
    said_of = cache(partial(sheet.words, column))  # A column has few codes.

    def words(page: Worksheet, at: int, place: int, value: Any, shape: Format | None) -> None:
        if isinstance(value, str):
            said = said_of(value) if column.codes else value
        else:
            said = sheet.words(column, value)
        page.write_string(at, place, said, shape)

    def number(page: Worksheet, at: int, place: int, value: Any, shape: Format | None) -> None:
        if isinstance(value, Decimal | int):
            # The format keeps binary fractions of 15 digits: exact for amounts below ten trillion.
            page.write_number(at, place, float(value), shape)
        else:
            words(page, at, place, value, shape)

    def instant(page: Worksheet, at: int, place: int, value: Any, shape: Format | None) -> None:
        if isinstance(value, dt.datetime):
            page.write_datetime(at, place, value.astimezone(zone).replace(tzinfo=None), shape)
        else:
            words(page, at, place, value, shape)

    def day(page: Worksheet, at: int, place: int, value: Any, shape: Format | None) -> None:
        if isinstance(value, dt.date):
            page.write_datetime(at, place, value, shape)
        else:
            words(page, at, place, value, shape)

    if column.is_number:
        return number
    return {"instant": instant, "day": day}.get(column.show, words)


def _format(book: Workbook, column: SheetColumn, *, bold: bool = False) -> Format | None:
    typed = column.is_number or column.show in ("day", "instant")
    if not typed and not bold:
        return None
    shape: Format = book.add_format({"bold": bold})
    if typed:
        shape.set_num_format(FORMATS[column.show])
    if bold:
        shape.set_top(1)
    return shape
