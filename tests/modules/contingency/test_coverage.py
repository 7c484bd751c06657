"""Every failure in its standard situation: what comes back, the first way taken, and the order driven to its end."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app.drill import SITUATIONS
from retaguarda.app.drill.coverage import ENOUGH, answered, bring_about
from retaguarda.app.drill.scene import Failed, Scene
from retaguarda.app.headless import Office, check_office
from tests.helpers.company import acting
from tests.helpers.terminal import DEFECT, DONE, Terminal

BY_DOCUMENT = {
    "transfer": ("inventory.receive_transfer", "transfer_id"),
    "purchase_order": ("purchasing.receive_order", "order_id"),
}
BROKEN = "inventory.reservation_broken"
"""Stays open where the order went on without what it had lost."""


def end(office: Office, order_id: str) -> None:
    """Receives what the order waits for, bills it, and brings it to the customer."""
    for row in office.show("inventory.expected").rows:
        if row.pegged:
            name, field = BY_DOCUMENT[row.document_table]
            office.do((name, {field: row.document_id}))
    order = office.one("sales.orders", order_id)
    if order.invoiced_at is None:
        office.do("sales.invoice_order", order_id=order_id)
    # Goods that leave once more leave at another moment.
    office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
    for row in office.show("delivery.orders_to_pick", {"id": order_id}).rows:
        if row.pick_list_id is None:
            office.do("delivery.pick_order", order_id=order_id)
        else:
            for stop in office.show("delivery.pick_stops", {"pick_list_id": row.pick_list_id}).rows:
                office.do("delivery.type_pick", task_id=stop.id, quantity=str(stop.left))
    for _ in office.show("delivery.orders_to_ship", {"id": order_id}).rows:
        office.do("delivery.ship_order", order_id=order_id)
    if order.state != "closed":
        office.do("delivery.deliver_order", order_id=order_id, receiver_name="Helena")


def taken(office: Office, failed: Failed, nth: int = 0) -> str:
    """Takes a way; the order that comes of it."""
    remedy = failed.remedies[nth]
    return str(office.do((remedy.command, remedy.payload)).value["id"])


def test_the_first_way_of_every_failure_drives_its_order_to_the_end(office: Office) -> None:
    for number, code in enumerate(SITUATIONS):
        failed = bring_about(office, code, f"F{number}")
        assert (failed.left_out, failed.counting >= ENOUGH) == ((), True), code
        order_id = taken(office, failed)
        end(office, order_id)
        assert office.one("sales.orders", order_id).state == "closed", code
    assert [row.came for row in office.show("contingency.choices").rows] == ["kept"] * len(SITUATIONS)
    assert [row.code for row in office.show("process.failures").rows if row.code != BROKEN] == []
    assert check_office(office.store.url) == []


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_every_way_that_counts_does(office: Office) -> None:
    """Whichever is taken, the order ends with no other decision."""
    for code in ("sales.sell_at_counter.no_stock", "sales.amend_order.no_stock", "sales.confirm_order.credit"):
        count = bring_about(office, code, f"{code[6]}0").counting
        for nth in range(count):
            failed = bring_about(office, code, f"{code[6]}{nth + 1}")
            order_id = taken(office, failed, nth)
            end(office, order_id)
            assert office.one("sales.orders", order_id).state == "closed", (code, failed.remedies[nth].reason)
    assert check_office(office.store.url) == []


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_two_tills_with_buyers_without_a_name_do_not_see_each_others_ways(office: Office) -> None:
    scene = Scene(office, "T")
    mine = scene.fails("sales.sell_at_counter", {"lines": scene.lines(), "cash_amount": "40"})
    with acting(office, "sales"):
        theirs = scene.fails("sales.sell_at_counter", {"lines": scene.lines("15"), "cash_amount": "40"})
    assert {one.payload["failure_id"] for one in mine.remedies}.isdisjoint(
        one.payload["failure_id"] for one in theirs.remedies
    )
    assert taken(office, mine)
    (sold,) = office.show("sales.counter_sales").rows
    assert sold.total_amount == 40


def test_the_command_line_tells_of_every_failure_the_program_knows(capsys: pytest.CaptureFixture[str]) -> None:
    said = Terminal("", capsys).call("coverage")
    told: dict[str, Any] = said.said
    failures = told["failures"]
    assert (told["answered"], answered()) == (len(SITUATIONS), frozenset(SITUATIONS))
    assert [one["kind"] for one in failures["sales.confirm_order.no_stock"]["remedies"]] == [
        "other_warehouse",
        "transfer",
        "substitute",
        "buy",
        "less",
        "negative",
    ]
    assert set(SITUATIONS).isdisjoint(told["without_plan"])
    assert said.code == (DEFECT if told["without_plan"] else DONE)


def test_the_situations_are_told() -> None:
    told = Path("docs/plan-b.md").read_text("utf-8")
    assert [code for code in SITUATIONS if f"| `{code}` |" not in told] == []
