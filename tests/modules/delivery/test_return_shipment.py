"""Goods that come back: into stock, kept for their order or held back; the order is picked again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

BACK = {"reason": "cliente viajou"}


def stock(shop: Shop) -> tuple[Any, ...]:
    """On hand, reserved and held of the first product."""
    (row,) = shop.office.show("inventory.availability", {"product_id": shop.products[0]}).rows
    return row.on_hand, row.reserved, row.held


def failures(shop: Shop) -> list[str]:
    return [row.code for row in shop.office.show("process.failures").rows]


def test_what_came_back_good_is_kept_for_its_order_and_sent_again(shop: Shop) -> None:
    order = shop.order("ship")
    shop.office.do("delivery.fail_delivery", order_id=order, reason="absent")
    with acting(shop.office, "shipping"):
        done = shop.office.do("delivery.return_shipment", order_id=order, **BACK)
    assert (done.rows[0].state, done.rows[0].return_reason, done.warnings) == ("returned", "cliente viajou", ())
    assert stock(shop) == (10, 3, 0)
    assert failures(shop) == ["delivery.came_back"]
    assert [row.id for row in shop.office.show("delivery.orders_to_pick").rows] == [order]
    path = shop.office.show("process.order_path", {"subject_id": order}, "position").rows
    assert [(r.step, r.state) for r in path][2:] == [
        ("pick", "failed"),
        ("pack", "waiting"),
        ("ship", "waiting"),
        ("deliver", "waiting"),
    ]
    shop.office.clock.move(dt.timedelta(hours=1))  # type: ignore[attr-defined]
    for step in ("pick", "ship", "deliver"):
        shop.step(step, order)
    assert failures(shop) == []
    assert [r.state for r in shop.office.show("delivery.shipments", {"order_id": order}, "picked_at").rows] == [
        "returned",
        "delivered",
    ]
    path = shop.office.show("process.order_path", {"subject_id": order}, "position").rows
    assert [r.state for r in path] == ["done"] * 6
    assert shop.office.check() == []


def test_what_came_back_spoilt_is_held_back(shop: Shop) -> None:
    order = shop.order("ship")
    shop.office.do("delivery.return_shipment", order_id=order, condition="held", **BACK)
    assert stock(shop) == (10, 0, 3)
    held = {row.reason for row in shop.office.show("inventory.holds").rows}
    assert held == {"cliente viajou"}
    with refused(shop.office, "delivery.pick_order.not_reserved", also=frozenset({"failure"})):
        shop.step("pick", order)
    assert shop.office.check() == []


def test_what_was_lost_is_written_off_and_out_no_more(shop: Shop) -> None:
    shop.office.do("inventory.adjust_cost", product_id=shop.products[0], unit_cost="2", reason="sem custo")
    order = shop.order("ship")
    shop.office.do("delivery.return_shipment", order_id=order, condition="lost", **BACK)
    assert stock(shop) == (7, 0, 0)
    totals = {row.rule: row.total_amount for row in shop.office.show("accounting.entries").rows}
    assert (totals["inventory.returned"], totals["inventory.difference_less"]) == (6, 6)
    shop.office.do("sales.cancel_billed_order", order_id=order, reason="extraviado")
    assert shop.office.check() == []


def test_the_books_say_of_which_order_it_was(shop: Shop) -> None:
    shop.office.do("inventory.adjust_cost", product_id=shop.products[0], unit_cost="2", reason="sem custo")
    order = shop.order("ship")
    shop.office.do("delivery.return_shipment", order_id=order, **BACK)
    (entry,) = shop.office.show("accounting.entries", {"source_table": "shipment"}).rows
    assert (entry.rule, entry.total_amount) == ("inventory.returned", 6)
    assert entry.source_number == str(shop.office.one("sales.orders", order).number)


def test_what_had_not_left_goes_back_to_its_places(shop: Shop) -> None:
    shop.set(packing="own_step")
    order = shop.order("pick")
    shop.office.do("delivery.return_shipment", order_id=order, **BACK)
    assert stock(shop) == (10, 3, 0)
    for step in ("pick", "pack", "ship", "deliver"):
        shop.step(step, order)
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    order = shop.order("invoice")
    with refused(shop.office, "delivery.out_of_turn"):
        shop.office.do("delivery.return_shipment", order_id=order, **BACK)
    shop.step("pick", order)
    shop.step("ship", order)
    with refused(shop.office, "delivery.unknown_place"):
        shop.office.do("delivery.return_shipment", order_id=order, location_id=new_id(), **BACK)
    with refused(shop.office, "kernel.too_short"):
        shop.office.do("delivery.return_shipment", order_id=order, reason="x")
    for role in ("delivery", "picking"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.office.do("delivery.return_shipment", order_id=order, **BACK)
    shop.step("deliver", order)
    with refused(shop.office, "delivery.order_not_in_hand"):
        shop.office.do("delivery.return_shipment", order_id=order, **BACK)
