"""Picking: an invoiced order, all of it at once, in its turn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_the_goods_come_off_their_places(shop: Shop) -> None:
    order = shop.order("invoice")
    waiting = shop.office.show("delivery.orders_to_pick").rows
    assert [(row.id, row.line_count, row.allowed) for row in waiting] == [
        (order, 3, ("delivery.start_picking", "delivery.pick_order"))
    ]
    done = shop.step("pick", order, version=waiting[0].version)
    assert done.value["version"] == 1
    assert (done.rows[0].state, done.rows[0].order_id) == ("packed", order)
    assert shop.office.show("delivery.orders_to_pick").rows == ()
    assert [row.id for row in shop.office.show("delivery.orders_to_ship").rows] == [order]
    stock = {row.product_id: row for row in shop.office.show("inventory.availability").rows}
    assert stock[shop.products[0]].on_hand == 10, "picked goods are still ours"
    assert shop.office.check() == []


def test_services_need_no_picking(shop: Shop) -> None:
    order = shop.order("deliver", [(shop.service, "2")])
    assert shop.office.one("sales.orders", order).state == "closed"
    assert shop.office.check() == []


def test_goods_stay_until_the_order_is_invoiced(shop: Shop) -> None:
    order = shop.order("confirm")
    with refused(shop.office, "delivery.pick_order.not_invoiced"):
        shop.step("pick", order)


def test_nobody_picks_twice(shop: Shop) -> None:
    order = shop.order("pick")
    with refused(shop.office, "delivery.out_of_turn") as refusals:
        shop.step("pick", order)
    assert refusals[0].params["state"] == "delivery.shipment.state.packed"


def test_a_held_order_is_left_alone(shop: Shop) -> None:
    order = shop.order("invoice")
    shop.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    with refused(shop.office, "delivery.order_not_in_hand"):
        shop.step("pick", order)
    assert shop.office.show("delivery.orders_to_pick").rows == ()
    shop.office.do("sales.resume_order", order_id=order)
    shop.step("pick", order)


def test_what_a_count_took_away_is_named_line_by_line(shop: Shop) -> None:
    order = shop.order("invoice", [(shop.products[0], "6"), (shop.products[1], "1"), (shop.products[0], "4")])
    shop.count(shop.products[0], "7")
    with refused(shop.office, "delivery.pick_order.not_reserved", also=frozenset({"failure"})) as refusals:
        shop.step("pick", order)
    lines = refusals[0].params["lines"]
    assert {line["product_id"] for line in lines} == {shop.products[0]}
    assert sum(line["needed"] - line["reserved"] for line in lines) == 3


def test_a_version_that_is_not_the_last_is_stale(shop: Shop) -> None:
    order = shop.order("invoice")
    with refused(shop.office, "kernel.stale"):
        shop.step("pick", order, version=1)


@pytest.mark.parametrize(("key", "code"), [("0" * 32, "kernel.missing"), ("x", "kernel.not_an_id")])
def test_an_unknown_order_is_refused(shop: Shop, key: str, code: str) -> None:
    with refused(shop.office, code):
        shop.step("pick", key)


def test_pickers_pick_and_others_do_not(shop: Shop) -> None:
    order = shop.order("invoice")
    for role in ("sales", "finance", "shipping", "delivery", "marketing"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.step("pick", order)
    with acting(shop.office, "picking"):
        shop.step("pick", order)
