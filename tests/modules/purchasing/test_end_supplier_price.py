"""A supplier's price ends."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying


def test_an_ended_price_is_offered_no_more(buying: Buying) -> None:
    key = buying.price(buying.ink, "7")
    row = buying.office.do("purchasing.end_supplier_price", price_id=key, version=1).rows[0]
    assert (row.state, row.allowed) == ("replaced", ())
    with refused(buying.office, "purchasing.no_price"):
        buying.draft((buying.ink, "1"))
    buying.price(buying.ink, "8")
    assert buying.row(buying.draft((buying.ink, "1"))).total_amount == 8


def test_until_a_day(buying: Buying) -> None:
    key = buying.price(buying.ink, "7")
    row = buying.office.do("purchasing.end_supplier_price", price_id=key, valid_to="2026-11-30").rows[0]
    assert (row.state, row.valid_to) == ("current", dt.date(2026, 11, 30))


def test_refusals(buying: Buying) -> None:
    key = buying.price(buying.ink, "7")
    with refused(buying.office, "kernel.missing"):
        buying.office.do("purchasing.end_supplier_price", price_id=new_id())
    with refused(buying.office, "kernel.stale"):
        buying.office.do("purchasing.end_supplier_price", price_id=key, version=3)
    with refused(buying.office, "purchasing.day_passed"):
        buying.office.do("purchasing.end_supplier_price", price_id=key, valid_to="2026-11-01")
    with acting(buying.office, "stock"), refused(buying.office, "kernel.forbidden"):
        buying.office.do("purchasing.end_supplier_price", price_id=key)
    buying.office.do("purchasing.end_supplier_price", price_id=key)
    with refused(buying.office, "purchasing.end_supplier_price.ended"):
        buying.office.do("purchasing.end_supplier_price", price_id=key)
