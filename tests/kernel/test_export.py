"""Files: real types, totals, texts that stay texts, nothing half under the name."""

from __future__ import annotations

import csv
import datetime as dt
import tracemalloc
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from retaguarda.kernel.errors import Device
from retaguarda.kernel.export import FILE_KINDS, FileKind, Sheet, SheetColumn, write_file
from retaguarda.kernel.lanes import Cancelled, Token, current_token, go_on
from retaguarda.kernel.text import Texts
from tests.helpers.paper_reader import read_pages, tight

NASTY = ("=1+1", "+55 11 99999-0000", "-2", "@SUM(A1)", "\t=x", "Parafuso; 'M8'", '"aspas"', "linha\ndois", "Ção")
DAY = dt.date(2026, 11, 23)
COLUMNS = (
    SheetColumn("Nome", "name"),
    SheetColumn("Dia", "day"),
    SheetColumn("Quantidade", "quantity"),
    SheetColumn("Valor", "money"),
    SheetColumn("Margem", "rate"),
)


def _rows() -> list[tuple[Any, ...]]:
    return [(name, DAY, Decimal("1.5"), Decimal("-1234.50"), Decimal("0.1250")) for name in NASTY]


def _sheet(language: str = "pt_BR", rows: Sequence[tuple[Any, ...]] | None = None) -> Sheet:
    held = _rows() if rows is None else rows
    total = (None, None, None, sum((row[3] for row in held), Decimal(0)), None)
    return Sheet("Vendas", ("De: 01/11/2026",), COLUMNS, lambda: iter(held), lambda: total, Texts(language))


def test_a_workbook_has_real_types_totals_and_no_formula(tmp_path: Path) -> None:
    path = write_file(tmp_path / "v.xlsx", "xlsx", _sheet())
    page = load_workbook(path).active
    assert page is not None
    rows = list(page.iter_rows())
    assert (rows[0][0].value, rows[1][0].value) == ("Vendas", "De: 01/11/2026")
    assert [cell.value for cell in rows[3]] == [column.title for column in COLUMNS]
    for cells, name in zip(rows[4:-1], NASTY, strict=True):
        assert (cells[0].value, cells[0].data_type) == (name, "s")
        assert cells[1].value.date() == DAY
        assert [cell.value for cell in cells[2:]] == [1.5, -1234.5, 0.125]
        assert [cell.data_type for cell in cells[2:]] == ["n", "n", "n"]
        assert cells[3].number_format == "#,##0.00"
    assert (rows[-1][0].value, rows[-1][3].value) == ("Total", -1234.5 * len(NASTY))


@pytest.mark.parametrize(("language", "separator", "amount"), [("pt_BR", ";", "-1234,50"), ("en", ",", "-1234.50")])
def test_csv_is_what_the_spreadsheets_of_the_country_open(
    tmp_path: Path, language: str, separator: str, amount: str
) -> None:
    path = write_file(tmp_path / "v.csv", "csv", _sheet(language))
    assert path.read_bytes().startswith(b"\xef\xbb\xbfNome" + separator.encode())
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, *rows, total = csv.reader(file, delimiter=separator)
    assert head == [column.title for column in COLUMNS]
    for row, name in zip(rows, NASTY, strict=True):
        assert row[0] == (f"'{name}" if name[0] in "=+-@\t" else name)
        assert row[3] == amount
    assert total[0] == "Total"


def test_paper_says_the_same(tmp_path: Path) -> None:
    path = write_file(tmp_path / "v.pdf", "pdf", _sheet(), "Materiais Aurora")
    said = tight(*(piece.text for page in read_pages(path.read_bytes()) for piece in page.pieces))
    for word in ("Materiais Aurora", "Vendas", "De: 01/11/2026", "-1.234,50", "12,5%", "-11.110,50"):
        assert tight(word) in said, word


@pytest.mark.parametrize("kind", FILE_KINDS)
def test_what_was_cut_off_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, kind: Any) -> None:
    path = tmp_path / f"v.{kind}"
    path.write_text("old")
    token = Token()

    def read() -> Iterator[tuple[Any, ...]]:
        for number, row in enumerate(_rows() * 1000):
            if number == 700:
                token.cancel()
            go_on()
            yield row

    marker = current_token.set(token)
    try:
        with pytest.raises(Cancelled):
            write_file(path, kind, Sheet("Vendas", (), COLUMNS, read, lambda: None, Texts("en")))
    finally:
        current_token.reset(marker)
    assert path.read_text() == "old"
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_folder_that_takes_no_file_is_said(tmp_path: Path, kind: FileKind) -> None:
    with pytest.raises(Device) as refused:
        write_file(tmp_path / "nowhere" / f"v.{kind}", kind, _sheet())
    assert refused.value.code == "shell.file_not_written"


def test_many_rows_are_never_held(tmp_path: Path) -> None:
    row = _rows()[0]

    def read() -> Iterator[tuple[Any, ...]]:
        yield from (row for _ in range(20_000))

    sheet = Sheet("Vendas", (), COLUMNS, read, lambda: None, Texts("pt_BR"))
    write_file(tmp_path / "warm.xlsx", "xlsx", _sheet())
    tracemalloc.start()
    try:
        write_file(tmp_path / "v.xlsx", "xlsx", sheet)
        write_file(tmp_path / "v.csv", "csv", sheet)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 3_000_000
