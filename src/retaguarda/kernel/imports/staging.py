"""Files laid out beside each other on the disk, so that what belongs together is found without holding any in memory.

SQLite keeps a database without a name in a temporary file that is gone when it closes.
"""

from __future__ import annotations

import csv
import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import batched
from pathlib import Path

from retaguarda.kernel.errors import Fault, Invalid

LONGEST = 1_000_000
"""Characters in one value: a field that is longer is a file that nobody wrote on purpose."""
AT_ONCE = 5_000


class Staging:
    """Rows of several files, each found by the value of one column."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._heads: dict[str, list[str]] = {}
        self._names: dict[tuple[str, str], str] = {}
        self.rows = 0

    def lay_out(self, path: Path, encoding: str, columns: Mapping[str, Sequence[str]]) -> None:
        """Takes a file in: `columns` are those it is found by, each with the columns that order what is found."""
        rows = read_rows(path, encoding)
        _, head = next(rows, (1, []))
        self._heads[path.name] = head
        table = f"f{len(self._heads)}"
        found_by = list(columns)
        if missing := sorted({c for by, sort in columns.items() for c in (by, *sort) if c and c not in head}):
            raise Invalid(Fault("path", "imports.column_missing", {"file": path.name, "columns": ", ".join(missing)}))
        places = [head.index(column) for column in found_by]
        run = self._connection.execute
        more = ", ".join(f"c{i}" for i in range(len(places)))
        run(f"CREATE TABLE {table} (row INTEGER PRIMARY KEY, said TEXT, {more})")
        marks = ", ".join("?" * (2 + len(places)))
        for some in batched(rows, AT_ONCE):
            self._connection.executemany(
                f"INSERT INTO {table} VALUES ({marks})",
                ((n, json.dumps(row), *(row[p] if p < len(row) else "" for p in places)) for n, row in some),
            )
            self.rows += len(some)
        for i, column in enumerate(found_by):
            run(f"CREATE INDEX {table}_c{i} ON {table} (c{i})")
            self._names[path.name, column] = f"SELECT row, said FROM {table} WHERE c{i} = ? ORDER BY row"

    def find(self, file: str, column: str, value: str) -> list[tuple[int, dict[str, str]]]:
        """The rows of the file whose column has that value, with their numbers."""
        head = self._heads[file]
        found = self._connection.execute(self._names[file, column], (value,)).fetchall()
        return [(row, dict(zip(head, json.loads(said), strict=False))) for row, said in found]


@contextmanager
def staging() -> Iterator[Staging]:
    """An empty layout, gone at the end."""
    connection = sqlite3.connect("")
    try:
        yield Staging(connection)
    finally:
        connection.close()


def read_rows(path: Path, encoding: str) -> Iterator[tuple[int, list[str]]]:
    """The rows of a CSV file with their numbers, the heading first; blank lines are none.

    Refuses a file that is not there, cannot be read in this encoding or is no text in rows, by name.
    """
    before = csv.field_size_limit(LONGEST)
    try:
        with path.open(encoding=encoding, newline="") as file:
            for number, row in enumerate(csv.reader(file), 1):
                if row:
                    yield number, row
    except OSError as error:
        raise Invalid(Fault("path", "imports.file_missing", {"file": path.name})) from error
    except UnicodeDecodeError as error:
        raise Invalid(Fault("path", "imports.wrong_encoding", {"file": path.name, "encoding": encoding})) from error
    except csv.Error as error:
        raise Invalid(Fault("path", "imports.not_rows", {"file": path.name, "detail": str(error)})) from error
    finally:
        csv.field_size_limit(before)
