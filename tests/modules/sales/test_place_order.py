"""An order made and confirmed in one go; a shortage keeps nothing, not even the number."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_placed_order_stands_as_a_confirmed_one(shop: Shop) -> None:
    done = shop.office.do(
        "sales.place_order", customer_id=shop.customer, channel="site", lines=shop.lines((0, "2"), (3, "1"))
    )
    (row,) = done.rows
    assert (row.number, row.state, row.total_amount, row.channel) == (1, "confirmed", 70, "site")
    assert shop.stock(0).reserved == 2
    assert [p.quantity for p in shop.promises(row.id)] == [2, 1]
    path = shop.office.show("process.order_path", {"subject_id": row.id}, "position").rows
    assert [step.state for step in path][:2] == ["done", "now"]
    assert shop.office.check() == []


def test_a_short_order_leaves_a_failure_of_its_customer_and_no_number(shop: Shop) -> None:
    values = {"customer_id": shop.customer, "lines": shop.lines((0, "11"))}
    with refused(shop.office, "sales.place_order.no_stock", also=frozenset({"failure"})) as caught:
        shop.office.do(("sales.place_order", values))
    assert [(x["position"], x["short"]) for x in caught[0].params["lines"]] == [(1, 1)]
    (failure,) = shop.office.show("process.failures").rows
    assert (failure.subject_table, failure.subject_id) == ("party", shop.customer)
    made = shop.office.do(("sales.place_order", {**values, "lines": shop.lines((0, "10"))}))
    assert made.value["number"] == 1
    assert shop.office.show("process.failures").rows == ()


def test_what_is_refused(shop: Shop) -> None:
    values = {"customer_id": shop.customer, "lines": shop.lines()}
    with refused(shop.office, "kernel.missing"):
        shop.office.do(("sales.place_order", {**values, "contact_id": "0" * 32}))
    with refused(shop.office, "kernel.too_few"):
        shop.office.do(("sales.place_order", {**values, "lines": []}))
