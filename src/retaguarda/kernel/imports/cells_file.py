"""A workbook of the cells of another one: numbers stay numbers, days stay days, texts stay texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from retaguarda.kernel.imports.cells import Cell, Flaw

LONGEST_TEXT = 32_767
"""Signs in one cell of the format."""


def write_cells(path: Path, name: str, rows: Iterable[Sequence[Cell]], spelled: Callable[[Decimal], str]) -> None:
    """Writes the rows into a sheet of that name, if there is one; `spelled` says a number that no cell can hold.

    What a cell cannot hold is written as the error that a sheet has for it, so that nobody takes it for a value; what
    could not be had before cannot be had in the new one. Raises ValueError for more rows than a sheet has.
    """
    from retaguarda.kernel.export.xlsx_file import MOST_ROWS, workbook

    with workbook(path) as book:
        page = book.add_worksheet(name or None)
        day, instant = (book.add_format({"num_format": shown}) for shown in ("yyyy-mm-dd", "yyyy-mm-dd hh:mm:ss"))
        page.freeze_panes(1, 0)
        for at, row in enumerate(rows):
            if at == MOST_ROWS:
                raise ValueError(at)
            for place, cell in enumerate(row):
                if isinstance(cell, dt.datetime):
                    page.write_datetime(at, place, cell, instant)
                elif isinstance(cell, dt.date):
                    page.write_datetime(at, place, cell, day)
                elif isinstance(cell, Decimal) and cell != Decimal(repr(float(cell))):
                    _write(page, at, place, spelled(cell))
                else:
                    _write(page, at, place, cell)


def _write(page: Any, at: int, place: int, cell: str | Decimal | bool | Flaw | None) -> None:
    if isinstance(cell, bool):
        page.write_boolean(at, place, cell)
    elif isinstance(cell, Decimal):
        page.write_number(at, place, float(cell))
    elif isinstance(cell, Flaw) or (cell is not None and len(cell) > LONGEST_TEXT):
        page.write_formula(at, place, "=NA()", None, "#N/A")
    elif cell:
        page.write_string(at, place, cell)
