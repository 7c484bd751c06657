"""Planning a route: packed orders in the order of the way, each on one route."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.delivery.routes import plan, shipment

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_the_stops_stand_in_their_order(shop: Shop) -> None:
    first, second = shipment(shop), shipment(shop, "ship")
    choices = shop.office.show("delivery.load_choices").rows
    assert {row.id for row in choices} == {first, second}
    route = plan(shop, second, first, vehicle="Fiorino")
    row = shop.office.one("delivery.routes", route)
    assert (row.number, row.state, row.driver_name, row.stop_count, row.done_count) == (1, "planned", "Ana Prado", 2, 0)
    stops = shop.office.show("delivery.route_stops", {"route_id": route}).rows
    assert [(s.position, s.shipment_id, s.address, s.allowed) for s in stops] == [
        (1, second, "Rua A, 10, Campinas", ("delivery.deliver_order", "delivery.fail_delivery")),
        (2, first, "Rua A, 10, Campinas", ()),
    ]
    assert shop.office.show("delivery.load_choices").rows == ()
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    key = shipment(shop)
    with refused(shop.office, "kernel.missing"):
        plan(shop, new_id())
    with refused(shop.office, "kernel.missing"):
        plan(shop, key, driver_id=new_id())
    with refused(shop.office, "delivery.plan_route.twice"):
        plan(shop, key, key)
    with refused(shop.office, "delivery.day_passed"):
        plan(shop, key, route_on="2026-11-22")
    with refused(shop.office, "kernel.too_few"):
        plan(shop)
    with acting(shop.office, "sales"), refused(shop.office, "kernel.forbidden"):
        plan(shop, key)
    plan(shop, key)
    with refused(shop.office, "delivery.on_a_route"):
        plan(shop, key)
    order = shop.order("pick")
    shop.step("ship", order, carrier_id=shop.carrier)
    taken = shop.office.show("delivery.shipments", {"order_id": order}).rows[0].id
    with refused(shop.office, "delivery.plan_route.not_ours") as refusals:
        plan(shop, taken)
    assert refusals[0].params["faults"][0]["field"] == "stops.1.shipment_id"


def test_shipments_of_two_branches_go_on_two_routes(shop: Shop) -> None:
    branch = shop.office.do("company.add_branch", code="2", name="Filial Norte", state="SP").value["id"]
    house = next(w for w in shop.office.show("inventory.warehouses").rows if w.branch_id == branch)
    product = shop.products[0]
    shop.office.do("inventory.receive_stock", warehouse_id=house.id, lines=[{"product_id": product, "quantity": "5"}])
    lines = [{"product_id": product, "quantity": "1"}]
    there = shop.office.do("sales.create_quotation", customer_id=shop.customer, branch_id=branch, lines=lines).value[
        "id"
    ]
    for step in ("confirm", "invoice", "pick"):
        shop.step(step, there)
    other = shop.office.show("delivery.shipments", {"order_id": there}).rows[0].id
    here = shipment(shop)
    with refused(shop.office, "delivery.plan_route.branches"):
        plan(shop, here, other)


def test_the_database_keeps_the_stops(shop: Shop) -> None:
    route = plan(shop, shipment(shop))
    other = shipment(shop)
    more = (
        f"INSERT INTO route_stop (id, command_id, at, route_id, position, shipment_id) SELECT '{new_id()}', "
        f"command_id, at, route_id, 2, '{other}' FROM route_stop"
    )
    assert refused_by_database(shop.office, more) == "delivery.route_ended"
    out = f"UPDATE delivery_route SET state = 'out' WHERE id = '{route}'"
    assert refused_by_database(shop.office, out) == "delivery.not_loaded"
    ended = f"UPDATE delivery_route SET state = 'ended' WHERE id = '{route}'"
    assert refused_by_database(shop.office, ended) == "delivery.route_ended"
