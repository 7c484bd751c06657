"""`check` names exactly the row that somebody changed behind the program's back."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import delete, select, update

from retaguarda.kernel.model import table_of
from retaguarda.kernel.series import NumberSeries
from retaguarda.modules.sales import api
from tests.helpers.tampering import without_triggers

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

series = table_of(NumberSeries)


def test_a_changed_total_is_named(shop: Shop) -> None:
    shop.order()
    key = shop.order((0, "1"))
    with without_triggers(shop.office) as connection:
        orders = api.sales_order
        connection.execute(update(orders).where(orders.c.id == key).values(total_amount=Decimal(11)))
    (finding,) = shop.office.check()
    assert (finding.proof, finding.id) == ("sales.order_total_equals_lines", key)


def test_a_gap_in_the_numbers_is_named(shop: Shop) -> None:
    shop.order()
    with without_triggers(shop.office) as connection:
        connection.execute(update(series).where(series.c.kind == "sales.order").values(last=2))
        (own,) = connection.execute(select(series.c.id).where(series.c.kind == "sales.order")).scalars()
    (finding,) = shop.office.check()
    assert (finding.proof, finding.id) == ("kernel.series_is_whole.sales_order", own)
    assert (finding.expected, finding.found) == ("2", "1")


def test_a_lost_promise_is_named(shop: Shop) -> None:
    key = shop.order((0, "1"), (1, "1"))
    lost = shop.office.show("sales.order_lines", {"order_id": key}, "position").rows[1]
    with without_triggers(shop.office) as connection:
        connection.execute(delete(api.promise).where(api.promise.c.line_id == lost.id))
    (finding,) = shop.office.check()
    assert (finding.proof, finding.id) == ("sales.confirmed_lines_are_promised", lost.id)


def test_a_silently_moved_day_is_named(shop: Shop) -> None:
    key = shop.order()
    with without_triggers(shop.office) as connection:
        orders = api.sales_order
        connection.execute(update(orders).where(orders.c.id == key).values(promised_on=dt.date(2026, 12, 24)))
    (finding,) = shop.office.check()
    assert (finding.proof, finding.id) == ("sales.promised_day_equals_promises", key)
