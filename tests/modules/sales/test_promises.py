"""The promise ledger: the database itself refuses a later day without consent, a skipped turn, a wrong verdict."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING, Any

import pytest
from sqlalchemy import insert, select, update
from sqlalchemy.exc import DBAPIError

from retaguarda.kernel.ids import new_id
from retaguarda.modules.sales import api

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def refused_by_the_database(code: str) -> pytest.RaisesExc[DBAPIError]:
    """What runs inside must meet the guard with this code."""
    return pytest.raises(DBAPIError, match=re.escape(code))


def next_promise(shop: Shop, key: str, **changed: Any) -> dict[str, Any]:
    """The columns of one more promise for the first line of an order, as another program would write them."""
    with shop.office.store.engine.connect() as connection:
        row = connection.execute(select(api.promise).where(api.promise.c.order_id == key)).mappings().first()
    assert row is not None
    return {**row, "id": new_id(), "turn": row["turn"] + 1, **changed}


def write(shop: Shop, table: Any, values: dict[str, Any]) -> None:
    with shop.office.store.engine.begin() as connection:
        connection.execute(insert(table).values(**values))


def consent(shop: Shop, key: str, until: dt.date) -> str:
    row = next_promise(shop, key)
    consent_id = new_id()
    values = {"id": consent_id, "order_id": key, "promised_on": until, "command_id": row["command_id"], "at": row["at"]}
    write(shop, api.promise_consent, {**values, "given_by": "Lúcia", "channel": "phone", "shown": "", "note": ""})
    return consent_id


def test_a_later_day_without_consent_is_refused_by_the_database(shop: Shop) -> None:
    key = shop.order()
    later = dt.date(2026, 11, 28)
    with refused_by_the_database("sales.later_without_consent"):
        write(shop, api.promise, next_promise(shop, key, promised_on=later))
    too_early = consent(shop, key, dt.date(2026, 11, 27))
    with refused_by_the_database("sales.later_without_consent"):
        write(shop, api.promise, next_promise(shop, key, promised_on=later, consent_id=too_early))
    of_another = consent(shop, shop.order(), later)
    with refused_by_the_database("sales.later_without_consent"):
        write(shop, api.promise, next_promise(shop, key, promised_on=later, consent_id=of_another))
    write(shop, api.promise, next_promise(shop, key, promised_on=later, consent_id=consent(shop, key, later)))


def test_an_earlier_day_needs_nothing(shop: Shop) -> None:
    key = shop.order()
    write(shop, api.promise, next_promise(shop, key, promised_on=dt.date(2026, 11, 24)))
    assert shop.promises(key)[0].promised_on == dt.date(2026, 11, 24)


def test_a_promise_is_never_changed_removed_or_skipped(shop: Shop) -> None:
    key = shop.order()
    with refused_by_the_database("append_only"), shop.office.store.engine.begin() as connection:
        connection.execute(update(api.promise).values(promised_on=dt.date(2026, 12, 24)))
    with refused_by_the_database("append_only"), shop.office.store.engine.begin() as connection:
        connection.execute(api.promise.delete())
    with refused_by_the_database("sales.promise_turn"):
        write(shop, api.promise, next_promise(shop, key, turn=5))


def test_a_verdict_is_what_the_days_say(shop: Shop) -> None:
    key = shop.order()
    row = next_promise(shop, key)
    with shop.office.store.engine.connect() as connection:
        promise_id = connection.execute(select(api.promise.c.id).where(api.promise.c.order_id == key)).scalar_one()
    values = {
        "id": new_id(),
        "order_id": key,
        "line_id": row["line_id"],
        "promise_id": promise_id,
        "command_id": row["command_id"],
        "at": row["at"],
        "delivered_on": dt.date(2026, 11, 26),
    }
    with refused_by_the_database("sales.result_differs"):
        write(shop, api.promise_result, {**values, "kept": True})
    write(shop, api.promise_result, {**values, "kept": False})


def test_the_order_itself_guards_its_state_number_and_total(shop: Shop) -> None:
    key = shop.order()
    orders = api.sales_order
    for values, code in (
        ({"state": "quotation"}, "sales.unknown_move"),
        ({"number": 7}, "sales.number_changed"),
        ({"total_amount": shop.row(key).total_amount + 1}, "sales.total_differs"),
    ):
        with refused_by_the_database(code), shop.office.store.engine.begin() as connection:
            connection.execute(update(orders).where(orders.c.id == key).values(**values))
    shop.do("cancel_order", key, reason="x")
    lines = api.sales_order_line
    with refused_by_the_database("sales.order_ended"), shop.office.store.engine.begin() as connection:
        connection.execute(update(lines).where(lines.c.order_id == key).values(name="outro"))
