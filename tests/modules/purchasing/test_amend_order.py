"""Changing what a sent order brings."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def amend(buying: Buying, key: str, *asked: tuple[str, str], **more: Any) -> Any:
    lines = [{"product_id": product, "quantity": quantity} for product, quantity in asked]
    return buying.office.do(("purchasing.amend_order", {"order_id": key, "lines": lines, **more}))


def test_less_breaks_the_weakest_and_more_is_expected(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), (buying.pen, "20"))
    strong = buying.peg(key, buying.paper, "4", "2026-12-10", priority=5)
    weak = buying.peg(key, buying.paper, "4", "2026-12-10")
    with acting(buying.office, "commercial"):
        outcome = amend(buying, key, (buying.paper, "5"), (buying.pen, "30"), version=1, reason="combinado")
    assert outcome.value["broken"] == 1
    assert buying.broken() == [(weak, "3", "cancel")]
    assert buying.expected(key) == [("CAN-1", "30", "2026-11-25"), ("A4-75", "5", "2026-11-26")]
    row = outcome.rows[0]
    assert (row.total_amount, row.state, row.reason) == (145, "ordered", "combinado")
    assert strong != weak
    buying.clean()


def test_lines_come_and_go_and_keep_their_price_and_day(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"), expected_on="2026-12-20")
    buying.price(buying.paper, "99")
    buying.price(buying.ink, "30")
    amend(buying, key, (buying.paper, "15"), (buying.ink, "2"))
    assert [(x.name, x.unit_price, x.expected_on.isoformat()) for x in buying.lines(key)] == [
        ("Papel A4 75 g", 20, "2026-12-20"),
        ("Tinta preta", 30, "2026-11-28"),
    ]
    amend(buying, key, (buying.ink, "2"))
    assert buying.expected(key) == [("TIN-1", "2", "2026-11-28")]
    assert buying.row(key).total_amount == 60
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order()
    with refused(buying.office, "kernel.missing"):
        amend(buying, new_id(), (buying.paper, "5"))
    with refused(buying.office, "kernel.stale"):
        amend(buying, key, (buying.paper, "5"), version=9)
    with refused(buying.office, "purchasing.no_price"):
        amend(buying, key, (buying.ink, "5"))
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        amend(buying, key, (buying.paper, "5"))
    draft = buying.draft()
    with refused(buying.office, "purchasing.amend_order.not_in_state"):
        amend(buying, draft, (buying.paper, "5"))
