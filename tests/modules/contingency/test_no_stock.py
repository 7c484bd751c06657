"""An order that is short: the ways out stand beside the refusal, best first, each of them ready."""

from __future__ import annotations

import datetime as dt

import pytest

from retaguarda.app.headless import Office, check_office
from retaguarda.kernel.errors import Refusal
from tests.helpers.company import acting
from tests.modules.contingency.shortage import PROMISED, TODAY, shop


def test_they_stand_in_the_customers_order_with_day_cost_and_margin(office: Office) -> None:
    store = shop(office)
    store.expect("50", 9)
    found = store.ways(store.order())
    assert list(found) == ["other_warehouse", "transfer", "substitute", "buy", "less", "split"]
    arrival = TODAY + dt.timedelta(days=9)
    assert [(one.day, one.kept, one.counts) for one in found.values()] == [
        *[(PROMISED.isoformat(), True, True)] * 5,
        (arrival.isoformat(), False, True),
    ]
    # Six stainless ones at the price of the others cost three more; the supplier asks 0.20 more for six.
    assert {kind: (one.extra_cost, one.dearer, one.margin) for kind, one in found.items() if one.margin} == {
        "substitute": (None, None, "-3.00"),
        "buy": ("1.20", None, "-1.20"),
    }
    assert [one.why.rsplit(".", 1)[1] for one in found.values()] == ["kind", "kind", "cost", "complete", "kept", "kept"]
    assert list(store.ways(store.order("20"))) == list(found)


MAIN, NORTH = "Estoque principal", "Norte"
STANDS = {
    "other_warehouse": [("Parafuso M8", 20, NORTH)],
    "transfer": [("Parafuso M8", 20, MAIN)],
    "buy": [("Parafuso M8", 20, MAIN)],
    "substitute": [("Parafuso M8", 14, MAIN), ("Parafuso M8 inox", 6, MAIN)],
    "less": [("Parafuso M8", 14, MAIN)],
    "split": [("Parafuso M8", 14, MAIN)],
}
"""The lines of the confirmed order, by the way that was taken."""


def test_each_of_them_confirms_the_order(office: Office) -> None:
    for kind, stands in STANDS.items():
        store = shop(office, code=kind)
        store.expect("50", 9)
        order_id = store.order()
        assert store.take(store.ways(order_id)[kind])["kind"] == f"contingency.kind.{kind}"
        lines = office.show("sales.order_lines", {"order_id": order_id}, sort="position").rows
        assert [(one.name, one.quantity, one.warehouse_name) for one in lines] == stands
        assert office.show("process.failures").rows == ()
        orders = office.show("sales.orders", {"customer_id": store.customer}, sort="-number").rows
        rest = [(12, "confirmed")] if kind == "split" else []
        assert [(order.total_amount, order.state) for order in orders if order.id != order_id] == rest
        assert {order.state for order in orders} == {"confirmed"}
    assert check_office(office.store.url) == []


def test_what_comes_in_time_is_kept_for_it_and_the_work_waits_for_it(office: Office) -> None:
    """Reserved of what is on its way: nothing may be invoiced before it is there, and then it may."""
    store = shop(office, elsewhere="", substitutes=False, supplier=False)
    store.expect("6", 1)
    order_id = store.order()
    found = store.ways(order_id)
    assert list(found) == ["arriving", "less", "negative", "request"]
    store.take(found["arriving"])
    with pytest.raises(Refusal) as waits:
        store.do("sales.invoice_order", order_id=order_id)
    assert (waits.value.code, waits.value.params["day"]) == ("inventory.awaits_goods", TODAY + dt.timedelta(days=1))
    assert office.show("process.failures").rows == ()
    (comes,) = office.show("inventory.expected").rows
    lines = [{"product_id": store.screw, "quantity": "6", "unit_cost": "1", "expected_id": comes.id}]
    store.do("inventory.receive_stock", lines=lines)
    store.do("sales.invoice_order", order_id=order_id)
    assert check_office(office.store.url) == []


def test_nothing_is_offered_that_whoever_asks_may_not_do(office: Office) -> None:
    """A seller neither buys nor moves goods; what was offered to somebody else is refused to them."""
    store = shop(office)
    order_id = store.order()
    everything = store.ways(order_id)
    with acting(office, "sales"):
        assert list(store.ways(order_id)) == ["other_warehouse", "substitute", "less", "request"]
        with pytest.raises(Refusal) as refused:
            store.take(everything["buy"])
        assert refused.value.code == "kernel.forbidden"
    assert {row.state for row in office.show("sales.orders").rows} == {"quotation"}


def test_a_day_later_is_listed_and_never_counted(office: Office) -> None:
    store = shop(office, elsewhere="", substitutes=False, supplier=False)
    store.expect("6", 9)
    found = store.ways(store.order())
    assert {kind: (one.counts, one.kept) for kind, one in found.items()} == {
        "less": (True, True),
        "split": (True, False),
        "negative": (False, True),
        "later": (False, False),
        "request": (False, None),
    }
    store.take(found["later"])
    assert {row.state for row in office.show("sales.orders").rows} == {"confirmed"}


def test_what_is_kept_for_an_order_promised_later_is_taken_when_that_one_can_wait(office: Office) -> None:
    """Both promises stand: the other order is kept from what comes before its day."""
    store = shop(office, elsewhere="", substitutes=False, supplier=False)
    late = (TODAY + dt.timedelta(days=14)).isoformat()
    other = store.order("10", promised_on=late)
    store.do("sales.confirm_order", order_id=other)
    order_id = store.order("10")
    assert "swap" not in store.ways(order_id)
    store.expect("6", 9)
    found = store.ways(order_id)
    assert (next(iter(found)), found["swap"].counts, found["swap"].kept) == ("swap", True, True)
    assert found["swap"].params["numbers"] == ["1"]
    with acting(office, "sales"):
        assert "swap" not in store.ways(order_id)
    promised = [(p.quantity, p.promised_on) for p in office.show("sales.promises", {"order_id": other}).rows]
    store.take(found["swap"])
    assert [(p.quantity, p.promised_on) for p in office.show("sales.promises", {"order_id": other}).rows] == promised
    assert {row.state for row in office.show("sales.orders").rows} == {"confirmed"}
    (comes,) = office.show("inventory.expected").rows
    assert comes.pegged == 6
    assert check_office(office.store.url) == []
