"""A stop left for later comes behind all others."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_what_was_skipped_comes_last(aisles: Aisles) -> None:
    pick_list = aisles.start()
    first, second, third = aisles.stops(pick_list)
    aisles.office.do("delivery.skip_pick", task_id=first.id)
    assert [s.id for s in aisles.stops(pick_list)] == [second.id, third.id, first.id]
    aisles.scan(pick_list, "B-02", "2*P-1", "2*P-2")
    with refused(aisles.office, "delivery.scan_pick.wrong_place"):
        aisles.scan(pick_list, "P-1")
    assert aisles.scan(pick_list, "01", "3*P-1")["ended"] is True


def test_refusals(aisles: Aisles) -> None:
    pick_list = aisles.start((aisles.shop.products[2], "1"), (aisles.shop.products[1], "1"))
    first = aisles.stops(pick_list)[0]
    with acting(aisles.office, "sales"), refused(aisles.office, "kernel.forbidden"):
        aisles.office.do("delivery.skip_pick", task_id=first.id)
    aisles.scan(pick_list, "01", "P-3")
    with refused(aisles.office, "delivery.stop_done"):
        aisles.office.do("delivery.skip_pick", task_id=first.id)
