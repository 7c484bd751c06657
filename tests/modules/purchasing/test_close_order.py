"""The rest of an order does not come any more."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_what_was_promised_of_it_is_lost_loudly(buying: Buying) -> None:
    key = buying.order((buying.paper, "10"))
    waiting = buying.peg(key, buying.paper, "4", "2026-12-10")
    with acting(buying.office, "stock"):
        done = buying.office.do("purchasing.close_order", order_id=key, reason="fornecedor sem estoque", version=1)
    (row,) = done.rows
    assert (row.state, row.reason, row.allowed, done.value["broken"]) == ("closed", "fornecedor sem estoque", (), 1)
    assert buying.broken() == [(waiting, "4", "cancel")]
    assert buying.expected(key) == []
    assert buying.lines(key)[0].open == 0
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order()
    with refused(buying.office, "kernel.missing"):
        buying.do("close_order", new_id(), reason="sem motivo")
    with refused(buying.office, "kernel.stale"):
        buying.do("close_order", key, reason="sem motivo", version=9)
    with refused(buying.office, "kernel.too_short"):
        buying.do("close_order", key, reason="x")
    with acting(buying.office, "finance"), refused(buying.office, "kernel.forbidden"):
        buying.do("close_order", key, reason="sem motivo")
    draft = buying.draft()
    with refused(buying.office, "purchasing.close_order.not_in_state"):
        buying.do("close_order", draft, reason="sem motivo")
