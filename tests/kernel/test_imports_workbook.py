"""Sheets of workbooks are read with the types of their cells; what is no whole, plain sheet is refused by name."""

from __future__ import annotations

import datetime as dt
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from xlsxwriter import Workbook as Writer

from retaguarda.kernel.errors import Invalid
from retaguarda.kernel.imports import Finding, records, workbook
from retaguarda.kernel.imports.cells import Flaw
from retaguarda.kernel.imports.declared import profiles_of
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.imports.tables import read_rows

HEAD = ["Código", "Nome", "Preço", "Desde", "Hora", "Ativo", "Soma"]
DAY, AT = dt.date(2026, 12, 31), dt.datetime(2026, 12, 31, 8, 5, 7)
PROFILE = """
command = "x.y"
zone = "America/Sao_Paulo"
decimal = ","
dates = "dmy"
file = "livro.xlsx"
table = "Bens"
key = "Código"
[fields]
name = "Nome"
price = { column = "Preço", as = "number" }
since = { column = "Desde", as = "day" }
at = { column = "Hora", as = "instant" }
active = { column = "Ativo", codes = { true = "yes", false = "no" } }
sum = { column = "Soma", as = "number" }
"""


def filled(path: Path) -> None:
    """As another program writes it: openpyxl."""
    book = Workbook()
    sheet = book.active
    sheet.title = "Bens"
    sheet.append(HEAD)
    sheet.append([7, "=não é fórmula", 9.8, DAY, AT, True, 3])
    sheet["B2"].data_type = "s"
    sheet.append([])
    sheet.append(["008", " Zé\nLima ", "1.234,50", "31/12/2026", AT, False, "=A1+1"])
    sheet["C5"] = 0.1 + 0.2
    sheet["A5"] = 10248
    sheet["G5"] = "#N/A"
    sheet["G5"].data_type = "e"
    book.create_sheet("Outra").append(["x"])
    book.create_sheet("Segredo").sheet_state = "hidden"
    book.save(path)


def rows(folder: Path, table: str = "") -> list[tuple[int, list[Any]]]:
    return [(number, list(row)) for number, row in read_rows(folder, Source("livro.xlsx", table), Spelling())]


def test_cells_keep_their_types_and_rows_their_numbers(tmp_path: Path) -> None:
    filled(tmp_path / "livro.xlsx")
    assert rows(tmp_path, "Bens") == rows(tmp_path) == [
        (1, HEAD),
        (2, [Decimal(7), "=não é fórmula", Decimal("9.8"), DAY, AT, True, Decimal(3)]),
        (4, ["008", " Zé\nLima ", "1.234,50", "31/12/2026", AT, False, Flaw("formula_without_value", "=A1+1")]),
        (5, [Decimal(10248), None, Decimal("0.3"), None, None, None, Flaw("cell_error", "#N/A")]),
    ]  # fmt: skip
    assert rows(tmp_path, "Outra") == [(1, ["x"])]


def test_a_record_is_the_same_from_a_typed_cell_and_from_a_written_one(tmp_path: Path) -> None:
    filled(tmp_path / "livro.xlsx")
    (profile,) = profiles_of("livro", PROFILE)
    first, second, last = records(profile, tmp_path)
    same = {"since": "2026-12-31", "at": "2026-12-31T08:05:07-03:00"}
    assert first.payload == {"name": "=não é fórmula", "price": "9.8", "active": "yes", "sum": "3", **same}
    assert second.payload == {"name": "Zé\nLima", "price": "1234.50", "active": "no", **same}
    assert second.findings == (Finding(4, "Soma", "=A1+1", "imports.formula_without_value"),)
    assert last.findings == (Finding(5, "Soma", "#N/A", "imports.cell_error"),)
    assert [record.key for record in (first, second, last)] == ["7", "008", "10248"]
    assert [record.out for record in (first, second, last)] == [False, True, True]


def test_cells_that_are_blank_at_the_end_of_a_row_say_nothing(tmp_path: Path) -> None:
    with Writer(tmp_path / "livro.xlsx") as book:
        sheet = book.add_worksheet("Bens")
        sheet.write_row(0, 0, HEAD)
        sheet.write_row(1, 0, ["1", "Vela"])
    (profile,) = profiles_of("livro", PROFILE)
    (record,) = records(profile, tmp_path)
    assert (record.payload, record.findings, record.out) == ({"name": "Vela"}, (), False)


