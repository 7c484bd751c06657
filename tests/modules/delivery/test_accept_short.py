"""Going on with what was found: that much is shipped and billed, the rest leaves the order, the promise is judged."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

CONSENT = {"consent_by": "Maria Souza", "consent_channel": "phone", "consent_note": "pode vir o que há"}


def ended_short(shop: Shop, *asked: tuple[int, str], found: str = "3", **more: Any) -> str:
    """A confirmed order of a company that bills what was shipped, of whose first line only so much was found."""
    shop.set(invoice_policy="shipped")
    order = shop.order("confirm", [(shop.products[n], quantity) for n, quantity in asked or ((2, "5"),)], **more)
    pick_list = shop.office.do("delivery.start_picking", order_id=order).value["id"]
    for stop in shop.office.show("delivery.pick_stops", {"pick_list_id": pick_list}, sort="turn").rows:
        short = stop.code == "P-3"
        if not short or Decimal(found):
            shop.office.do("delivery.type_pick", task_id=stop.id, quantity=found if short else stop.quantity)
        if short:
            shop.office.do("delivery.short_pick", task_id=stop.id, reason="missing")
    assert shop.office.one("delivery.pick_lists", pick_list).state == "short"
    return order


def test_what_was_found_is_shipped_and_billed_and_the_rest_is_free(shop: Shop) -> None:
    order = ended_short(shop, (2, "5"), (0, "2"), payment_terms="3x")
    (waiting,) = shop.office.show("delivery.orders_to_pick").rows
    assert waiting.allowed == ("delivery.start_picking", "delivery.pick_order", "delivery.accept_short")
    assert shop.office.one("delivery.order_steps", order).allowed == ("delivery.pick_order", "delivery.accept_short")
    done = shop.office.do("delivery.accept_short", order_id=order, version=waiting.version, **CONSENT)
    assert (done.value["lines"], done.rows[0].state) == (1, "packed")
    assert shop.office.show("process.failures").rows == ()
    shop.step("ship", order)
    stock = {row.product_id: row for row in shop.office.show("inventory.availability").rows}
    missing = stock[shop.products[2]]
    assert (missing.on_hand, missing.reserved) == (7, 0), "what was not found is nobody's any more"
    invoice = shop.office.one("billing.invoices", shop.step("invoice", order).value["invoice_id"])
    assert invoice.total_amount == Decimal(3 * 30 + 2 * 10) == shop.office.one("sales.orders", order).total_amount
    dues = shop.office.show("billing.receivables", {"invoice_id": invoice.id}).rows
    assert sorted(row.due_amount for row in dues) == [Decimal("36.66"), Decimal("36.67"), Decimal("36.67")]
    assert shop.step("deliver", order).rows[0].kept is True
    promises = shop.office.show("sales.promises", {"order_id": order, "current": True}).rows
    assert {(row.quantity, row.kept) for row in promises} == {(Decimal(3), True), (Decimal(2), True)}
    assert shop.office.check() == []


def test_without_consent_the_promise_stands_and_is_broken(shop: Shop) -> None:
    order = ended_short(shop, (2, "5"), (0, "2"), found="0")
    shop.office.do("delivery.accept_short", order_id=order)
    (line,) = shop.office.show("sales.order_lines", {"order_id": order}).rows
    assert line.product_id == shop.products[0], "of the other nothing was found: it is no line of the order any more"
    for step in ("ship", "invoice"):
        shop.step(step, order)
    assert shop.step("deliver", order).rows[0].kept is False
    promises = shop.office.show("sales.promises", {"order_id": order, "current": True}).rows
    assert {(row.quantity, row.kept) for row in promises} == {(Decimal(5), False), (Decimal(2), True)}
    assert shop.office.check() == []


def test_discounts_are_those_of_what_was_found(shop: Shop) -> None:
    shop.set(invoice_policy="shipped")
    lines = [{"product_id": shop.products[2], "quantity": "7", "unit_price": "3.3333", "discount_rate": "0.0333"}]
    order = shop.office.do("sales.place_order", customer_id=shop.customer, lines=lines).value["id"]
    pick_list = shop.office.do("delivery.start_picking", order_id=order).value["id"]
    (stop,) = shop.office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows
    shop.office.do("delivery.type_pick", task_id=stop.id, quantity="4")
    shop.office.do("delivery.short_pick", task_id=stop.id, reason="missing")
    shop.office.do("delivery.accept_short", order_id=order)
    shop.step("ship", order)
    card = shop.office.one("sales.order_card", order)
    shop.step("invoice", order)
    (invoice,) = shop.office.show("billing.invoices", {"source_id": order}).rows
    assert (card.gross_amount, card.discount_amount) == (Decimal("13.33"), Decimal("0.44"))
    assert invoice.total_amount == card.total_amount == Decimal("12.89")
    assert shop.office.check() == []


def test_what_was_billed_and_not_found_is_credited(shop: Shop) -> None:
    order = shop.order("invoice", [(shop.products[2], "5"), (shop.products[1], "2")])
    pick_list = shop.office.do("delivery.start_picking", order_id=order).value["id"]
    stops = {s.code: s for s in shop.office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows}
    shop.office.do("delivery.type_pick", task_id=stops["P-3"].id, quantity="3")
    shop.office.do("delivery.short_pick", task_id=stops["P-3"].id, reason="missing")
    shop.office.do("delivery.short_pick", task_id=stops["P-2"].id, reason="missing")
    (waiting,) = shop.office.show("delivery.orders_to_pick").rows
    assert "delivery.accept_short" in waiting.allowed
    assert "delivery.accept_short" in shop.office.one("delivery.order_steps", order).allowed
    with acting(shop.office, "sales"):
        shop.office.do("delivery.accept_short", order_id=order)
    assert shop.office.one("sales.orders", order).total_amount == 90
    (invoice,) = shop.office.show("billing.invoices", {"source_id": order}).rows
    owed = shop.office.show("billing.receivables", {"invoice_id": invoice.id}).rows
    assert (invoice.total_amount, sum(row.open_amount for row in owed)) == (190, 90)
    for step in ("ship", "deliver"):
        shop.step(step, order)
    assert shop.office.one("sales.orders", order).state == "closed"
    assert shop.office.check() == []


def test_of_a_kit_whole_ones_are_kept(shop: Shop) -> None:
    kit = shop.office.do("catalog.add_product", code="K-1", name="Kit", price="100").value["id"]
    parts = [{"component_id": shop.products[0], "quantity": "2"}, {"component_id": shop.products[2], "quantity": "1"}]
    shop.office.do("inventory.set_kit", product_id=kit, parts=parts)
    shop.set(invoice_policy="shipped")
    order = shop.order("confirm", [(kit, "3")])
    pick_list = shop.office.do("delivery.start_picking", order_id=order).value["id"]
    for stop in shop.office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows:
        taken = "1" if stop.code == "P-3" else stop.quantity
        shop.office.do("delivery.type_pick", task_id=stop.id, quantity=taken)
        if stop.code == "P-3":
            shop.office.do("delivery.short_pick", task_id=stop.id, reason="missing")
    shop.office.do("delivery.accept_short", order_id=order)
    (line,) = shop.office.show("sales.order_lines", {"order_id": order}).rows
    assert line.quantity == 1
    for step in ("ship", "invoice", "deliver"):
        shop.step(step, order)
    (invoice,) = shop.office.show("billing.invoices", {"source_id": order}).rows
    assert invoice.total_amount == 100
    stock = {row.product_id: (row.on_hand, row.reserved) for row in shop.office.show("inventory.availability").rows}
    assert (stock[shop.products[0]], stock[shop.products[2]]) == ((8, 0), (9, 0))
    assert shop.office.check() == []


def test_what_comes_back_goes_out_again_as_it_was_shortened(shop: Shop) -> None:
    order = ended_short(shop)
    shop.office.do("delivery.accept_short", order_id=order, **CONSENT)
    shop.step("ship", order)
    shop.office.do("delivery.return_shipment", order_id=order, reason="cliente viajou")
    shop.office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    with refused(shop.office, "sales.invoice_order.not_shipped"):
        shop.step("invoice", order)
    for step in ("pick", "ship", "invoice", "deliver"):
        shop.step(step, order)
    assert shop.office.one("sales.orders", order).total_amount == 90
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    office, short = shop.office, "delivery.accept_short"
    waits = shop.order("confirm", [(shop.products[1], "1")])
    with refused(office, "delivery.accept_short.not_short"):
        office.do(short, order_id=waits)
    nothing = ended_short(shop, found="0")
    with refused(office, "delivery.accept_short.nothing_found"):
        office.do(short, order_id=nothing)
    office.do("sales.cancel_order", order_id=nothing, reason="não há")
    office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    office.do("inventory.receive_stock", lines=[{"product_id": shop.products[2], "quantity": "1"}])
    order = ended_short(shop)
    for missing, said in (
        ("consent_channel", {"consent_by": "Maria"}),
        ("consent_by", {"consent_channel": "phone"}),
    ):
        with refused(office, "kernel.required") as caught:
            office.do((short, {"order_id": order, **said}))
        assert caught[0].faults[0].field == missing  # type: ignore[attr-defined]
    with refused(office, "kernel.stale"):
        office.do(short, order_id=order, version=1)
    for role in ("picking", "shipping", "finance"):
        with acting(office, role), refused(office, "kernel.forbidden"):
            office.do(short, order_id=order)
    with acting(office, "sales"):
        office.do(short, order_id=order)
    with refused(office, "delivery.out_of_turn"):
        office.do(short, order_id=order)


def test_a_list_that_is_open_is_finished_first(shop: Shop) -> None:
    order = ended_short(shop)
    shop.office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    shop.office.do("inventory.receive_stock", lines=[{"product_id": shop.products[2], "quantity": "1"}])
    shop.office.do("delivery.start_picking", order_id=order)
    with refused(shop.office, "delivery.accept_short.not_short"):
        shop.office.do("delivery.accept_short", order_id=order)


@pytest.mark.parametrize(("key", "code"), [("0" * 32, "kernel.missing"), ("x", "kernel.not_an_id")])
def test_an_unknown_order_is_refused(shop: Shop, key: str, code: str) -> None:
    with refused(shop.office, code):
        shop.office.do("delivery.accept_short", order_id=key)
