"""An order that is made and sent in one go."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_its_goods_are_expected_and_can_be_promised(buying: Buying) -> None:
    with acting(buying.office, "commercial"):
        key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    assert buying.expected(key) == [("CAN-1", "20", "2026-11-25"), ("A4-75", "10", "2026-11-26")]
    assert buying.row(key).standing == "ordered"
    (stock,) = buying.office.show("inventory.stock", {"product_id": buying.pen}).rows
    assert (stock.free, stock.incoming_quantity, stock.incoming_on.day) == (0, 20, 25)
    buying.peg(key, buying.pen, "15", "2026-12-01")
    assert [line.pegged for line in buying.lines(key)] == [0, 15]
    buying.clean()


def test_refusals(buying: Buying) -> None:
    with refused(buying.office, "purchasing.no_price"):
        buying.order((buying.ink, "10"))
    with refused(buying.office, "kernel.missing"):
        buying.order(supplier_id=new_id())
    with acting(buying.office, "finance"), refused(buying.office, "kernel.forbidden"):
        buying.order()
