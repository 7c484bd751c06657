"""Goods that a picker does not find: the ways out stand there at once, and each brings the order to its end."""

from __future__ import annotations

import datetime as dt

from retaguarda.app.headless import Office, check_office
from retaguarda.kernel.failure import GroundMoved
from tests.helpers.company import acting, refused
from tests.modules.contingency.roads import deliver, not_found, under_way, ways
from tests.modules.contingency.shortage import TODAY, Shop, shop


def picked(store: Shop, order_id: str) -> None:
    """The list that the way has begun is picked to its end."""
    (row,) = (r for r in store.office.show("delivery.orders_to_pick").rows if r.id == order_id)
    for stop in store.office.show("delivery.pick_stops", {"pick_list_id": row.pick_list_id}).rows:
        store.do("delivery.type_pick", task_id=stop.id, quantity=str(stop.left))


def test_they_stand_there_with_the_outcome_and_the_first_ends_the_order(office: Office) -> None:
    store = shop(office)
    order_id = under_way(store)
    pick_list = store.do("delivery.start_picking", order_id=order_id)["id"]
    (stop,) = office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows
    store.do("delivery.type_pick", task_id=stop.id, quantity="6")
    mishap = office.do("delivery.short_pick", task_id=stop.id, reason="missing").mishap
    assert mishap is not None
    assert mishap.left_out == (), mishap.__notes__
    found = {one.reason.rsplit(".", 1)[1]: one for one in mishap.remedies}
    assert [(kind, one.counts, one.kept) for kind, one in found.items()] == [
        ("fetch", True, True),
        ("transfer", True, True),
        ("buy", True, True),
        ("ship_short", False, True),
        ("request", False, None),
    ]
    assert [one.why.rsplit(".", 1)[1] for one in found.values()] == ["kind", "cost", "counts", "kept", "kept"]
    assert list(ways(store, order_id)) == list(found)
    assert store.take(found["fetch"])["kind"] == "contingency.kind.fetch"
    with refused(office, "kernel.failure_closed"):
        store.take(found["transfer"])
    picked(store, order_id)
    deliver(store, order_id, "ship")
    assert office.show("process.failures").rows == ()
    (held,) = office.show("inventory.holds").rows
    assert held.quantity == 8, "the place that was found wanting waits for its count"
    assert check_office(office.store.url) == []


def test_each_of_them_brings_the_order_to_its_end(office: Office) -> None:
    for kind in ("transfer", "buy", "ship_short"):
        store = shop(office, code=kind)
        order_id = not_found(store)
        store.take(ways(store, order_id)[kind])
        if kind == "transfer":
            (sent,) = office.show("inventory.transfers", {"state": "sent"}).rows
            store.do("inventory.receive_transfer", transfer_id=sent.id)
        if kind == "buy":
            (bought,) = office.show("purchasing.orders").rows
            lines = [{"product_id": store.screw, "quantity": "10"}]
            store.do("purchasing.receive_order", order_id=bought.id, lines=lines)
        if kind != "ship_short":
            store.do("delivery.pick_order", order_id=order_id)
        deliver(store, order_id, "ship")
        assert office.one("sales.orders", order_id).total_amount == (12 if kind == "ship_short" else 20)
        office.clock.move(dt.timedelta(minutes=1))  # type: ignore[attr-defined]
    assert check_office(office.store.url) == []


def test_what_moved_is_refused_with_fresh_ways_and_rights_are_everybodys_own(office: Office) -> None:
    store = shop(office, elsewhere="4", supplier=False)
    order_id = not_found(store)
    before = ways(store, order_id)
    with acting(office, "picking"):
        assert list(ways(store, order_id)) == ["fetch", "request"]
        with refused(office, "kernel.forbidden"):
            store.take(before["ship_short"])
    with acting(office, "sales"):
        assert list(ways(store, order_id)) == ["ship_short", "request"]
    lines = [{"product_id": store.screw, "quantity": "1"}]
    store.do("inventory.write_off_stock", lines=lines, warehouse_id=store.north, reason="quebrado")
    with refused(office, "contingency.apply_remedy.moved") as caught:
        store.take(before["fetch"])
    assert isinstance(caught[0], GroundMoved)
    assert [one.reason.rsplit(".", 1)[1] for one in caught[0].remedies] == ["ship_short", "request"]


def test_another_warehouse_stands_in_for_all_of_it(office: Office) -> None:
    store = shop(office)
    order_id = not_found(store, found="0")
    found = ways(store, order_id)
    assert [kind for kind, one in found.items() if one.counts] == ["fetch", "other_warehouse", "transfer", "buy"]
    store.take(found["other_warehouse"])
    assert office.show("process.failures").rows == ()
    picked(store, order_id)
    deliver(store, order_id, "ship")
    assert check_office(office.store.url) == []
    assert office.today() == TODAY
