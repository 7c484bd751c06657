"""What a picker did not find is held back until somebody looks: no other order is promised it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_what_was_not_found_is_kept_from_others_once(aisles: Aisles) -> None:
    office, product = aisles.office, aisles.shop.products[2]
    pick_list = aisles.start((product, "5"))
    aisles.scan(pick_list, "3*P-3")
    (stop,) = aisles.stops(pick_list)
    with refused(office, "delivery.hold_missing.nothing"):
        office.do("delivery.hold_missing", order_id=aisles.order)
    office.do("delivery.short_pick", task_id=stop.id, reason="missing")
    (before,) = office.show("inventory.availability", {"product_id": product}).rows
    with acting(office, "picking"):
        done = office.do("delivery.hold_missing", order_id=aisles.order).value
    assert (done["held"], done["id"]) == (Decimal(7), aisles.order), "who found three says that no more lies there"
    (held,) = office.show("inventory.holds").rows
    assert (held.quantity, held.reason) == (Decimal(7), "Produto 3 (01)")
    (after,) = office.show("inventory.availability", {"product_id": product}).rows
    assert (before.reserved, after.held, after.reserved) == (5, 7, 3)
    assert sorted(aisles.failures()) == ["delivery.goods_missing", "inventory.reservation_broken"]
    with refused(office, "delivery.hold_missing.nothing"):
        office.do("delivery.hold_missing", order_id=aisles.order)
    assert office.check() == []


def test_what_lies_elsewhere_is_still_sold(aisles: Aisles) -> None:
    product = aisles.shop.products[0]
    pick_list = aisles.start((product, "10"))
    for stop in aisles.stops(pick_list):
        taken = "1" if stop.location_code == "01" else stop.quantity
        aisles.office.do("delivery.type_pick", task_id=stop.id, quantity=taken)
        if stop.location_code == "01":
            aisles.office.do("delivery.short_pick", task_id=stop.id, reason="missing")
    assert aisles.office.one("delivery.pick_lists", pick_list).state == "short"
    aisles.office.do("delivery.hold_missing", order_id=aisles.order)
    assert (aisles.bins(product, "held"), aisles.bins(product, "picked")) == (
        {"01": Decimal(2), "B-02": Decimal(0)},
        {"01": Decimal(1), "B-02": Decimal(7)},
    )
    assert aisles.office.check() == []


def test_what_somebody_has_looked_after_or_was_spoilt_is_not_held(aisles: Aisles) -> None:
    office, product = aisles.office, aisles.shop.products[2]
    pick_list = aisles.start((product, "5"))
    office.do("delivery.short_pick", task_id=aisles.stops(pick_list)[0].id, reason="missing")
    office.clock.move(dt.timedelta(minutes=5))  # type: ignore[attr-defined]
    aisles.shop.count(product, "5")
    with refused(office, "delivery.hold_missing.nothing"):
        office.do("delivery.hold_missing", order_id=aisles.order)
    for role in ("finance", "shipping"):
        with acting(office, role), refused(office, "kernel.forbidden"):
            office.do("delivery.hold_missing", order_id=aisles.order)
    office.do("sales.hold_order", order_id=aisles.order, reason="espera")
    with refused(office, "delivery.order_not_in_hand"):
        office.do("delivery.hold_missing", order_id=aisles.order)
