"""Goods that are not where the books have them: the reason is kept, a failure opens, the list goes on elsewhere."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_short_three_of_five_opens_a_failure_and_another_place_mends_it(aisles: Aisles) -> None:
    pick_list = aisles.start((aisles.shop.products[0], "5"))
    aisles.scan(pick_list, "01", "2*P-1")
    first = aisles.stops(pick_list)[0]
    aisles.office.do("delivery.short_pick", task_id=first.id, reason="missing")
    (failure,) = aisles.office.show("process.failures").rows
    assert (failure.code, failure.subject_id) == ("delivery.goods_missing", aisles.order)
    assert aisles.scan(pick_list, "B-02", "2*P-1")["left"] == 1, "what was missing is asked for at the other place"
    assert [(s.location_code, s.left) for s in aisles.stops(pick_list)] == [("01", 0), ("B-02", 0), ("B-02", 1)]
    assert aisles.scan(pick_list, "P-1")["ended"] is True
    assert aisles.failures() == []
    assert aisles.office.check() == []


def test_what_is_found_nowhere_ends_the_list_and_leaves_the_order_to_be_picked(aisles: Aisles) -> None:
    pick_list = aisles.start((aisles.shop.products[2], "5"))
    aisles.scan(pick_list, "3*P-3")
    (stop,) = aisles.stops(pick_list)
    said = aisles.office.do("delivery.short_pick", task_id=stop.id, reason="missing", note="só havia três").value
    assert said["ended"] is True
    assert aisles.office.one("delivery.pick_lists", pick_list).state == "short"
    assert aisles.failures() == ["delivery.goods_missing"]
    assert aisles.office.show("delivery.shipments").rows == ()
    assert [row.id for row in aisles.office.show("delivery.orders_to_pick").rows] == [aisles.order]
    with refused(aisles.office, "delivery.start_picking.nothing_there"):
        aisles.office.do("delivery.start_picking", order_id=aisles.order)
    aisles.office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    # A paper of the warehouse that names the place again says that somebody has looked after it.
    aisles.office.do("inventory.receive_stock", lines=[{"product_id": aisles.shop.products[2], "quantity": "2"}])
    again = aisles.office.do("delivery.start_picking", order_id=aisles.order).value["id"]
    assert aisles.scan(again, "2*P-3")["ended"] is True
    assert aisles.failures() == []
    aisles.shop.step("ship", aisles.order)
    assert aisles.office.check() == []


def test_damaged_goods_are_held_back(aisles: Aisles) -> None:
    pick_list = aisles.start((aisles.shop.products[2], "4"))
    (stop,) = aisles.stops(pick_list)
    aisles.office.do("delivery.short_pick", task_id=stop.id, reason="damaged", quantity="1")
    (held,) = aisles.office.show("inventory.holds").rows
    assert (held.quantity, held.product_id) == (Decimal(1), aisles.shop.products[2])
    assert aisles.scan(pick_list, "3*P-3")["left"] == 1, "another piece of the same place stands in"
    assert aisles.scan(pick_list, "P-3")["ended"] is True
    aisles.shop.step("ship", aisles.order)
    assert aisles.office.check() == []


def test_damage_that_leaves_too_little_breaks_the_reservation_and_ends_the_list(aisles: Aisles) -> None:
    pick_list = aisles.start((aisles.shop.products[2], "10"))
    (stop,) = aisles.stops(pick_list)
    aisles.office.do("delivery.short_pick", task_id=stop.id, reason="damaged", quantity="4")
    assert aisles.scan(pick_list, "6*P-3")["ended"] is True
    assert aisles.office.one("delivery.pick_lists", pick_list).state == "short"
    assert sorted(aisles.failures()) == ["delivery.goods_missing", "inventory.reservation_broken"]
    assert aisles.office.check() == []


def test_refusals(aisles: Aisles) -> None:
    pick_list = aisles.start()
    first = aisles.stops(pick_list)[0]
    with refused(aisles.office, "kernel.not_a_choice"):
        aisles.office.do("delivery.short_pick", task_id=first.id, reason="lazy")
    with refused(aisles.office, "delivery.too_many"):
        aisles.office.do("delivery.short_pick", task_id=first.id, reason="missing", quantity="4")
    with acting(aisles.office, "shipping"), refused(aisles.office, "kernel.forbidden"):
        aisles.office.do("delivery.short_pick", task_id=first.id, reason="missing")
    aisles.office.do("delivery.drop_picking", pick_list_id=pick_list)
    with refused(aisles.office, "delivery.list_ended"):
        aisles.office.do("delivery.short_pick", task_id=first.id, reason="missing")
