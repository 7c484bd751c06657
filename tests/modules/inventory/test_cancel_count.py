"""A count that is given up posts nothing."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.counting import enter, sheet
from tests.modules.inventory.depot import Depot


def test_nothing_is_posted_of_it(depot: Depot) -> None:
    key = sheet(depot)
    enter(depot, key, depot.paper, "3")
    done = depot.office.do("inventory.cancel_count", sheet_id=key, version=1)
    assert done.rows[0].state == "cancelled"
    assert depot.stock(depot.paper)["on_hand"] == "10"
    with refused(depot.office, "inventory.count_closed"):
        depot.office.do("inventory.cancel_count", sheet_id=key)
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.cancel_count", sheet_id=new_id())
