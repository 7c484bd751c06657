"""A product is no longer bought again by itself."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_it_stays_inactive_and_can_be_set_again(buying: Buying) -> None:
    values = {"product_id": buying.paper, "minimum_quantity": "10", "maximum_quantity": "40"}
    key = buying.office.do(("purchasing.set_reorder_point", values)).value["id"]
    with refused(buying.office, "kernel.missing"):
        buying.office.do("purchasing.remove_reorder_point", point_id=new_id())
    with refused(buying.office, "kernel.stale"):
        buying.office.do("purchasing.remove_reorder_point", point_id=key, version=5)
    with acting(buying.office, "finance"), refused(buying.office, "kernel.forbidden"):
        buying.office.do("purchasing.remove_reorder_point", point_id=key)
    (row,) = buying.office.do("purchasing.remove_reorder_point", point_id=key, version=1).rows
    assert (row.active, row.allowed) == (False, ("purchasing.set_reorder_point",))
    with refused(buying.office, "purchasing.remove_reorder_point.removed"):
        buying.office.do("purchasing.remove_reorder_point", point_id=key)
    assert buying.office.do(("purchasing.set_reorder_point", values)).rows[0].active
