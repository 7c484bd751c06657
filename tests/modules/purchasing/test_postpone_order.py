"""What is still to come comes on another day."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying

WHY = {"expected_on": "2026-12-15", "reason": "caminhão quebrado"}


def test_the_whole_order_or_one_product(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    paper, pen = buying.peg(key, buying.paper, "2", "2026-11-30"), buying.peg(key, buying.pen, "2", "2026-11-30")
    with acting(buying.office, "stock"):
        done = buying.do("postpone_order", key, product_id=buying.pen, **WHY)
    assert done["broken"] == 1
    assert buying.broken() == [(pen, "2", "late")]
    assert buying.expected(key) == [("CAN-1", "20", "2026-12-15"), ("A4-75", "10", "2026-11-26")]
    assert (buying.row(key).expected_on, buying.row(key).reason) == (dt.date(2026, 12, 15), "caminhão quebrado")
    buying.do("postpone_order", key, expected_on="2026-12-16", reason="ainda não saiu")
    assert {day for _, _, day in buying.expected(key)} == {"2026-12-16"}
    assert [lost[0] for lost in buying.broken()] == [pen, paper]
    buying.clean()


def test_an_order_is_late_once_its_day_has_passed(buying: Buying) -> None:
    key = buying.order()
    buying.office.clock.move(dt.timedelta(days=3))  # type: ignore[attr-defined]
    assert not buying.row(key).late
    buying.office.clock.move(dt.timedelta(days=1))  # type: ignore[attr-defined]
    assert buying.row(key).late
    assert [row.id for row in buying.office.show("purchasing.orders", {"late": True}).rows] == [key]
    assert buying.lines(key)[0].late
    buying.do("postpone_order", key, **WHY)
    assert not buying.row(key).late


def test_refusals(buying: Buying) -> None:
    key = buying.order()
    with refused(buying.office, "kernel.missing"):
        buying.do("postpone_order", new_id(), **WHY)
    with refused(buying.office, "kernel.stale"):
        buying.do("postpone_order", key, version=9, **WHY)
    with refused(buying.office, "purchasing.day_passed"):
        buying.do("postpone_order", key, expected_on="2026-11-22", reason="foi ontem")
    with refused(buying.office, "purchasing.not_of_this_order"):
        buying.do("postpone_order", key, product_id=buying.ink, **WHY)
    with refused(buying.office, "kernel.too_short"):
        buying.do("postpone_order", key, expected_on="2026-12-15", reason="")
    with acting(buying.office, "finance"), refused(buying.office, "kernel.forbidden"):
        buying.do("postpone_order", key, **WHY)
    draft = buying.draft()
    with refused(buying.office, "purchasing.postpone_order.not_in_state"):
        buying.do("postpone_order", draft, **WHY)