GATHERED = """
command = "x.y"
file = "livro.xlsx"
key = "id"
leaves_out = { left = ["yes"] }
[fields]
name = { text = "{id} {first}" }
city = "people.city"
[joins.people]
file = "livro.xlsx"
table = "People"
on = "who"
by = "id"
[parts.items]
file = "livro.xlsx"
table = "Items"
by = "order"
sort = "n"
[parts.items.fields]
product = "product"
"""


@pytest.mark.parametrize(
    ("sheet", "cell", "field"),
    [
        ("Orders", "A2", "id"), ("Orders", "B2", "first"), ("Orders", "C2", "who"), ("Orders", "D2", "left"),
        ("People", "B2", "people.city"), ("Items", "B2", "n"), ("Items", "C2", "product"),
        ("Items", "A2", None), ("People", "A2", None),
    ],
)  # fmt: skip
def test_a_cell_that_cannot_be_had_is_found_wherever_it_is_asked_for(
    tmp_path: Path, sheet: str, cell: str, field: str | None
) -> None:
    book = Workbook()
    book.remove(book.active)
    said = {"Orders": ["id first who left", "A Ana p1 no"], "People": ["id city", "p1 Santos"],
            "Items": ["order n product", "A 2 P2", "A 1 P1"]}  # fmt: skip
    for name, lines in said.items():
        page = book.create_sheet(name)
        for line in lines:
            page.append(line.split())
    book[sheet][cell] = "=X1"
    book.save(tmp_path / "livro.xlsx")
    (profile,) = profiles_of("livro", GATHERED)
    if field is None:  # nobody knows whose row it is
        with pytest.raises(Invalid) as caught:
            list(records(profile, tmp_path))
        (fault,) = caught.value.faults
        assert (fault.code, fault.params["row"], fault.params["value"]) == ("imports.whose_row", 2, "=X1")
        return
    record = next(records(profile, tmp_path))
    expected = [Finding(2, field, "=X1", "imports.formula_without_value")]
    assert (list(record.findings), record.out) == (expected, True)
    assert "=X1" not in str(record.payload) + record.key


def test_days_hours_and_signs_of_another_writer(tmp_path: Path) -> None:
    with Writer(tmp_path / "livro.xlsx", {"date_1904": True}) as book:
        sheet = book.add_worksheet()
        shown = [
            book.add_format({"num_format": form})
            for form in ("dd/mm/yy", "hh:mm", "[h]:mm", '0 "dias"', "#,##0.00", 46)
        ]
        sheet.write_row(0, 0, list("abcdefgh"))
        sheet.write_datetime(1, 0, DAY, shown[0])
        for column, value in enumerate((0.25, 1.5, 3, 1e6, 1.5), 1):
            sheet.write_number(1, column, value, shown[column])
        sheet.write_rich_string(1, 6, "meio ", book.add_format({"bold": True}), "forte")
        sheet.write_string(1, 7, "_x0041_")
    assert rows(tmp_path)[1] == (
        2, [DAY, "06:00:00", Decimal("1.5"), Decimal(3), Decimal(1_000_000), Decimal("1.5"), "meio forte", "_x0041_"],
    )  # fmt: skip


