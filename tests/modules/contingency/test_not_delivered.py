"""Shipments that do not reach the customer: the ways out stand there at once, and each brings the order to its end."""

from __future__ import annotations

import datetime as dt
from typing import Any

from retaguarda.app.headless import Office, check_office
from retaguarda.kernel.failure import GroundMoved
from tests.helpers.company import acting, refused
from tests.modules.contingency.roads import came_back, deliver, not_delivered, ways
from tests.modules.contingency.shortage import PROMISED, TODAY, Shop, shop

TOMORROW = (TODAY + dt.timedelta(days=1)).isoformat()


def on_the_road(office: Office) -> tuple[Shop, str, str]:
    """The shop, with a carrier that takes a day, another that takes five."""
    store = shop(office)
    days = [str(day) for day in range(1, 8)]
    carriers = [
        store.do("party.add_party", name=name, kind="company", carrier=True)["id"] for name in ("Rápido", "Lento")
    ]
    for party_id, transit in zip(carriers, (1, 5), strict=True):
        store.do("delivery.set_carrier_terms", party_id=party_id, weekdays=days, transit_days=transit)
    return store, *carriers


def said(found: dict[str, Any]) -> list[tuple[Any, ...]]:
    """Each way with whether it counts, and its day."""
    return [(kind, one.counts, one.day) for kind, one in found.items()]


def test_nobody_at_home(office: Office) -> None:
    store, _, slow = on_the_road(office)
    order_id = not_delivered(store, "absent", carrier_id=slow)
    found = ways(store, order_id)
    assert said(found) == [
        ("own_route", True, TOMORROW),
        ("other_carrier", True, TOMORROW),
        ("bring_back", False, None),
        ("refund", False, None),
    ]
    assert [one.why.rsplit(".", 1)[1] for one in found.values()] == ["kind", "counts", "complete", "complete"]
    assert found["other_carrier"].params["carrier"] == "Rápido"
    with acting(office, "delivery"):
        assert list(ways(store, order_id)) == ["own_route", "other_carrier"]
        store.take(ways(store, order_id)["own_route"])
    with refused(office, "kernel.failure_closed"):
        store.take(found["other_carrier"])
    (route,) = office.show("delivery.routes").rows
    assert (route.driver_name, route.route_on.isoformat()) == ("Pessoa delivery", TOMORROW)
    store.do("delivery.start_route", route_id=route.id)
    deliver(store, order_id)
    assert office.show("process.failures").rows == ()
    again = not_delivered(store, "closed", "4", carrier_id=slow)
    store.take(ways(store, again)["other_carrier"])
    assert office.show("delivery.orders_to_deliver").rows[0].carrier_name == "Rápido"
    deliver(store, again)
    assert check_office(office.store.url) == []


def test_what_moved_is_refused_with_fresh_ways(office: Office) -> None:
    store, quick, slow = on_the_road(office)
    order_id = not_delivered(store, "no_access", carrier_id=slow)
    before = ways(store, order_id)
    store.do("party.archive_party", party_id=quick)
    with refused(office, "contingency.apply_remedy.moved") as caught:
        store.take(before["other_carrier"])
    assert isinstance(caught[0], GroundMoved)
    kinds = [(one.reason.rsplit(".", 1)[1], one.counts) for one in caught[0].remedies]
    assert kinds == [("own_route", True), ("bring_back", False), ("refund", False)]


def test_refused_damaged_and_lost(office: Office) -> None:
    for reason, kinds in (
        ("refused", [("resend", True), ("refund", True), ("bring_back", False)]),
        ("damaged", [("resend", True), ("refund", False)]),
        ("lost", [("resend", True), ("refund", False)]),
    ):
        store = shop(office, code=reason, elsewhere="")
        store.do("inventory.receive_stock", lines=[{"product_id": store.screw, "quantity": "20", "unit_cost": "1"}])
        anew, ended = not_delivered(store, reason), not_delivered(store, reason)
        found = ways(store, anew)
        assert [(kind, one.counts) for kind, one in found.items()] == kinds
        store.take(ways(store, ended)["refund"])
        row = office.one("sales.orders", ended)
        assert (row.state, row.invoiced_at is not None) == ("cancelled", True)
        store.take(ways(store, anew)["resend"])
        office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
        deliver(store, anew, "pick", "ship")
        (stock,) = (r for r in office.show("inventory.availability", {"product_id": store.screw}).rows if r.on_hand)
        # Of 34 two tens left and one ten for the first: what came back is there, held or for sale, what is lost is not.
        left = {"refused": (24, 10), "damaged": (24, 20), "lost": (4, 0)}[reason]
        assert (stock.on_hand, stock.held) == left
        assert office.show("process.failures").rows == ()
    assert check_office(office.store.url) == []


def test_what_came_back_goes_out_again_or_is_credited(office: Office) -> None:
    store = shop(office)
    order_id = came_back(store)
    found = ways(store, order_id)
    assert said(found) == [("send_again", True, TOMORROW), ("refund", False, None)]
    assert store.do("contingency.find_ways", order_id=order_id)["id"] == order_id
    store.take(found["send_again"])
    (row,) = office.show("delivery.orders_to_pick").rows
    (stop,) = office.show("delivery.pick_stops", {"pick_list_id": row.pick_list_id}).rows
    store.do("delivery.type_pick", task_id=stop.id, quantity="10")
    office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
    deliver(store, order_id, "ship")
    held = came_back(shop(office, code="H", elsewhere="30"), condition="held")
    assert list(ways(store, held)) == ["refund"], "four are left, and the others are held"
    store.take(ways(store, held)["refund"])
    assert office.one("sales.orders", held).state == "cancelled"
    assert office.show("process.failures").rows == ()
    assert office.one("sales.orders", order_id).promised_on == PROMISED
    assert check_office(office.store.url) == []
