"""Rows that are in memory already, written into a workbook by nothing but the writer's own calls."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook


def write(path: str, head: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Texts as texts, numbers as numbers, days and instants as such; a row is forgotten once it is written."""
    with Workbook(path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet()
        number = book.add_format({"num_format": "#,##0.00"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        for column, words in enumerate(head):
            page.write_string(0, column, words)
        for at, row in enumerate(rows, 1):
            for column, value in enumerate(row):
                if isinstance(value, str):
                    page.write_string(at, column, value)
                elif isinstance(value, dt.date):
                    page.write_datetime(at, column, value, day)
                elif value is not None:
                    page.write_number(at, column, value, number)
