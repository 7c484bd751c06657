"""A first look at a file: what its columns are called, how its first rows stand there, how many there are."""

from __future__ import annotations

from pathlib import Path

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.cells import Cell
from retaguarda.kernel.imports.port import Looked
from retaguarda.kernel.imports.source import Source, Spelling, is_book
from retaguarda.kernel.imports.staging import heading
from retaguarda.kernel.imports.tables import read_rows
from retaguarda.kernel.imports.workbook import sheet_names
from retaguarda.kernel.lanes import go_on

SHOWN = 20
AT_ONCE = 2_000


def look(folder: Path, source: Source, spelling: Spelling) -> Looked:
    """The table of a file; refuses one that cannot be read, and one without a heading."""
    sheets = sheet_names(folder / source.file) if is_book(source.file) else ()
    rows = read_rows(folder, source, spelling)
    head = tuple(heading(rows))
    if not any(head):
        raise Invalid(Fault("path", "imports.no_heading", {"file": source.file}))
    shown: list[tuple[int, tuple[Cell, ...]]] = []
    count = 0
    for number, values in rows:
        count += 1
        if len(shown) < SHOWN:
            shown.append((number, tuple(values)))
        if count % AT_ONCE == 0:
            go_on()
    return Looked(heading=head, rows=tuple(shown), count=count, sheets=sheets)
