"""Another shop comes in by its profiles on both engines: every figure equals SQL on the file itself."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.headless import Office
from retaguarda.kernel.imports import profiles_named

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "northwind"
FILE = FOLDER / "northwind_psql.sql"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FILE.is_file(), reason="the shop in ../shared/data/northwind is not there"),
]
COUNTS = {"customers": 91, "suppliers": 29, "employees": 9, "products": 77, "orders": 830}
CENTS = "CAST(round(unit_price * 100) AS INTEGER) * quantity"
RATE = "CAST(round(discount * 100) AS INTEGER)"
FIGURES = {
    "items_gross_amount": f"SELECT sum({CENTS}) * 10000 FROM order_details",
    # As documents have it: the discount of each line to the cent, a half upwards.
    "items_amount": f"SELECT sum({CENTS} - ({CENTS} * {RATE} + 50) / 100) * 10000 FROM order_details",
    "items_unrounded_amount": f"SELECT sum({CENTS} * (100 - {RATE})) * 100 FROM order_details",
    "freight_amount": "SELECT sum(CAST(round(freight * 100) AS INTEGER)) * 10000 FROM orders",
    "prices_amount": "SELECT sum(CAST(round(unit_price * 100) AS INTEGER)) * 10000 FROM products",
}
"""In millionths, by a statement on the file for each."""


@pytest.fixture(scope="module")
def told_by_sql() -> Iterator[sqlite3.Connection]:
    """The file, run by SQLite instead of read by us; its types and strings are as good there."""
    database = sqlite3.connect(":memory:")
    for statement in re.findall(
        r"^(?:CREATE TABLE|INSERT INTO) .*?;$", FILE.read_text("utf-8"), re.DOTALL | re.MULTILINE
    ):
        database.execute(statement)
    yield database
    database.close()


def asked(database: sqlite3.Connection, sql: str) -> Any:
    return database.execute(sql).fetchone()[0]


def test_every_figure_equals_sql_on_the_file(office: Office, told_by_sql: sqlite3.Connection) -> None:
    told = importing.bring_all(office, "northwind", profiles_named("northwind"), FOLDER)
    parts = {one["profile"].partition(".")[2]: one for one in told["profiles"]}
    for table, count in COUNTS.items():
        assert parts[table]["recorded"] == count == asked(told_by_sql, f"SELECT count(*) FROM {table}")
    said = {name: value for one in told["profiles"] for name, value in one.items()}
    assert {name: said[name] for name in ("customers", "suppliers", "employees", "products", "orders")} == COUNTS
    for name, sql in FIGURES.items():
        exact = Decimal(asked(told_by_sql, sql)) / 1_000_000
        assert said[name] == exact.quantize(Decimal("0.01")), name
    # What the wide world knows of this file.
    assert [str(said[name]) for name in ("items_gross_amount", "items_unrounded_amount", "freight_amount")] == [
        "1354458.59", "1265793.04", "64942.69",
    ]  # fmt: skip
    assert parts["discontinued"]["recorded"] == asked(told_by_sql, "SELECT sum(discontinued) FROM products")
    again = "SELECT count(*) FROM products WHERE discontinued = 0 AND reorder_level > 0"
    assert parts["reorder"]["recorded"] == asked(told_by_sql, again)
    assert told["refused"] == told["unreadable"] == 0
    assert {f["reason"] for one in told["profiles"] for f in one["findings"]} == {"br.phone.length", "br.cep.length"}
    assert office.check() == []
