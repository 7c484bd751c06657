"""The driver leaves with everything loaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.delivery.routes import plan, shipment

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_out_when_all_is_loaded(shop: Shop) -> None:
    key = shipment(shop)
    row = shop.office.one("delivery.shipments", key)
    route = plan(shop, key)
    with refused(shop.office, "delivery.start_route.not_loaded") as refusals:
        shop.office.do("delivery.start_route", route_id=route)
    assert refusals[0].params["orders"] == [row.order_number]
    shop.step("ship", row.order_id)
    with acting(shop.office, "delivery"):
        done = shop.office.do("delivery.start_route", route_id=route, version=1)
    assert (done.rows[0].state, done.rows[0].allowed) == ("out", ())
    with refused(shop.office, "delivery.route_not_now"):
        shop.office.do("delivery.start_route", route_id=route)


def test_refusals(shop: Shop) -> None:
    route = plan(shop, shipment(shop, "ship"))
    with refused(shop.office, "kernel.missing"):
        shop.office.do("delivery.start_route", route_id=new_id())
    with refused(shop.office, "kernel.stale"):
        shop.office.do("delivery.start_route", route_id=route, version=3)
    with acting(shop.office, "picking"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.start_route", route_id=route)
