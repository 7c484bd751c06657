"""Sending: from there on the goods are expected."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import MONDAY, acting, refused
from tests.modules.purchasing.buying import Buying


def test_every_line_is_expected_on_its_day(buying: Buying) -> None:
    key = buying.draft((buying.paper, "10"), (buying.pen, "20"))
    with acting(buying.office, "commercial"):
        outcome = buying.office.do("purchasing.send_order", order_id=key, version=1)
    (row,) = outcome.rows
    assert (row.state, row.late, row.version) == ("ordered", False, 2)
    assert outcome.value["prints"] == {"order_id": key}
    assert buying.office.one("purchasing.order_card", key).sent_at == MONDAY
    assert buying.expected(key) == [("CAN-1", "20", "2026-11-25"), ("A4-75", "10", "2026-11-26")]
    assert [(line.open, line.late) for line in buying.lines(key)] == [(10, False), (20, False)]
    buying.clean()


def test_refusals(buying: Buying) -> None:
    key = buying.draft()
    with refused(buying.office, "kernel.missing"):
        buying.do("send_order", new_id())
    with refused(buying.office, "kernel.stale"):
        buying.do("send_order", key, version=9)
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.do("send_order", key)
    late = buying.draft()
    buying.office.do("party.archive_party", party_id=buying.supplier)
    with refused(buying.office, "party.archived"):
        buying.do("send_order", key)
    buying.office.do("party.restore_party", party_id=buying.supplier)
    buying.do("send_order", key)
    with refused(buying.office, "purchasing.send_order.not_in_state"):
        buying.do("send_order", key)
    buying.office.clock.move(dt.timedelta(days=7))  # type: ignore[attr-defined]
    with refused(buying.office, "purchasing.day_passed"):
        buying.do("send_order", late)
