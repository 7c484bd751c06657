"""The orders that the bench measures over are a company's as any: every proof holds, every list shows them."""

from __future__ import annotations

import datetime as dt

from bench.million import fill
from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock


def test_two_thousand_orders_written_by_the_database_break_no_proof(office: Office) -> None:
    assert isinstance(office.clock, FixedClock)
    office.clock.move(dt.timedelta(minutes=1))
    count = fill(office, played=5, copies=399, products=2)
    assert office.check() == []
    page = office.show("sales.orders", count=True, limit=1)
    assert page.count == count == 2001
    assert office.show("sales.orders", {"search": "1987"}).rows[0].number == 1987
    newest, oldest = (office.show("sales.orders", sort=f"{way}ordered_at", limit=1).rows[0] for way in ("-", ""))
    assert newest.ordered_at - oldest.ordered_at > dt.timedelta(days=80)
