"""Files become records by a profile; what cannot be read is a finding, a file that is none is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports import Finding, Profile, Record, profile_named, records
from retaguarda.kernel.imports.profile import profile_of
from retaguarda.kernel.imports.staging import read_rows

DATA: dict[str, Any] = {
    "command": "process.record_past_case",
    "zone": "America/Sao_Paulo",
    "file": "orders.csv",
    "key": "id",
    "fields": {
        "source": {"value": "shoebox"},
        "outside_key": "id",
        "outcome": {"column": "state", "codes": {"ok": "delivered"}},
        "ordered_at": {"column": "bought", "as": "instant"},
        "promised_on": {"column": "until", "as": "day"},
        "city": {"column": "people.city", "as": "words"},
    },
    "steps": {"check": "approved"},
    "joins": {"people": {"file": "people.csv", "on": "who", "by": "id"}},
    "parts": {
        "items": {
            "file": "items.csv",
            "by": "order",
            "sort": "n",
            "fields": {
                "product_key": "product",
                "price": {"column": "price", "as": "number"},
                "quantity": {"column": "many", "as": "whole"},
            },
        }
    },
}
ORDERS = "id,state,bought,until,who,approved\n"
GOOD = "A,ok,2026-05-04 10:00:00,2026-05-08 00:00:00,p1,2026-05-04 11:00:00\n"
PEOPLE = "id,city\np1,belo_horizonte\n"
ITEMS = "order,n,product,price,many\nA,10,P2,2.5,1\nB,1,P9,1,1\nA,9,P1,1.00,3\n"


@pytest.fixture
def profile() -> Profile:
    return profile_of("shoebox", DATA)


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
    assert refused(profile, tmp_path) == ("imports.column_missing", {"file": "orders.csv", "columns": "id"})
    (tmp_path / "items.csv").unlink()
    (tmp_path / "items.csv").mkdir()
    assert refused(profile, tmp_path)[0] == "imports.files_missing"


def test_a_file_that_goes_while_it_is_read(tmp_path: Path) -> None:
    with pytest.raises(Invalid) as caught:
        list(read_rows(tmp_path / "gone.csv", "utf-8"))
    assert caught.value.faults == (Fault("path", "imports.file_missing", {"file": "gone.csv"}),)


def test_every_profile_that_comes_with_the_program_is_whole() -> None:
    olist = profile_named("olist")
    assert olist.command == "process.record_past_case"
    assert [mark.step for mark in olist.steps] == ["check", "ship", "deliver"]
    with pytest.raises(Invalid) as caught:
        profile_named("../secret")
    assert caught.value.faults[0].code == "imports.unknown_profile"
