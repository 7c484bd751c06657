"""The rows that stayed out, as a file of the layout they came in with the reason before each: mended by hand, that file
comes in by the same profile.

The reason stands in the first column, so that a row that was cut off stays as it is.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from pathlib import Path

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.cells import Cell
from retaguarda.kernel.imports.cells_file import write_cells
from retaguarda.kernel.imports.profile import Profile
from retaguarda.kernel.imports.tables import READERS, read_rows
from retaguarda.kernel.imports.values import words


def errors_ending(profile: Profile) -> str:
    """How the name of the profile's error file ends: text in rows stays such, anything else becomes a workbook."""
    ending = Path(profile.source.file).suffix.lower()
    return ".xlsx" if ending in READERS else ending


def demand_errors_file(path: Path, profile: Profile, folder: Path) -> None:
    """Refuses a name that is of another kind than the rows, or that one of the files has which are read."""
    ending = errors_ending(profile)
    if path.suffix.lower() != ending:
        raise Invalid(Fault("errors", "imports.errors.other_kind", {"file": path.name, "ending": ending}))
    if path.resolve() in {(folder / file).resolve() for file in profile.files()}:
        raise Invalid(Fault("errors", "imports.errors.is_source", {"file": path.name}))


def write_errors(path: Path, profile: Profile, folder: Path, kept_out: Iterable[tuple[int, str]], title: str) -> int:
    """Writes the rows of `kept_out` (number in the main file, why), which come in the order of the file, and gives how
    many there are. `title` is the heading of the reasons; where the first column has it already, they take its place.

    The file is whole or not there. Raises `Device` where the folder takes no file.
    """
    from retaguarda.kernel.export import whole

    demand_errors_file(path, profile, folder)
    written = -1  # the heading is no row

    def counted() -> Iterator[Sequence[Cell]]:
        nonlocal written
        for row in _rows(profile, folder, kept_out, title):
            written += 1
            yield row

    with whole(path) as fresh:
        if path.suffix.lower() == ".xlsx":
            _write_workbook(fresh, path.name, profile, counted())
        else:
            _write_text(fresh, profile, counted())
    return written


def _rows(profile: Profile, folder: Path, kept_out: Iterable[tuple[int, str]], title: str) -> Iterator[Sequence[Cell]]:
    """The heading, then the rows that were kept out, each with the reason before it."""
    rows = read_rows(folder, profile.source, profile.spelling)
    _, head = next(rows, (1, [""]))
    again = int(words(head[0]) == title)
    yield [title, *head[again:]]
    reasons = iter(kept_out)
    wanted = next(reasons, None)
    for number, row in rows:
        if wanted is None:
            break
        if number == wanted[0]:
            yield [wanted[1], *row[again:]]
            wanted = next(reasons, None)
    if wanted is not None:
        raise Invalid(Fault("path", "imports.errors.file_changed", {"file": profile.source.file}))


def _write_workbook(fresh: Path, name: str, profile: Profile, rows: Iterator[Sequence[Cell]]) -> None:
    def spelled(number: Decimal) -> str:
        return format(number, "f").replace(".", profile.spelling.decimal)

    dumped = Path(profile.source.file).suffix.lower() == ".sql"
    try:
        write_cells(fresh, "" if dumped else profile.source.table, rows, spelled)
    except ValueError as error:
        raise Invalid(Fault("errors", "imports.errors.too_many", {"file": name, "n": error.args[0]})) from error


def _write_text(fresh: Path, profile: Profile, rows: Iterator[Sequence[Cell]]) -> None:
    """Cells of text in rows are texts; a reason has a question mark for a sign that the encoding has not."""
    how = profile.spelling
    with fresh.open("w", encoding=how.encoding, newline="") as file:
        write = csv.writer(file, delimiter=how.delimiter).writerow
        for why, *row in rows:
            write([words(why).encode(how.encoding, "replace").decode(how.encoding), *row])
