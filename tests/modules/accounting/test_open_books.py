"""A company that was at work before it kept books: its database, as recorded at the end of issue 2, is updated."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, String, column, insert, inspect, select
from sqlalchemy import table as sql_table
from sqlalchemy.types import TypeEngine

from retaguarda.app import headless
from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office, migrate_office, open_office
from retaguarda.kernel import schema
from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Trouble
from retaguarda.kernel.model import Base, Key, UtcDateTime
from retaguarda.kernel.store import Store
from retaguarda.kernel.stores import open_store
from tests.helpers import postgres
from tests.helpers.company import MONDAY, open_as, refused
from tests.schemas.recorded import FOLDER, replay

RECORDED = "issue_2"


@pytest.fixture
def old_url(office: Office, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of issue 2 with the test company in it, which has sold and billed one order there."""
    _sell(office)
    if office.store.name == "sqlite":
        url = f"sqlite:///{tmp_path / 'old.db'}"
        _write_old(open_store(url, create=True), office.store)
        yield url
        return
    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin)
    _write_old(open_store(url, create=True), office.store)
    yield url
    postgres.drop_database(admin, url)


@pytest.fixture(autouse=True)
def without_a_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is asked here is the update; the copy before it has its own tests."""
    monkeypatch.setattr(headless, "back_up", lambda *_: None)


def _sell(office: Office, pieces: str = "2") -> str:
    """An order of a product that is in stock, billed; gives the invoice."""
    if not office.show("catalog.products").rows:
        office.do("catalog.add_product", code="CAFE", name="Café torrado", price="15.00")
        office.do("party.add_party", name="Padaria Estrela", kind="person", customer=True)
        product = office.show("catalog.products").rows[0].id
        office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "10"}])
    product, customer = (office.show(name).rows[0].id for name in ("catalog.products", "party.parties"))
    lines = [{"product_id": product, "quantity": pieces}]
    order = office.do(("sales.place_order", {"customer_id": customer, "lines": lines})).value["id"]
    return str(office.do("sales.invoice_order", order_id=order).value["invoice_id"])


def _write_old(old: Store, present: Store) -> None:
    """Makes the recorded tables and writes into them what they can hold of the present company's rows."""
    try:
        replay(old, (FOLDER / f"{RECORDED}.{old.name}.sql").read_text(encoding="utf-8"))
        with old.engine.connect().execution_options(writes=True) as target, target.begin():
            for trigger, table in _triggers(target):
                target.exec_driver_sql(f"DROP TRIGGER {trigger}" + (f" ON {table}" if table else ""))
            with present.engine.connect() as source:
                _copy(source, target)
    finally:
        old.close()


def _triggers(connection: Connection) -> list[tuple[str, str]]:
    if connection.dialect.name == "sqlite":
        rows = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'trigger'").all()
        return [(row.name, "") for row in rows]
    sql = "SELECT tgname, tgrelid::regclass::text FROM pg_trigger WHERE NOT tgisinternal"
    return [(row[0], row[1]) for row in connection.exec_driver_sql(sql)]


def _copy(source: Connection, target: Connection) -> None:
    there = set(inspect(target).get_table_names()) - {"schema_mark", "row_audit"}
    for table in Base.metadata.sorted_tables:
        if table.name in there:
            known = {column["name"] for column in inspect(target).get_columns(table.name)}
            shared = sql_table(table.name, *(column(c.name, c.type) for c in table.c if c.name in known))
            if rows := source.execute(select(shared)).mappings().all():
                first = sql_table(table.name, *(column(c.name, _first_type(c.type, target)) for c in shared.c))
                target.execute(insert(first), [{k: _first_value(v, target) for k, v in row.items()} for row in rows])


def _first_type(kind: TypeEngine[Any], target: Connection) -> TypeEngine[Any]:
    """The first SQLite files kept keys and instants as text."""
    return String() if target.dialect.name == "sqlite" and isinstance(kind, Key | UtcDateTime) else kind


def _first_value(value: Any, target: Connection) -> Any:
    is_text = target.dialect.name == "sqlite" and isinstance(value, dt.datetime)
    return value.isoformat(timespec="microseconds") if is_text else value


def _trial_balance(office: Office) -> dict[str, Decimal]:
    rows = office.show("accounting.trial_balance", {"span": "all"}, limit=500).rows
    return {row.code: row.closing_amount for row in rows if row.postable and row.closing_amount}


def test_what_customers_owe_opens_the_books_and_orders_are_billed_and_booked_in_them(old_url: str) -> None:
    migrate_office(old_url, FixedClock(MONDAY))
    office = open_as(old_url)
    try:
        assert office.check() == []
        role = {row.role: row.account_code for row in office.show("accounting.roles", limit=100).rows}
        assert len(office.show("accounting.accounts", limit=500).rows) > 80, "the chart is the country's"
        assert _trial_balance(office) == {role["receivable"]: Decimal(30), role["opening"]: Decimal(-30)}
        (entry,) = office.show("accounting.entries").rows
        assert (entry.rule, entry.party_name, entry.total_amount) == ("billing.opening", "Padaria Estrela", Decimal(30))
        invoice = _sell(office, "3")
        (cash,) = office.show("accounting.money_accounts").rows
        office.do("billing.receive_payment", invoice_id=invoice, money_account_id=cash.id)
        assert _trial_balance(office) == {
            role["receivable"]: Decimal(30),
            role["opening"]: Decimal(-30),
            role["sales_goods"]: Decimal(-45),
            cash.account_code: Decimal(45),
        }
        assert office.check() == []
    finally:
        office.close()


def test_an_update_that_was_cut_off_before_the_books_were_open_is_finished_first(old_url: str) -> None:
    store = open_store(old_url)
    try:
        schema.migrate(store, MODULES, lambda: None)
        assert set(schema.owed(store)) == {"accounting.open_books", "reference.take_shipped"}
    finally:
        store.close()
    with pytest.raises(Trouble) as asked:
        open_office(old_url)
    assert asked.value.code == "kernel.older_database"
    migrate_office(old_url, FixedClock(MONDAY))
    office = open_as(old_url)
    try:
        assert schema.owed(office.store) == {}
        assert office.check() == []
    finally:
        office.close()


def test_books_are_opened_once(office: Office) -> None:
    with refused(office, "accounting.books_are_open"):
        office.do("accounting.open_books")


def test_who_opens_them_are_administrators(office: Office) -> None:
    office.act_as("accounting")
    with refused(office, "kernel.forbidden"):
        office.do("accounting.open_books")
