"""Tables laid out beside each other on the disk, so that what belongs together is found without holding any in memory.

SQLite keeps a database without a name in a temporary file that is gone when it closes.
"""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from itertools import batched
from pathlib import Path
from typing import Any

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.cells import Cell, Flaw
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.imports.tables import Rows, read_rows
from retaguarda.kernel.imports.values import words

AT_ONCE = 5_000


class Staging:
    """Rows of several tables, each found by the value of one column."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._heads: dict[Source, list[str]] = {}
        self._names: dict[tuple[Source, str], str] = {}
        self.rows = 0

    def lay_out(self, folder: Path, source: Source, spelling: Spelling, found_by: tuple[str, ...]) -> None:
        """Takes a table in, which has the columns that its rows are `found_by`. Refuses it where such a cell cannot be
        had, since nobody knows whose row that is."""
        rows = read_rows(folder, source, spelling)
        head = heading(rows)
        self._heads[source] = head
        table = f"f{len(self._heads)}"
        places = [head.index(column) for column in found_by]
        run = self._connection.execute
        more = ", ".join(f"c{i}" for i in range(len(places)))
        run(f"CREATE TABLE {table} (row INTEGER, said TEXT, {more})")
        marks = ", ".join("?" * (2 + len(places)))
        for some in batched(rows, AT_ONCE):
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({marks})",
                (
                    (n, json.dumps(row, default=_kept), *(_known(source, n, row, p, head[p]) for p in places))
                    for n, row in some
                ),
            )
            self.rows += len(some)
        for i, column in enumerate(found_by):
            run(f"CREATE INDEX {table}_c{i} ON {table} (c{i})")
            self._names[source, column] = f"SELECT row, said FROM {table} WHERE c{i} = ? ORDER BY rowid"

    def find(self, source: Source, column: str, value: str) -> list[tuple[int, dict[str, Cell]]]:
        """The rows of the table whose column has that value, with their numbers."""
        head = self._heads[source]
        found = self._connection.execute(self._names[source, column], (value,)).fetchall()
        return [(row, dict(zip(head, _DECODER.decode(said), strict=False))) for row, said in found]


@contextmanager
def staging() -> Iterator[Staging]:
    """An empty layout, gone at the end."""
    connection = sqlite3.connect("")
    try:
        yield Staging(connection)
    finally:
        connection.close()


def heading(rows: Rows) -> list[str]:
    """The names of the columns, which are the first row."""
    _, head = next(rows, (1, []))
    return [words(cell) for cell in head]


def _known(source: Source, number: int, row: Sequence[Cell], place: int, column: str) -> str:
    cell = row[place] if place < len(row) else None
    if isinstance(cell, Flaw):
        said = {"file": str(source), "row": number, "column": column, "value": cell.said[:200]}
        raise Invalid(Fault("path", "imports.whose_row", said))
    return words(cell)


def _kept(cell: Any) -> Mapping[str, Any]:
    """A value that JSON has no word for."""
    if isinstance(cell, Flaw):
        return {"flaw": [cell.reason, cell.said]}
    if isinstance(cell, Decimal):
        return {"number": str(cell)}
    return {"instant" if isinstance(cell, dt.datetime) else "day": cell.isoformat()}


def _read(kept: Mapping[str, Any]) -> Any:
    ((kind, said),) = kept.items()
    return _KINDS[kind](said)


_KINDS: Mapping[str, Any] = {
    "flaw": lambda said: Flaw(*said),
    "number": Decimal,
    "instant": dt.datetime.fromisoformat,
    "day": dt.date.fromisoformat,
}
_DECODER = json.JSONDecoder(object_hook=_read)
