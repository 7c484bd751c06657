"""The supplier says that it delivers, and when."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_a_later_day_takes_the_goods_from_whom_they_come_too_late(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    soon = buying.peg(key, buying.paper, "4", "2026-11-27")
    buying.peg(key, buying.paper, "3", "2026-12-10")
    with acting(buying.office, "commercial"):
        outcome = buying.office.do(
            "purchasing.confirm_order", order_id=key, expected_on="2026-12-03", supplier_reference="PV 8812", version=1
        )
    (row,) = outcome.rows
    assert (row.state, row.expected_on, row.supplier_reference) == ("confirmed", dt.date(2026, 12, 3), "PV 8812")
    assert outcome.value["broken"] == 1
    assert buying.broken() == [(soon, "4", "late")]
    assert buying.expected(key) == [("CAN-1", "20", "2026-12-03"), ("A4-75", "10", "2026-12-03")]
    assert buying.office.show("purchasing.orders", {"search": "8812"}).rows[0].id == key
    buying.clean()


def test_without_a_day_it_stays_as_it_was(buying: Buying) -> None:
    key = buying.order()
    buying.do("confirm_order", key)
    assert (buying.row(key).state, buying.row(key).expected_on.day) == ("confirmed", 26)
    assert buying.expected(key) == [("A4-75", "10", "2026-11-26")]
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order()
    with refused(buying.office, "kernel.missing"):
        buying.do("confirm_order", new_id())
    with refused(buying.office, "kernel.stale"):
        buying.do("confirm_order", key, version=9)
    with refused(buying.office, "purchasing.day_passed"):
        buying.do("confirm_order", key, expected_on="2026-11-22")
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.do("confirm_order", key)
    buying.do("confirm_order", key)
    with refused(buying.office, "purchasing.confirm_order.not_in_state"):
        buying.do("confirm_order", key)
