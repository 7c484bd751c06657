"""Bringing in a past: strange as it is, once, whatever stops it on the way, and out again."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.cli import main
from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office, create_office
from retaguarda.kernel import schema
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.imports import profiles_named
from retaguarda.kernel.imports.profile import Reading
from retaguarda.kernel.stores import open_store
from retaguarda.kernel.text import Texts
from tests.app.history import ORDERS, made, write
from tests.helpers.company import contents

STRANGE = [
    (3, "o2", "items", "process.past.no_items"),
    (4, "o3", "payments", "process.past.paid_differs"),
    (5, "o4", "steps.ship", "process.past.step_early"),
    (6, "o5", "steps.deliver", "process.past.delivered_undated"),
]
CALLED = ["Itens", "Pagamentos", "Etapas: Expedir", "Etapas: Entregar"]
(OLIST,) = profiles_named("olist")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path, made())


@pytest.fixture(autouse=True)
def small_transactions() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(importing, "AT_ONCE", 2)
        yield


def bring(office: Office, folder: Path) -> dict[str, Any]:
    return importing.bring_in(office, OLIST, folder)


def test_all_come_in_and_what_is_strange_is_told(office: Office, folder: Path) -> None:
    told = bring(office, folder)
    assert (told["orders"], told["recorded"], told["known"], told["changed"]) == (ORDERS, ORDERS, 0, True)
    assert (str(told["items_amount"]), str(told["freight_amount"])) == ("60.00", "15.00")
    assert str(told["payments_amount"]) == "174.00"
    assert (told["out_of_order"], told["off_script"], told["base"], told["late"]) == (1, 1, 6, 6)
    assert told["medians_days"] == ["0.0208", "1.9792", "7.0000"]
    assert told["scores"]["mean"] == "3.000"
    assert [(f["row"], f["key"], f["field"], f["reason"]) for f in told["findings"]] == STRANGE
    assert told["rows"] == ORDERS * 5 - 1 + 1
    rows = office.show("imports.findings", sort="place").rows
    assert [Texts("pt_BR").write(row.found_at) for row in rows] == CALLED
    assert told["rows_per_second"] > 0
    assert told["peak_rss_mb"] > 1
    assert office.check() == []
    (batch,) = office.show("imports.batches").rows
    assert (batch.state, batch.recorded, batch.left_out, batch.findings) == ("done", ORDERS, 0, len(STRANGE))


def test_a_second_time_changes_nothing_and_says_so(office: Office, folder: Path) -> None:
    first = bring(office, folder)
    before = contents(office)
    again = bring(office, folder)
    assert contents(office) == before
    assert (again["changed"], again["recorded"], again["known"], again["batch"]) == (False, 0, ORDERS, None)
    assert (again["orders"], again["findings"]) == (first["orders"], first["findings"])


def test_what_changed_since_is_told_and_left_as_it_was(office: Office, folder: Path) -> None:
    bring(office, folder)
    rows = made()
    rows["order_items"][0][5] = "11.00"
    told = bring(office, write(folder, rows))
    assert (told["refused"], told["known"], told["changed"]) == (1, ORDERS - 1, True)
    assert (2, "o1", "imports.changed_since") in [(f["row"], f["key"], f["reason"]) for f in told["findings"]]
    assert str(told["items_amount"]) == "60.00"
    assert not bring(office, folder)["changed"]


def test_the_valid_ones_come_in(office: Office, folder: Path) -> None:
    rows = made()
    rows["orders"][0][3] = "yesterday"
    rows["order_reviews"][1][2] = "9"
    told = bring(office, write(folder, rows))
    assert (told["recorded"], told["unreadable"], told["orders"]) == (ORDERS - 2, 2, ORDERS - 2)
    reasons = [(f["row"], f["field"], f["value"], f["reason"]) for f in told["findings"]]
    assert (2, "order_purchase_timestamp", "yesterday", "imports.not_instant") in reasons
    assert (3, "reviews.1.score", "9", "kernel.too_large") in reasons
    assert not bring(office, folder)["changed"]
    mended = bring(office, write(folder, made()))
    assert (mended["recorded"], mended["known"], mended["orders"]) == (2, ORDERS - 2, ORDERS)


class Killed(BaseException):
    """As far as the office can tell, a kill."""


def test_killed_at_any_stage_and_resumed_gives_the_same(office: Office, folder: Path) -> None:
    left = 0

    def mark(stage: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise Killed

    office.bus.mark = mark
    tries = 0
    while True:
        tries += 1
        left = 9 + tries * 5
        try:
            told = bring(office, folder)
            break
        except Killed:
            office.bus.close()
    office.bus.mark = None
    assert tries > 3
    assert (told["orders"], [(f["row"], f["reason"]) for f in told["findings"]]) == (
        ORDERS,
        [(row, reason) for row, _, _, reason in STRANGE],
    )
    assert office.check() == []
    (batch,) = office.show("imports.batches").rows
    assert (batch.state, batch.recorded) == ("done", ORDERS)


def test_taken_back_it_may_come_again(office: Office, folder: Path) -> None:
    first = bring(office, folder)
    office.do("imports.undo_batch", batch_id=first["batch"])
    assert office.show("process.past_orders").rows == ()
    again = bring(office, folder)
    assert (again["recorded"], again["orders"], again["findings"]) == (ORDERS, ORDERS, first["findings"])
    assert str(again["items_amount"]) == "60.00"
    assert office.check() == []


def test_orders_that_name_their_own_source_have_no_figures_of_one(office: Office, folder: Path) -> None:
    own = replace(OLIST, fields={**OLIST.fields, "source": Reading("order_status")})
    told = importing.bring_in(office, own, folder)
    assert told["recorded"] == ORDERS
    assert "orders" not in told


def test_cut_off_before_there_was_a_company(db_url: str, folder: Path) -> None:
    store = open_store(db_url, create=True)
    schema.make(store, MODULES, {schema.SAMPLE: schema.MADE})
    store.close()
    assert importing.run(folder, db_url, "olist")["orders"] == ORDERS
    assert importing.run(folder, db_url, "olist")["changed"] is False


def test_a_real_company_is_entered_by_name_only(db_url: str, folder: Path) -> None:
    payload = {"name": "Loja", "admin_name": "Ana", "admin_login": "ana", "admin_password": "segredo123"}
    create_office(db_url, payload).close()
    with pytest.raises(Refusal) as caught:
        importing.run(folder, db_url, "olist")
    assert caught.value.code == "company.password_needed"
    assert importing.run(folder, db_url, "olist", person="ana", password="segredo123")["recorded"] == ORDERS


def test_by_the_command_line(sqlite_url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    files = tmp_path / "files"
    files.mkdir()
    write(files, made())
    line = ["import", "--profile", "olist", str(files), "--db", sqlite_url, "--json"]
    assert main(line) == 0
    assert json.loads(capsys.readouterr().out)["recorded"] == ORDERS
    assert main([*line, "--as", "ana"]) == 0
    assert json.loads(capsys.readouterr().out)["changed"] is False
    assert main(line) == 0
    assert json.loads(capsys.readouterr().out)["known"] == ORDERS
    assert main(["import", "--profile", "shoebox", str(files), "--db", sqlite_url, "--json"]) == 2
    assert "imports.unknown_profile" in capsys.readouterr().out
    assert main(["import", "--profile", "olist", str(tmp_path), "--db", sqlite_url, "--json"]) == 2
    assert "imports.files_missing" in capsys.readouterr().out


def test_the_same_row_twice_comes_in_once_and_the_rest_with_it(office: Office, folder: Path) -> None:
    rows = made()
    rows["orders"].insert(1, list(rows["orders"][0]))
    told = bring(office, write(folder, rows))
    assert (told["records"], told["recorded"], told["known"]) == (ORDERS + 1, ORDERS, 1)
    assert told["orders"] == ORDERS
    assert not bring(office, folder)["changed"]


@pytest.mark.parametrize("value", ["12\x01\x02", "1\n2\n3", "9" * 5_000, "=1+1\t\r\n", "\u2028\x7f\x85"])
def test_whatever_stands_in_a_cell_keeps_no_other_order_out(office: Office, folder: Path, value: str) -> None:
    rows = made()
    rows["order_payments"][0][4] = value
    rows["orders"][1][0] = f"o2{value}"[:200]
    rows["order_reviews"][2][0] = f"r{value}"
    told = bring(office, write(folder, rows))
    assert told["records"] == ORDERS
    assert told["recorded"] >= ORDERS - 3
    assert told["recorded"] + told["unreadable"] + told["refused"] == ORDERS
    assert (told["recorded"], told["unreadable"]) != (1, 2)
    assert [f for f in told["findings"] if f["row"] == 2]
    assert office.check() == []


def test_of_a_record_that_is_wrong_all_over_the_first_hundred_findings_are_kept(office: Office, folder: Path) -> None:
    rows = made()
    rows["order_payments"] += [["o1", str(n), "boleto", "1", "much"] for n in range(2, 252)]
    told = bring(office, write(folder, rows))
    mine = [f for f in told["findings"] if f["row"] == 2]
    assert (len(mine), mine[-1]["reason"], mine[-1]["params"]) == (100, "imports.more_findings", {"n": 151})
    assert (told["recorded"], told["unreadable"]) == (ORDERS - 1, 1)
