"""A list given up: what was taken goes back, and the order waits for picking again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_what_was_taken_goes_back(aisles: Aisles) -> None:
    pick_list = aisles.start()
    aisles.scan(pick_list, "01", "2*P-1")
    assert aisles.bins(aisles.shop.products[0], "picked")["01"] == Decimal(2)
    dropped = aisles.office.do("delivery.drop_picking", pick_list_id=pick_list, version=1)
    assert (dropped.rows[0].state, dropped.rows[0].allowed) == ("dropped", ())
    assert aisles.bins(aisles.shop.products[0], "picked")["01"] == Decimal(0)
    again = aisles.office.do("delivery.start_picking", order_id=aisles.order)
    assert again.value["number"] == 2
    assert aisles.office.check() == []


def test_refusals(aisles: Aisles) -> None:
    pick_list = aisles.start()
    with refused(aisles.office, "kernel.missing"):
        aisles.office.do("delivery.drop_picking", pick_list_id=new_id())
    with refused(aisles.office, "kernel.stale"):
        aisles.office.do("delivery.drop_picking", pick_list_id=pick_list, version=2)
    with acting(aisles.office, "finance"), refused(aisles.office, "kernel.forbidden"):
        aisles.office.do("delivery.drop_picking", pick_list_id=pick_list)
    aisles.office.do("delivery.drop_picking", pick_list_id=pick_list)
    with refused(aisles.office, "delivery.list_ended"):
        aisles.office.do("delivery.drop_picking", pick_list_id=pick_list)
