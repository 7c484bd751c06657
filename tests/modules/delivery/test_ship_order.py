"""Shipping: what was picked leaves the stock, by a carrier or our own driver."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_the_goods_leave_the_stock(shop: Shop) -> None:
    order = shop.order("pick")
    done = shop.step("ship", order, carrier_id=shop.carrier, tracking_code="BR 123")
    assert done.rows[0].state == "shipped"
    row = shop.office.show("delivery.orders_to_deliver").rows[0]
    assert (row.id, row.carrier_name, row.tracking_code, row.city) == (order, "Transportes Rota", "BR 123", "Campinas")
    stock = {row.product_id: row for row in shop.office.show("inventory.availability").rows}
    assert (stock[shop.products[0]].on_hand, stock[shop.products[0]].reserved) == (Decimal(7), Decimal(0))
    assert shop.office.check() == []


def test_nothing_leaves_that_was_not_picked(shop: Shop) -> None:
    order = shop.order("invoice")
    with refused(shop.office, "delivery.out_of_turn") as refusals:
        shop.step("ship", order)
    assert refusals[0].params["state"] == "delivery.shipment.state.none"


def test_nothing_leaves_twice(shop: Shop) -> None:
    order = shop.order("ship")
    with refused(shop.office, "delivery.out_of_turn"):
        shop.step("ship", order)


def test_a_customer_is_no_carrier(shop: Shop) -> None:
    order = shop.order("pick")
    with refused(shop.office, "delivery.not_a_carrier"):
        shop.step("ship", order, carrier_id=shop.customer)


def test_a_held_order_does_not_leave(shop: Shop) -> None:
    order = shop.order("pick")
    shop.office.do("sales.hold_order", order_id=order, reason="cliente pediu")
    with refused(shop.office, "delivery.order_not_in_hand"):
        shop.step("ship", order)


def test_what_a_count_took_away_after_picking_does_not_leave(shop: Shop) -> None:
    order = shop.order("pick", [(shop.products[0], "9")])
    shop.count(shop.products[0], "7")
    with refused(shop.office, "delivery.ship_order.not_reserved", also=frozenset({"failure"})) as refusals:
        shop.step("ship", order)
    assert [line["reserved"] for line in refusals[0].params["lines"]] == [Decimal(7)]
    assert shop.office.check() == []


def test_shippers_ship_and_others_do_not(shop: Shop) -> None:
    order = shop.order("pick")
    for role in ("sales", "finance", "picking", "delivery", "hr"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.step("ship", order)
    with acting(shop.office, "shipping"):
        shop.step("ship", order)
