"""Routes for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def shipment(shop: Shop, until: str = "pick") -> str:
    """The shipment of a new order."""
    return str(shop.office.show("delivery.shipments", {"order_id": shop.order(until)}).rows[0].id)


def plan(shop: Shop, *shipments: str, **more: Any) -> str:
    """A route of Ana's; its key."""
    stops = [{"shipment_id": key} for key in shipments]
    driver = more.pop("driver_id", shop.office.actor.person_id)
    return str(shop.office.do(("delivery.plan_route", {"driver_id": driver, "stops": stops, **more})).value["id"])