def changed(path: Path, change: Callable[[str, bytes], bytes]) -> None:
    """The workbook with some of its parts otherwise."""
    with zipfile.ZipFile(path) as book:
        parts = {name: change(name, book.read(name)) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, data in parts.items():
            book.writestr(name, data)


def in_sheet(old: bytes, new: bytes) -> Callable[[Path], None]:
    def act(path: Path) -> None:
        filled(path)
        changed(path, lambda name, data: data.replace(old, new) if name == "xl/worksheets/sheet1.xml" else data)

    return act


def merged(path: Path) -> None:
    book = Workbook()
    book.active.append(["a", "b"])
    book.active.append(["c", "d"])
    book.active.merge_cells("A2:A3")
    book.save(path)


def cut(path: Path) -> None:
    filled(path)
    path.write_bytes(path.read_bytes()[:-300])


def spoiled(path: Path) -> None:
    filled(path)
    data = bytearray(path.read_bytes())
    at = data.index(b"xl/worksheets/sheet1.xml") + 60
    data[at : at + 40] = b"\x00" * 40
    path.write_bytes(data)


def bomb(path: Path) -> None:
    filled(path)
    changed(path, lambda name, data: data + b" " * 2_000_000 if name == "xl/worksheets/sheet1.xml" else data)


def squeezed(path: Path) -> None:
    filled(path)
    parts = {}
    with zipfile.ZipFile(path) as book:
        parts = {name: book.read(name) for name in book.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as book:
        for name, data in parts.items():
            book.writestr(name, data)


def crowded(path: Path) -> None:
    filled(path)
    changed(path, lambda name, data: data.replace(b"</cellXfs>", b"<xf/>" * 300 + b"</cellXfs>"))


DOCTYPE = b'<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet '


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (lambda path: path.write_text("a;b\n1;2\n"), "imports.workbook.no_workbook"),
        (lambda path: path.write_bytes(b"\xd0\xcf\x11\xe0" * 100), "imports.workbook.no_workbook"),
        (lambda path: path.write_bytes(b""), "imports.workbook.no_workbook"),
        (lambda path: zipfile.ZipFile(path, "w").close(), "imports.workbook.broken"),
        (cut, "imports.workbook.broken"),
        (spoiled, "imports.workbook.broken"),
        (bomb, "imports.workbook.bomb"),
        (merged, "imports.workbook.merged"),
        (in_sheet(b"</sheetData>", b""), "imports.workbook.broken"),
        (in_sheet(b"<worksheet ", DOCTYPE), "imports.workbook.broken"),
        (in_sheet(b'r="A2"', b'r="ZZZ2"'), "imports.workbook.broken"),
        (in_sheet(b't="n"><v>7', b't="s"><v>7'), "imports.workbook.broken"),
        (in_sheet(b"<v>7</v>", b"<v>seven</v>"), "imports.workbook.broken"),
        (in_sheet(b'<row r="2"', b'<row r="0"'), "imports.workbook.broken"),
        (in_sheet(b'<row r="2"', b'<row r="1048577"'), "imports.workbook.broken"),
        (in_sheet(b"</sheetData>", b"<a>" * 200), "imports.workbook.bomb"),
        (squeezed, "imports.workbook.broken"),
        (crowded, "imports.workbook.bomb"),
        (in_sheet(b"<v>7</v>", b"<v>" + b"9" * 1_500_000 + b"</v>"), "imports.workbook.broken"),
    ],
)
def test_what_is_no_whole_sheet_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], reason: str
) -> None:
    monkeypatch.setattr(workbook, "FROM", 1_600_000)
    monkeypatch.setattr(workbook, "MOST_TOLD", 300)
    make(tmp_path / "livro.xlsx")
    with pytest.raises(Invalid) as caught:
        rows(tmp_path)
    (fault,) = caught.value.faults
    assert fault.code == reason
    assert fault.params["file"] == "livro.xlsx"
    assert fault.params.get("cells") == ("A2:A3" if make is merged else None)


def test_a_sheet_is_named_and_seen_and_a_file_is_what_it_is_called(tmp_path: Path) -> None:
    filled(tmp_path / "livro.xlsx")
    said = {"Segredo": "imports.workbook.hidden", "Nada": "imports.workbook.no_sheet"}
    for table, code in said.items():
        with pytest.raises(Invalid) as caught:
            rows(tmp_path, table)
        assert (caught.value.faults[0].code, caught.value.faults[0].params["table"]) == (code, table)
    assert caught.value.faults[0].params["known"] == "Bens, Outra"
    (tmp_path / "livro.xlsx").rename(tmp_path / "livro.csv")
    with pytest.raises(Invalid) as caught:
        list(read_rows(tmp_path, Source("livro.csv"), Spelling()))
    assert caught.value.faults[0].code == "imports.wrong_kind"


def test_memory_does_not_grow_with_the_sheet(tmp_path: Path) -> None:
    peaks = []
    for count in (500, 4_000):
        with Writer(tmp_path / "livro.xlsx") as book:
            sheet = book.add_worksheet()
            for row in range(count):
                sheet.write_row(row, 0, [row, f"Nome {row} do que se vende na loja"])
        tracemalloc.start()
        assert sum(1 for _ in read_rows(tmp_path, Source("livro.xlsx"), Spelling())) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 500_000


def test_a_small_file_takes_little_memory_and_time_whatever_it_holds(tmp_path: Path) -> None:
    wide = b"".join(b'<row r="%d"><c r="XFD%d"><v>1</v></c></row>' % (n, n) for n in range(9, 1_500))
    in_sheet(b"</sheetData>", wide + b"</sheetData>")(tmp_path / "livro.xlsx")
    tracemalloc.start()
    assert sum(1 for _ in read_rows(tmp_path, Source("livro.xlsx"), Spelling())) > 1_400
    assert tracemalloc.get_traced_memory()[1] < 10_000_000
    tracemalloc.stop()
    in_sheet(b"</sheetData>", b"<mergeCell " * 100_000)(tmp_path / "livro.xlsx")
    began = time.process_time()
    with pytest.raises(Invalid):
        rows(tmp_path)
    assert time.process_time() - began < 5
