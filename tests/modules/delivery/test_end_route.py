"""The driver is back: every stop has its result."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused
from tests.modules.delivery.routes import plan, shipment

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_every_stop_has_its_result(shop: Shop) -> None:
    orders = [shop.order("ship") for _ in range(3)]
    keys = [str(shop.office.show("delivery.shipments", {"order_id": order}).rows[0].id) for order in orders]
    route = plan(shop, *keys)
    shop.office.do("delivery.start_route", route_id=route)
    shop.step("deliver", orders[0])
    shop.office.do("delivery.fail_delivery", order_id=orders[1], reason="absent")
    row = shop.office.one("delivery.routes", route)
    assert (row.waiting_count, row.allowed) == (1, ())
    with refused(shop.office, "delivery.end_route.stops_open") as refusals:
        shop.office.do("delivery.end_route", route_id=route)
    assert refusals[0].params["orders"] == [shop.office.one("sales.orders", orders[2]).number]
    shop.office.do("delivery.return_shipment", order_id=orders[2], reason="endereço não existe")
    row = shop.office.one("delivery.routes", route)
    assert (row.waiting_count, row.allowed) == (0, ("delivery.end_route",))
    done = shop.office.do("delivery.end_route", route_id=route, version=2)
    assert (done.rows[0].state, done.rows[0].stop_count, done.rows[0].done_count) == ("ended", 3, 2)
    again = plan(shop, keys[1])
    assert shop.office.one("delivery.routes", again).number == 2, "what was tried goes on another route"
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    route = plan(shop, shipment(shop, "ship"))
    with refused(shop.office, "delivery.route_not_now"):
        shop.office.do("delivery.end_route", route_id=route)
    with acting(shop.office, "sales"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.end_route", route_id=route)
