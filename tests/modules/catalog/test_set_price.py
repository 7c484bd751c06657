"""Prices hold from a day on; what was asked in the past is never rewritten, by nobody."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import insert, update
from sqlalchemy.exc import DatabaseError

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Invalid
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.text import Texts
from retaguarda.modules.catalog import api
from tests.helpers.company import refused
from tests.modules.catalog.goods import add_product

TODAY = dt.date(2026, 11, 23)


def price_on(office: Office, key: str, day: dt.date) -> Decimal | None:
    found = api.price_on(office.reads(), [key], day).get(key)
    return None if found is None else found.price


def test_each_day_has_its_price(office: Office) -> None:
    key = add_product(office, price="10")
    office.do("catalog.set_price", product_id=key, price="12", valid_from="2026-12-10")
    office.do("catalog.set_price", product_id=key, price="11", valid_from="2026-12-01")
    days = {dt.date(2026, 11, 22): None, TODAY: 10, dt.date(2026, 11, 30): 10, dt.date(2026, 12, 1): 11}
    days |= {dt.date(2026, 12, 9): 11, dt.date(2026, 12, 10): 12, dt.date(2030, 1, 1): 12}
    assert {day: price_on(office, key, day) for day in days} == days
    states = [r.state for r in office.show("catalog.prices", {"product_id": key}, "valid_from").rows]
    assert states == ["current", "coming", "coming"]
    office.clock.move(dt.timedelta(days=8))  # type: ignore[attr-defined]
    assert office.one("catalog.products", key).price == 11
    states = [r.state for r in office.show("catalog.prices", {"product_id": key}, "valid_from").rows]
    assert states == ["past", "current", "coming"]


def test_the_same_day_again_replaces_what_was_never_in_force_before(office: Office) -> None:
    key = add_product(office, price="10")
    (row,) = office.do("catalog.set_price", product_id=key, price="9.9999").rows
    assert (row.price, row.price_since) == (Decimal("9.9999"), TODAY)
    assert sorted(r.state for r in office.show("catalog.prices").rows) == ["current", "replaced"]


def test_only_a_first_price_may_begin_in_the_past(office: Office) -> None:
    key = add_product(office)
    assert office.show("catalog.products", {"price": None}).rows[0].id == key
    office.do("catalog.set_price", product_id=key, price="10", valid_from="2026-01-01")
    assert price_on(office, key, dt.date(2026, 3, 1)) == 10
    with refused(office, "catalog.set_price.past_day"):
        office.do("catalog.set_price", product_id=key, price="5", valid_from="2026-11-22")
    with refused(office, "kernel.missing"):
        office.do("catalog.set_price", product_id=new_id(), price="5")
    with refused(office, "kernel.too_small"):
        office.do("catalog.set_price", product_id=key, price="-5")
    for price in ("10000000000000", "7896422700015", "1000000000.01"):
        with refused(office, "kernel.too_large") as said:
            office.do("catalog.set_price", product_id=key, price=price)
        assert isinstance(said[0], Invalid)
        fault = said[0].faults[0]
        assert fault.field == "price"
        assert "1.000.000.000" in Texts("pt_BR", strict=True).cause(fault.code, **fault.params)
    assert office.do("catalog.set_price", product_id=key, price="1000000000").value["id"] == key


def test_the_database_keeps_prices_apart_and_as_they_were(office: Office) -> None:
    key = add_product(office, price="10")
    office.do("catalog.set_price", product_id=key, price="11", valid_from="2026-12-01")
    table = api.product_price
    row = office.show("catalog.prices", {"product_id": key}, "valid_from").rows[0]
    with office.store.engine.connect() as connection:
        list_id = connection.execute(api.price_list.select()).one().id
    new = {
        "id": new_id(),
        "version": 1,
        "command_id": new_id(),
        "list_id": list_id,
        "product_id": key,
        "price": Decimal(1),
        "valid_from": TODAY,
        "valid_to": TODAY,
    }
    for statement in (
        insert(table).values(**new),
        update(table).where(table.c.id == row.id).values(price=Decimal(1)),
        update(table).where(table.c.id == row.id).values(valid_from=dt.date(2026, 11, 24)),
        update(table).where(table.c.id == row.id).values(valid_to=dt.date(2026, 12, 5)),
        table.delete().where(table.c.id == row.id),
    ):
        with pytest.raises(DatabaseError, match="retaguarda:"), office.store.engine.begin() as connection:
            connection.execute(statement)
