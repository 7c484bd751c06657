"""What the database itself refuses, whoever writes into it and by whatever road."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from retaguarda.kernel import case, series
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.unit import Unit
from tests.helpers.toyshop import MoveGoods, Play, RenameShelf, Shelf, Shop, ToyPaper, playing


def play(shop: Shop, act: Any) -> Mapping[str, Any]:
    with playing("test", act):
        return shop.do(Play(what="test")).value


def refused_by_the_database(shop: Shop, sql: str, code: str) -> None:
    before = shop.contents()
    with pytest.raises(DBAPIError, match=code):
        shop.sql(sql)
    assert shop.changed(before) == set()


@pytest.fixture
def goods(shop: Shop) -> Shop:
    """A shop with one shelf, renamed, with goods, and a number given out."""
    shelf = shop.shelf()
    shop.do(MoveGoods(shelf_id=shelf, quantity=Decimal(2)))
    shop.do(RenameShelf(shelf_id=shelf, name="B"))
    play(shop, lambda unit: {"n": series.next_number(unit, ToyPaper, str(unit.actor.branch_id), by="order")})
    return shop


@pytest.mark.parametrize("table", ["toy_shelf", "command_journal", "row_audit", "outbox", "number_series"])
def test_records_are_never_deleted(goods: Shop, table: str) -> None:
    assert goods.sql(f"SELECT * FROM {table}")
    refused_by_the_database(goods, f"DELETE FROM {table}", "kernel.(never_deleted|append_only)")


@pytest.mark.parametrize("sql", ["UPDATE toy_move SET quantity = 1", "DELETE FROM toy_move"])
def test_a_ledger_only_grows(goods: Shop, sql: str) -> None:
    refused_by_the_database(goods, sql, "kernel.append_only")


@pytest.mark.parametrize("change", ["state = 'open'", "outcome = ''", "payload = ''", "name = 'x'", "at = at"])
def test_a_closed_journal_row_is_immutable(goods: Shop, change: str) -> None:
    refused_by_the_database(goods, f"UPDATE command_journal SET {change}", "kernel.journal_closed")


def test_a_ledger_row_hangs_on_a_journal_row(goods: Shop) -> None:
    shelf = goods.sql("SELECT id FROM toy_shelf")[0].id
    at = goods.sql("SELECT at FROM toy_move")[0].at
    values = f"'{new_id()}', '{new_id()}', '{at}', '{shelf}', 1"
    sql = f"INSERT INTO toy_move (id, command_id, at, shelf_id, quantity) VALUES ({values})"
    refused_by_the_database(goods, sql, "(?i)foreign.key")


def test_every_update_keeps_what_it_changed_before_and_after(goods: Shop) -> None:
    rows = goods.sql(
        "SELECT table_name, row_id, command_id, before, after FROM row_audit WHERE table_name = 'toy_shelf'"
    )
    assert len(rows) == 1
    before, after = _json(rows[0].before), _json(rows[0].after)
    assert (before["name"], before["version"], after["name"], after["version"]) == ("A", 1, "B", 2)
    assert set(before) == set(after) == {"name", "version"}
    assert str(rows[0].command_id).replace("-", "") == last_command(goods)
    refused_by_the_database(goods, "UPDATE row_audit SET row_id = row_id", "kernel.append_only")


def last_command(goods: Shop) -> str:
    found = goods.sql("SELECT id FROM command_journal WHERE name = 'toyshop.rename_shelf'")
    return str(found[0].id).replace("-", "")


def _json(value: Any) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(value) if isinstance(value, str) else value
    return found


def test_a_raw_update_is_kept_too(goods: Shop) -> None:
    goods.sql("UPDATE toy_shelf SET name = 'C', version = 3")
    rows = goods.sql("SELECT after FROM row_audit WHERE table_name = 'toy_shelf' ORDER BY id")
    assert _json(rows[-1].after)["name"] == "C"


def test_a_refused_change_leaves_no_trace_in_the_audit(goods: Shop) -> None:
    shelf = str(goods.sql("SELECT id FROM toy_shelf")[0].id).replace("-", "")

    def changes_and_refuses(unit: Unit) -> None:
        unit.revise(Shelf, unit.get(Shelf, shelf), name="D")
        raise Refusal("toyshop.no")

    before = goods.contents()
    with pytest.raises(Refusal):
        play(goods, changes_and_refuses)
    assert goods.changed(before) == {"command_journal"}


def test_numbers_run_without_a_gap_even_where_one_is_refused(goods: Shop) -> None:
    branch = goods.actor.branch_id
    assert branch

    def number(unit: Unit) -> Mapping[str, Any]:
        return {"n": series.next_number(unit, ToyPaper, branch, by="order")}

    def takes_and_refuses(unit: Unit) -> None:
        number(unit)
        raise Refusal("toyshop.no")

    assert play(goods, number)["n"] == 2
    with pytest.raises(Refusal):
        play(goods, takes_and_refuses)
    assert play(goods, number)["n"] == 3
    assert play(goods, lambda unit: {"n": series.next_number(unit, ToyPaper, branch, by="invoice")})["n"] == 1
    assert play(goods, lambda unit: {"n": series.next_number(unit, ToyPaper, branch, by="order", device="7")})["n"] == 1
    assert play(goods, lambda unit: {"n": series.next_number(unit, ToyPaper, new_id(), by="order")})["n"] == 1


@pytest.mark.parametrize("change", ["last + 2", "last - 1", "last", "0"])
def test_a_series_never_skips_or_repeats(goods: Shop, change: str) -> None:
    refused_by_the_database(goods, f"UPDATE number_series SET last = {change}", "kernel.series_gap")


def open_case(unit: Unit) -> Mapping[str, Any]:
    subject = unit.new_id()
    case_id = case.open_case(
        unit, "order", subject=("toy_shelf", subject), title="A", branch_id=str(unit.actor.branch_id)
    )
    case.open_step(unit, case_id, "check", position=1, department="sales")
    return {"case_id": case_id, "subject_id": subject}


def test_a_case_walks_along_its_steps(shop: Shop) -> None:
    opened = play(shop, open_case)
    case_id, subject = opened["case_id"], opened["subject_id"]

    def moves_on(unit: Unit) -> None:
        row = case.case_of(unit, subject)
        assert row is not None
        assert (row.case_id, row.step_name, row.step_department) == (case_id, "check", "sales")
        case.close_step(unit, row)
        case.open_step(unit, case_id, "invoice", position=2, department="finance")

    def ends(unit: Unit) -> None:
        row = case.case_of(unit, subject)
        assert row is not None
        case.close_step(unit, row, case.SKIPPED)
        case.close_case(unit, row, "delivered")

    play(shop, moves_on)
    play(shop, ends)
    steps = shop.sql("SELECT name, state FROM case_step ORDER BY position")
    assert [tuple(r) for r in steps] == [("check", "done"), ("invoice", "skipped")]
    head = shop.sql("SELECT state, outcome FROM case_head")[0]
    assert tuple(head) == ("closed", "delivered")


def test_a_case_has_one_open_step(shop: Shop) -> None:
    case_id = play(shop, open_case)["case_id"]
    before = shop.contents()
    with pytest.raises(Refusal) as refused:
        play(shop, lambda unit: {"id": case.open_step(unit, case_id, "invoice", position=2, department="finance")})
    assert refused.value.params["guard"] == "uq_case_step_case_id"
    assert shop.changed(before) == {"command_journal"}


def test_a_subject_has_one_case(shop: Shop) -> None:
    subject = play(shop, open_case)["subject_id"]
    with pytest.raises(Refusal):
        play(
            shop,
            lambda unit: {
                "id": case.open_case(unit, "order", subject=("toy_shelf", subject), title="B", branch_id=subject)
            },
        )


def test_a_case_may_be_marked_off_script(shop: Shop) -> None:
    subject = play(shop, open_case)["subject_id"]
    play(shop, lambda unit: case.mark_off_script(unit, case.case_of(unit, subject)))
    assert [bool(r.off_script) for r in shop.sql("SELECT off_script FROM case_head")] == [True]
