"""A shipment that did not reach the customer goes on with another carrier, or with our own driver."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import MONDAY, acting, refused
from tests.modules.delivery.routes import plan

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_it_goes_on_with_another_and_the_freight_adds_up(shop: Shop) -> None:
    office = shop.office
    order = shop.order("pick")
    shop.step("ship", order, carrier_id=shop.carrier, tracking_code="BR 1", freight_amount="20")
    other = office.do("party.add_party", name="Expresso Sul", kind="company", carrier=True).value["id"]
    days = [str(day) for day in range(1, 8)]
    office.do("delivery.set_carrier_terms", party_id=other, weekdays=days, transit_days=5)
    with acting(office, "delivery"):
        done = office.do(
            "delivery.forward_shipment", order_id=order, carrier_id=other, tracking_code="X 9", freight_amount="12.50"
        )
    assert [w.code for w in done.warnings] == ["delivery.after_promise"]
    (row,) = office.show("delivery.orders_to_deliver").rows
    assert (row.carrier_name, row.tracking_code) == ("Expresso Sul", "X 9")
    assert row.expected_on == MONDAY.date() + dt.timedelta(days=5)
    (shipment,) = office.show("delivery.shipments", {"order_id": order}).rows
    assert shipment.freight_amount == Decimal("32.50")
    with refused(office, "delivery.forward_shipment.same"):
        office.do("delivery.forward_shipment", order_id=order, carrier_id=other)
    office.do("delivery.forward_shipment", order_id=order)
    route = plan(shop, shipment.id)
    with refused(office, "delivery.forward_shipment.planned"):
        office.do("delivery.forward_shipment", order_id=order, carrier_id=other)
    office.do("delivery.start_route", route_id=route)
    shop.step("deliver", order)
    assert office.check() == []


def test_refusals(shop: Shop) -> None:
    office = shop.office
    order = shop.order("pick")
    with refused(office, "delivery.out_of_turn"):
        office.do("delivery.forward_shipment", order_id=order, carrier_id=shop.carrier)
    shop.step("ship", order)
    with refused(office, "delivery.not_a_carrier"):
        office.do("delivery.forward_shipment", order_id=order, carrier_id=shop.customer)
    with refused(office, "kernel.stale"):
        office.do("delivery.forward_shipment", order_id=order, carrier_id=shop.carrier, version=1)
    for role in ("sales", "stock"):
        with acting(office, role), refused(office, "kernel.forbidden"):
            office.do("delivery.forward_shipment", order_id=order, carrier_id=shop.carrier)
