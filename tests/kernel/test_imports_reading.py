"""Files become records by a profile; what cannot be read is a finding, a file that is none is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retaguarda.app.compose import registry
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports import Finding, Profile, Record, demand_fit, profiles_named, records
from retaguarda.kernel.imports.declared import profiles_of
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.imports.tables import read_rows
from retaguarda.modules.process.commands import RecordPastCase

WRITTEN = """
command = "process.record_past_case"
zone = "America/Sao_Paulo"
file = "orders.csv"
key = "id"
steps = { check = "approved" }
[fields]
source = { value = "shoebox" }
outside_key = "id"
outcome = { column = "state", codes = { ok = "delivered" } }
ordered_at = { column = "bought", as = "instant" }
promised_on = { column = "until", as = "day" }
city = { column = "people.city", as = "words" }
[joins.people]
file = "people.csv"
on = "who"
by = "id"
[parts.items]
file = "items.csv"
by = "order"
sort = "n"
[parts.items.fields]
product_key = "product"
price = { column = "price", as = "number" }
quantity = { column = "many", as = "whole" }
"""
ORDERS = "id,state,bought,until,who,approved\n"
GOOD = "A,ok,2026-05-04 10:00:00,2026-05-08 00:00:00,p1,2026-05-04 11:00:00\n"
PEOPLE = "id,city\np1,belo_horizonte\n"
ITEMS = "order,n,product,price,many\nA,10,P2,2.5,1\nB,1,P9,1,1\nA,9,P1,1.00,3\n"


def only(written: str) -> Profile:
    (profile,) = profiles_of("shoebox", written)
    return profile


@pytest.fixture
def profile() -> Profile:
    return only(WRITTEN)


def write(folder: Path, orders: str = GOOD, people: str = PEOPLE, items: str = ITEMS) -> Path:
    for name, said in (("orders", ORDERS + orders), ("people", people), ("items", items)):
        (folder / f"{name}.csv").write_text(said, encoding="utf-8")
    return folder


def read(profile: Profile, folder: Path) -> list[Record]:
    return list(records(profile, folder))


def test_a_record_gathers_what_belongs_to_it(profile: Profile, tmp_path: Path) -> None:
    counted: list[int] = []
    (record,) = records(profile, write(tmp_path), counted.append)
    assert record == Record(
        2,
        "A",
        {
            "source": "shoebox",
            "outside_key": "A",
            "outcome": "delivered",
            "ordered_at": "2026-05-04T10:00:00-03:00",
            "promised_on": "2026-05-08",
            "city": "Belo horizonte",
            "items": [
                {"product_key": "P1", "price": "1.00", "quantity": 3},
                {"product_key": "P2", "price": "2.5", "quantity": 1},
            ],
            "steps": [{"step": "check", "at": "2026-05-04T11:00:00-03:00"}],
        },
    )
    assert sum(counted) == 1 + 3 + 1


def test_what_is_blank_is_not_said(profile: Profile, tmp_path: Path) -> None:
    (record,) = read(profile, write(tmp_path, "B,ok,2026-05-04 10:00:00,,p1,\n"))
    assert "promised_on" not in record.payload
    assert record.payload["steps"] == []
    assert record.findings == ()


@pytest.mark.parametrize(
    ("row", "finding", "out"),
    [
        (GOOD.replace("ok", "lost"), Finding(2, "state", "lost", "imports.unknown_code"), True),
        (
            GOOD.replace("2026-05-04 10", "4/5/26 10"),
            Finding(2, "bought", "4/5/26 10:00:00", "imports.not_instant"),
            True,
        ),
        (GOOD.replace("2026-05-08", "maio"), Finding(2, "until", "maio 00:00:00", "imports.not_day"), True),
        ("," + GOOD[2:], Finding(2, "id", "", "imports.no_key"), True),
        ("A,ok\n", Finding(2, "bought", "", "imports.column_absent"), True),
        (GOOD.replace("p1", "p7"), Finding(2, "who", "p7", "imports.not_found_in", {"file": "people.csv"}), False),
    ],
)
def test_what_cannot_be_read_is_found(
    profile: Profile, tmp_path: Path, row: str, finding: Finding, *, out: bool
) -> None:
    (record,) = read(profile, write(tmp_path, row))
    assert finding in record.findings
    assert record.out is out


@pytest.mark.parametrize(
    ("items", "reason"),
    [
        ("order,n,product,price,many\nA,1,P,ten,1\n", "imports.not_number"),
        ("order,n,product,price,many\nA,1,P,NaN,1\n", "imports.not_number"),
        ("order,n,product,price,many\nA,1,P,1,1.5\n", "imports.not_whole"),
    ],
)
def test_what_cannot_be_read_of_a_part_keeps_its_record_out(
    profile: Profile, tmp_path: Path, items: str, reason: str
) -> None:
    (record,) = read(profile, write(tmp_path, items=items))
    assert [finding.reason for finding in record.findings] == [reason]
    assert record.out


def test_rows_are_numbered_as_the_file_has_them(profile: Profile, tmp_path: Path) -> None:
    found = read(profile, write(tmp_path, GOOD + "\n" + GOOD.replace("A", "B", 1)))
    assert [(record.row, record.key) for record in found] == [(2, "A"), (4, "B")]


def refused(profile: Profile, folder: Path) -> tuple[str, Any]:
    with pytest.raises(Invalid) as caught:
        read(profile, folder)
    return caught.value.faults[0].code, caught.value.faults[0].params


def test_files_that_are_none_are_refused_by_name(profile: Profile, tmp_path: Path) -> None:
    assert refused(profile, tmp_path)[1]["files"] == "orders.csv, people.csv, items.csv"
    (write(tmp_path) / "items.csv").write_bytes(b"order,n,product,price,many\nA,1,\xff,1,1\n")
    assert refused(profile, tmp_path) == ("imports.wrong_encoding", {"file": "items.csv", "encoding": "utf-8-sig"})
    (write(tmp_path) / "items.csv").write_text("order;n\n")
    assert refused(profile, tmp_path)[0] == "imports.column_missing"
    (write(tmp_path) / "items.csv").write_text(f"order,n,product,price,many\nA,1,{'x' * 2_000_000},1,1\n")
    assert refused(profile, tmp_path)[0] == "imports.not_rows"
    (write(tmp_path) / "orders.csv").write_text("nothing\n")
    assert refused(profile, tmp_path) == (
        "imports.column_missing",
        {"file": "orders.csv", "column": "id", "field": "key", "profile": "shoebox.toml", "line": 5},
    )
    (tmp_path / "items.csv").unlink()
    (tmp_path / "items.csv").mkdir()
    assert refused(profile, tmp_path)[0] == "imports.files_missing"


def test_a_row_that_ends_before_a_column_is_found_by_whoever_asks_for_it(tmp_path: Path) -> None:
    written = (
        WRITTEN.replace('"people.city", as = "words"', '"id"').replace('{ column = "id" }', '{ text = "{id} {who}" }')
        + '[leaves_out]\napproved = ["no"]\n'
    )
    (record,) = read(only(written), write(tmp_path, "A,ok,2026-05-04 10:00:00,\n"))
    absent = [(one.field, one.reason) for one in record.findings]
    assert absent == [("approved", "imports.column_absent"), ("who", "imports.column_absent")]
    assert record.out
    assert "city" not in record.payload


def test_a_file_that_says_nothing_of_its_encoding_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes("a,b".encode("utf-16-le"))
    with pytest.raises(Invalid) as caught:
        list(read_rows(tmp_path, Source("a.csv"), Spelling("utf-16")))
    assert caught.value.faults[0].code == "imports.wrong_encoding"


def test_a_file_that_goes_while_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        list(read_rows(tmp_path, Source("gone.csv"), Spelling()))
    assert caught.value.faults == (Fault("path", "imports.file_missing", {"file": "gone.csv"}),)


WRONG, UNKNOWN = "imports.profile.wrong_value", "imports.profile.unknown_word"
SPELLED = """
command = "x.y"
encoding = "cp1252"
zone = "America/Sao_Paulo"
delimiter = ";"
decimal = ","
dates = "dmy"
file = "planilha.csv"
key = "Cód. do cliente"
leaves_out = { Ativo = ["não"] }
[codes.states]
"São Paulo" = "SP"
[fields]
name = { text = "{Nome} {Sobrenome}" }
price = { column = "Preço", as = "number", digits = 2 }
since = { column = "Desde", as = "day" }
at = { column = "Hora", as = "instant" }
kind = { column = "Ativo", codes = { "" = "unknown", "*" = "active" } }
[[fields.addresses]]
purpose = { value = "main" }
state = { column = "UF", codes = "states" }
[[fields.addresses]]
purpose = { value = "other" }
state = { column = "UF 2", codes = "states" }
"""
HEAD = "Cód. do cliente;Nome;Sobrenome;Preço;Desde;Hora;Ativo;UF;UF 2\n"


def test_a_spreadsheet_of_the_country_is_read_as_it_is_written(tmp_path: Path) -> None:
    """Decimal comma, day first, semicolons, an old encoding, several fields of one column and one of several."""
    rows = (
        "1;Ana;Lima;1.234,565;31/12/2026;31/12/2026 8:05:07;;São Paulo;\n"
        "2;;;12,5;;1/2/2026 8:05;sim;;\n"
        "3;Zé;;0,1;;;não;;\n"
        "4;Zé;;1,234.5;12/31/2026;31/12/26;sim;Bahia;\n"
    )
    (tmp_path / "planilha.csv").write_text(HEAD + rows, encoding="cp1252")
    first, second, last = records(only(SPELLED), tmp_path)
    assert first.payload == {
        "name": "Ana Lima",
        "price": "1234.57",
        "since": "2026-12-31",
        "at": "2026-12-31T08:05:07-03:00",
        "kind": "unknown",
        "addresses": [{"purpose": "main", "state": "SP"}],
    }
    assert second.payload == {"price": "12.50", "at": "2026-02-01T08:05:00-03:00", "kind": "active", "addresses": []}
    assert [(f.row, f.field, f.value, f.reason) for f in last.findings] == [
        (5, "Preço", "1,234.5", "imports.not_number"),
        (5, "Desde", "12/31/2026", "imports.not_day"),
        (5, "Hora", "31/12/26", "imports.not_instant"),
        (5, "UF", "Bahia", "imports.unknown_code"),
    ]
    assert (first.out, second.out, last.out) == (False, False, True)


@pytest.mark.parametrize(
    ("before", "after", "reason", "line", "place"),
    [
        ('key = "id"', "key = ", "imports.profile.not_toml", None, None),
        ('key = "id"', 'kee = "id"', UNKNOWN, 5, "kee"),
        ('key = "id"', "", "imports.profile.lacks", 1, ""),
        ('as = "instant"', 'as = "hour"', WRONG, 11, "fields.ordered_at.as"),
        ('as = "instant"', 'how = "instant"', UNKNOWN, 11, "fields.ordered_at.how"),
        ('"America/Sao_Paulo"', '"Mars/Base"', WRONG, 3, "zone"),
        ('"America/Sao_Paulo"', '"UTC"\ndates = "ydm"', WRONG, 4, "dates"),
        ('"orders.csv"', '"../orders.csv"', WRONG, 4, "file"),
        ('by = "order"', "by = 7", WRONG, 20, "parts.items.by"),
        ('city = { column = "people.city"', 'city = { text = "{" } #', WRONG, 13, "fields.city.text"),
        ('city = { column = "people.city"', "city = [7] #", WRONG, 13, "fields.city"),
        ('city = { column = "people.city"', 'city = { text = "{id: b}{id}" } #', WRONG, 13, "fields.city.text"),
        ('city = { column = "people.city"', 'city = { text = "{id!r}{id}" } #', WRONG, 13, "fields.city.text"),
        ('city = { column = "people.city"', 'city = { text = "{}{id}" } #', WRONG, 13, "fields.city.text"),
        ('"America/Sao_Paulo"', '"UTC"\nencoding = "undefined"', WRONG, 4, "encoding"),
        ('"America/Sao_Paulo"', '"UTC"\nencoding = "utf\\u0000"', WRONG, 4, "encoding"),
    ],
)  # fmt: skip
def test_a_profile_that_cannot_be_understood_is_refused_by_line(
    before: str, after: str, reason: str, line: int | None, place: str | None
) -> None:
    with pytest.raises(Invalid) as caught:
        only(WRITTEN.replace(before, after, 1))
    (fault,) = caught.value.faults
    assert (fault.code, fault.params.get("line"), fault.params.get("place")) == (
        reason,
        line,
        place,
    )
    assert fault.params["file"] == "shoebox.toml"


def test_a_profile_fits_its_command_or_is_refused_by_line_column_and_field() -> None:
    commands = {"process.record_past_case": RecordPastCase}
    demand_fit(only(WRITTEN), commands)
    wrong = (
        WRITTEN.replace("ordered_at =", "orderd_at =").replace("price =", "prize =").replace("city = {", "items = {")
    )
    with pytest.raises(Invalid) as caught:
        demand_fit(only(wrong), commands)
    told = [(f.code, f.params["line"], f.params.get("column"), f.params["field"]) for f in caught.value.faults]
    assert told == [
        ("imports.profile.unknown_field", 11, "bought", "orderd_at"),
        ("imports.profile.field_lacks", 7, None, "ordered_at"),
        ("imports.profile.unknown_field", 24, "price", "items.prize"),
        ("imports.profile.field_lacks", 18, None, "items.price"),
    ]
    given = WRITTEN.replace("source = { value", "origin = { value")
    with pytest.raises(Invalid) as caught:
        demand_fit(only(given), commands)
    fault = caught.value.faults[0]
    assert (fault.code, fault.params["field"]) == ("imports.profile.no_field", "origin")
    stepped = SPELLED.replace("[fields]", "[steps]\nship = 'Hora'\n[fields]", 1).replace("x.y", "catalog.add_product")
    with pytest.raises(Invalid) as caught:
        demand_fit(only(stepped), {name: handled.command for name, handled in registry().commands.items()})
    told = [(f.code, f.params["line"], f.params.get("column"), f.params["field"]) for f in caught.value.faults]
    assert ("imports.profile.unknown_field", 14, "Hora", "steps.ship") in told
    with pytest.raises(Invalid) as caught:
        demand_fit(only(WRITTEN.replace("record_past_case", "dance")), commands)
    (fault,) = caught.value.faults
    assert fault.code == "imports.profile.no_command"
    assert fault.params == {"file": "shoebox.toml", "line": 2, "command": "process.dance"}


def test_profiles_come_with_the_program_and_from_the_persons_own_folder(tmp_path: Path) -> None:
    (olist,) = profiles_named("olist")
    assert olist.command == "process.record_past_case"
    assert [mark.step for mark in olist.steps] == ["check", "ship", "deliver"]
    assert [p.name for p in profiles_named("northwind.orders")] == ["northwind.orders"]
    assert {"northwind.customers", "northwind.products", "northwind.suppliers", "northwind.employees"} < {
        profile.name for profile in profiles_named("northwind")
    }
    for profile in (olist, *profiles_named("northwind")):
        demand_fit(profile, {name: handled.command for name, handled in registry().commands.items()})
    (tmp_path / "shoebox.toml").write_text(WRITTEN, encoding="utf-8")
    (tmp_path / "Old List.toml").write_text("", encoding="utf-8")
    assert [p.name for p in profiles_named("shoebox", tmp_path)] == ["shoebox"]
    (tmp_path / "shoebox.toml").write_bytes(b"\xff")
    for name, code in (
        ("shoebox", "profile.not_toml"),
        ("../secret", "unknown_profile"),
        ("olist.x", "unknown_profile"),
    ):
        with pytest.raises(Invalid) as caught:
            profiles_named(name, tmp_path)
        assert caught.value.faults[0].code == f"imports.{code}"
