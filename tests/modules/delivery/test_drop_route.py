"""A route that has not left is given up, and its shipments may be planned again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused
from tests.modules.delivery.routes import plan, shipment

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_given_up_and_planned_again(shop: Shop) -> None:
    key = shipment(shop)
    route = plan(shop, key)
    assert shop.office.do("delivery.drop_route", route_id=route).rows[0].state == "dropped"
    assert shop.office.one("delivery.routes", plan(shop, key)).number == 2


def test_refusals(shop: Shop) -> None:
    route = plan(shop, shipment(shop, "ship"))
    with acting(shop.office, "sales"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.drop_route", route_id=route)
    with refused(shop.office, "kernel.stale"):
        shop.office.do("delivery.drop_route", route_id=route, version=2)
    shop.office.do("delivery.start_route", route_id=route)
    with refused(shop.office, "delivery.route_not_now"):
        shop.office.do("delivery.drop_route", route_id=route)
