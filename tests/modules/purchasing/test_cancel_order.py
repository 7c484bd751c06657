"""An order of which nothing has come is cancelled."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_a_draft_and_a_sent_one(buying: Buying) -> None:
    draft, sent = buying.draft(), buying.order()
    waiting = buying.peg(sent, buying.paper, "4", "2026-12-10")
    for key in (draft, sent):
        buying.do("cancel_order", key, reason="comprado em dobro")
        assert (buying.row(key).state, buying.row(key).allowed) == ("cancelled", ())
    assert buying.broken() == [(waiting, "4", "cancel")]
    assert buying.expected(sent) == []
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.order()
    with refused(buying.office, "kernel.missing"):
        buying.do("cancel_order", new_id(), reason="sem motivo")
    with refused(buying.office, "kernel.stale"):
        buying.do("cancel_order", key, reason="sem motivo", version=9)
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.do("cancel_order", key, reason="sem motivo")
    buying.do("cancel_order", key, reason="sem motivo")
    with refused(buying.office, "purchasing.cancel_order.not_in_state"):
        buying.do("cancel_order", key, reason="sem motivo")
