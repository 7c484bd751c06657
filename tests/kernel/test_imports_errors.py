"""A file of errors has the rows as they stood, types and flaws too, and is whole or not there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from retaguarda.kernel.errors import Device, Invalid
from retaguarda.kernel.export import xlsx_file
from retaguarda.kernel.imports import Profile, errors_ending, write_errors
from retaguarda.kernel.imports.cells import Flaw
from retaguarda.kernel.imports.declared import profiles_of
from retaguarda.kernel.imports.tables import read_rows

DAY, AT = dt.date(2026, 5, 4), dt.datetime(2026, 5, 4, 10, 30, 5)
LINES: list[list[Any]] = [
    ["id", "nome", "quando"],
    ["A", "_x005F_x0041_ =1", DAY],
    [Decimal("1.1"), True, AT],
    ["007", None, "=X1"],
    ["C", "5", None],
]
DUMP = """CREATE TABLE bens (id text, nome text, quando numeric);
INSERT INTO bens VALUES ('A', 'x', 0.1234567890123456789);
INSERT INTO bens VALUES ('B', 'LONG', 2.5), ('C', NULL, 1);
"""


def profile(file: str, table: str = "Bens", more: str = "") -> Profile:
    named = f'table = "{table}"' if table else ""
    said = f'command = "x.y"\nfile = "{file}"\n{named}\n{more}\nkey = "id"\nfields = {{ name = "nome" }}'
    (found,) = profiles_of("bens", said)
    return found


def written(path: Path, of: Profile, folder: Path, kept_out: dict[int, str]) -> list[Any]:
    """The rows of the file of errors, read by the same profile."""
    assert write_errors(path, of, folder, iter(kept_out.items()), "Why") == len(kept_out)
    alone = of.out_of(path.name)
    return [list(row) for _, row in read_rows(path.parent, alone.source, alone.spelling)]


@pytest.fixture
def book(tmp_path: Path) -> Profile:
    book = Workbook()
    book.active.append(["not this"])
    page = book.create_sheet("Bens")
    for line in LINES:
        page.append(line)
    book.save(tmp_path / "bens.xlsx")
    return profile("bens.xlsx")


def test_the_cells_of_a_workbook_keep_their_types_and_their_flaws(book: Profile, tmp_path: Path) -> None:
    out = tmp_path / "out.xlsx"
    assert errors_ending(book) == ".xlsx"
    assert written(out, book, tmp_path, {2: "first", 3: "second", 4: "third"}) == [
        ["Why", "id", "nome", "quando"],
        ["first", "A", "_x0041_ =1", DAY],
        ["second", Decimal("1.1"), True, AT],
        ["third", "007", None, Flaw("cell_error", "#N/A")],
    ]
    again = tmp_path / "again.xlsx"
    rows = written(again, book.out_of("out.xlsx"), tmp_path, {3: "once more"})
    assert rows == [["Why", "id", "nome", "quando"], ["once more", Decimal("1.1"), True, AT]]


def test_a_dump_becomes_a_workbook_that_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "bens.sql").write_text(DUMP.replace("LONG", "x" * 40_000), encoding="utf-8")
    dump = profile("bens.sql", "bens", 'decimal = ","')
    assert written(tmp_path / "out.xlsx", dump, tmp_path, {2: "first", 3: "second"}) == [
        ["Why", "id", "nome", "quando"],
        ["first", "A", "x", "0,1234567890123456789"],
        ["second", "B", Flaw("cell_error", "#N/A"), Decimal("2.5")],
    ]


def test_text_in_rows_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "bens.csv").write_text(f"id,nome\n1,=1\n\n2\n3,{'x' * 200_000},\n", encoding="latin-1")
    rows = written(tmp_path / "out.csv", profile("bens.csv", "", 'encoding = "latin-1"'), tmp_path,
                   {2: "não…", 4: "short", 5: "long"})  # fmt: skip
    assert rows[:3] == [["Why", "id", "nome"], ["não?", "1", "=1"], ["short", "2"]]
    assert rows[3] == ["long", "3", "x" * 200_000, ""]


def test_whatever_ends_the_writing_leaves_the_file_that_was_there(
    book: Profile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "out.xlsx"
    out.write_text("old")
    with pytest.raises(Invalid) as caught:
        write_errors(out, book, tmp_path, iter([(2, "first"), (9, "gone")]), "Why")
    assert caught.value.faults[0].code == "imports.errors.file_changed"
    monkeypatch.setattr(xlsx_file, "MOST_ROWS", 2)
    with pytest.raises(Invalid) as caught:
        write_errors(out, book, tmp_path, iter([(2, "first"), (3, "second")]), "Why")
    assert (caught.value.faults[0].code, caught.value.faults[0].params["n"]) == ("imports.errors.too_many", 2)
    with pytest.raises(Device):
        write_errors(tmp_path / "nowhere" / "out.xlsx", book, tmp_path, iter(()), "Why")
    assert out.read_text() == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bens.xlsx", "out.xlsx"]
