"""Tables that others wrote, row by row: CSV files, sheets of workbooks and dumps of databases; each row with its number
in the file."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Mapping, Sequence
from os import SEEK_END
from pathlib import Path

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.cells import LONGEST, Cell
from retaguarda.kernel.imports.dump import AT_EITHER_END, NotADump, dumped_rows, is_mysqls
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.imports.workbook import NotAWorkbook, sheet_rows

OTHERS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF")
"""How workbooks, old workbooks and papers begin: what begins so is no text, whatever it is called."""

type Rows = Iterator[tuple[int, Sequence[Cell]]]


def read_rows(folder: Path, source: Source, spelling: Spelling) -> Rows:
    """The rows of a table with their numbers, the heading first; blank lines are none.

    Refuses a file that is not there, cannot be read in this encoding or is no table, by name.
    """
    read = READERS.get(Path(source.file).suffix.lower(), _csv_rows)
    try:
        yield from read(folder / source.file, source.table, spelling)
    except OSError as error:
        raise Invalid(Fault("path", "imports.file_missing", {"file": source.file})) from error
    except UnicodeError as error:
        params = {"file": source.file, "encoding": spelling.encoding}
        raise Invalid(Fault("path", "imports.wrong_encoding", params)) from error
    except csv.Error as error:
        raise Invalid(Fault("path", "imports.not_rows", {"file": source.file, "detail": str(error)})) from error
    except NotAWorkbook as error:
        code = f"imports.workbook.{error.reason}"
        raise Invalid(Fault("path", code, {"file": source.file, **error.params})) from error
    except NotADump as error:
        said = {"file": source.file, "table": source.table, "line": error.line}
        raise Invalid(Fault("path", f"imports.dump.{error.reason}", said)) from error


def _csv_rows(path: Path, table: str, spelling: Spelling) -> Rows:
    with path.open("rb") as raw:
        if raw.read(4) in OTHERS:
            raise Invalid(Fault("path", "imports.wrong_kind", {"file": path.name}))
    csv.field_size_limit(LONGEST)  # of the whole process: whoever gave it back would take it from a reader beside him
    with path.open(encoding=spelling.encoding, newline="") as file:
        for number, row in enumerate(csv.reader(file, delimiter=spelling.delimiter), 1):
            if row:
                yield number, row


def _dumped(path: Path, table: str, spelling: Spelling) -> Rows:
    with path.open("rb") as raw:
        begins = raw.read(AT_EITHER_END)
        raw.seek(max(0, raw.seek(0, SEEK_END) - AT_EITHER_END))
        mysqls = is_mysqls(begins, raw.read())
    with path.open(encoding=spelling.encoding) as file:
        yield from dumped_rows(file, table, mysqls=mysqls)


def _sheet(path: Path, table: str, spelling: Spelling) -> Rows:
    width = 0
    for number, row in sheet_rows(path, table):
        width = width or len(row)  # the heading's: a sheet leaves out the blank cells behind the last one of a row,
        # and what stands beyond has no name
        yield number, [*row[:width], *[None] * (width - len(row))]


READERS: Mapping[str, Callable[[Path, str, Spelling], Rows]] = {".sql": _dumped, ".xlsx": _sheet, ".xlsm": _sheet}
"""How a file is read, by its ending; any other is text in rows."""
