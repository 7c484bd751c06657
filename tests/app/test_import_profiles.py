"""A shop comes in out of the dump of its old database: who, what and the past, by profiles that are data."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Invalid, Refusal
from retaguarda.kernel.imports import profiles_named
from tests.helpers.company import contents, refused

NORTHWIND = profiles_named("northwind")
DUMP = """
CREATE TABLE customers (customer_id text, company_name text, contact_name text, contact_title text, address text,
    city text, region text, postal_code text, country text, phone text, fax text);
INSERT INTO customers VALUES ('A1', 'Alfa', 'Ana', 'Owner', 'Rua A, 1', 'Seattle', 'WA', '98122', 'USA', '555-1', NULL);
INSERT INTO customers VALUES ('B2', 'Beta', 'Bia', NULL, 'Rua B, 2', 'Santos', 'SP', '11010', 'Brazil', '(11) 1', 'F');
INSERT INTO customers VALUES ('C3', 'Gama', 'Caio', NULL, 'Rua C, 3', 'Oz', NULL, NULL, 'Oz', NULL, NULL);
CREATE TABLE suppliers (supplier_id int, company_name text, contact_name text, contact_title text, address text,
    city text, region text, postal_code text, country text, phone text, fax text, homepage text);
INSERT INTO suppliers VALUES (1, 'Delta', 'Davi', NULL, 'Rua D', 'Paris', NULL, '75004', 'France', '1', NULL, NULL);
CREATE TABLE employees (employee_id int, last_name text, first_name text, title text, address text, city text,
    region text, postal_code text, country text, home_phone text);
INSERT INTO employees VALUES (1, 'Lima', 'Eva', 'Sales', 'Rua E', 'London', NULL, 'SW1', 'UK', '555');
CREATE TABLE products (product_id int, product_name text, supplier_id int, quantity_per_unit text, unit_price real,
    reorder_level int, discontinued int);
INSERT INTO products VALUES (1, 'Chá', 1, '10 caixas', 9.80000019, 10, 0), (2, 'Sal', 1, NULL, 4.5, 5, 1),
    (3, 'Mel', 7, NULL, 12, 5, 0);
CREATE TABLE orders (order_id int, customer_id text, order_date date, required_date date, shipped_date date,
    freight real, ship_city text, ship_country text);
INSERT INTO orders VALUES (10, 'A1', '1996-07-04', '1996-08-01', '1996-07-16', 32.3800011, 'Seattle', 'USA');
INSERT INTO orders VALUES (11, 'B2', '1996-07-05', '1996-08-01', NULL, 1, 'Santos', 'Brazil');
CREATE TABLE order_details (order_id int, product_id int, unit_price real, quantity int, discount real);
INSERT INTO order_details VALUES (10, 1, 9.80000019, 3, 0.150000006), (10, 2, 4.5, 2, 0), (11, 1, 7.69999981, 1, 0.25);
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "northwind_psql.sql").write_text(DUMP, encoding="utf-8")
    return tmp_path


def bring(office: Office, folder: Path) -> dict[str, Any]:
    return importing.bring_all(office, "northwind", NORTHWIND, folder)


def test_a_shop_comes_in_is_known_again_and_is_taken_back(office: Office, folder: Path) -> None:
    left = 9

    def mark(stage: int) -> None:
        nonlocal left
        left -= 1
        if left < 0:
            raise KeyboardInterrupt

    for stages in (40, 60, 90):  # cut off three times, each time further on
        left, office.bus.mark = stages, mark
        with pytest.raises(KeyboardInterrupt):
            bring(office, folder)
        office.bus.close()
    office.bus.mark = None
    told = bring(office, folder)
    parts = {one["profile"].partition(".")[2]: one for one in told["profiles"]}
    assert (told["records"], told["known"] + told["recorded"] + told["unreadable"], told["changed"]) == (13, 13, True)
    assert [parts["employees"][role] for role in ("customers", "suppliers", "employees")] == [2, 1, 1]
    # Of what is on sale: one of them was put away by the profile that follows.
    assert parts["products"]["prices_amount"] == Decimal("21.80")
    orders = parts["orders"]
    assert [str(orders[f"{word}_amount"]) for word in ("items_gross", "items", "items_unrounded", "freight")] == [
        "46.10", "39.76", "39.77", "33.38",
    ]  # fmt: skip
    assert [(f["row"], f["field"], f["value"], f["reason"]) for one in told["profiles"] for f in one["findings"]] == [
        (5, "addresses.1.postcode", "11010", "br.cep.length"),
        (5, "contacts.1.phone", "(11) 1", "br.phone.length"),
        (6, "country", "Oz", "imports.unknown_code"),
        (16, "supplier_id", "7", "imports.not_brought"),
    ]
    names = {row.name: row for row in office.show("party.parties").rows}
    assert {"Alfa", "Beta", "Delta", "Eva Lima"} <= set(names)
    assert [(p.code, p.name, p.price, p.archived) for p in office.show("catalog.products", sort="code").rows] == [
        ("1", "Chá", Decimal("9.80"), False), ("2", "Sal", Decimal("4.50"), True), ("3", "Mel", Decimal(12), False),
    ]  # fmt: skip
    (point,) = office.show("purchasing.reorder_points").rows
    assert (point.name, point.supplier_name, point.minimum_quantity) == ("Chá", "Delta", 10)
    assert office.check() == []
    known_again(office, folder)
    taken_back(office)


def known_again(office: Office, folder: Path) -> None:
    before = contents(office)
    again = bring(office, folder)
    assert contents(office) == before
    assert (again["changed"], again["known"], again["recorded"]) == (False, 13, 0)


def taken_back(office: Office) -> None:
    for batch in office.show("imports.batches").rows:
        office.do("imports.undo_batch", batch_id=batch.id)
    assert all(row.archived for row in office.show("catalog.products").rows)
    assert all(row.archived for row in office.show("party.parties").rows)
    assert office.show("process.past_orders").rows == ()
    assert not any(row.active for row in office.show("purchasing.reorder_points").rows)
    assert office.check() == []


def test_nothing_comes_in_while_one_table_cannot_be_read(office: Office, folder: Path) -> None:
    path = folder / "northwind_psql.sql"
    path.write_text(DUMP.replace("freight real", "fright real"), encoding="utf-8")
    before = contents(office)
    with pytest.raises(Invalid) as caught:
        bring(office, folder)
    (fault,) = caught.value.faults
    assert (fault.code, fault.params["column"], fault.params["field"]) == (
        "imports.column_missing", "freight", "freight_amount",
    )  # fmt: skip
    assert NORTHWIND[-1].written == fault.params["profile"]
    path.write_text(DUMP[:-20], encoding="utf-8")
    with pytest.raises(Refusal):
        bring(office, folder)
    assert contents(office) == before


def test_a_persons_own_profile_is_found_by_the_command_line(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RETAGUARDA_HOME", str(tmp_path))
    (tmp_path / "imports").mkdir()
    written = 'command = "catalog.add_product"\nfile = "bens.csv"\nkey = "cod"\n[fields]\ncode = "cod"\nname = "nome"\n'
    (tmp_path / "imports" / "bens.toml").write_text(written, encoding="utf-8")
    (tmp_path / "bens.csv").write_text("cod,nome\n1,Vela\n1,Velas\n,\n", encoding="utf-8")
    told = importing.run(tmp_path, sqlite_url, "bens")
    assert (told["recorded"], told["refused"], told["unreadable"]) == (1, 1, 1)
    assert {finding["reason"] for finding in told["findings"]} == {"imports.changed_since", "imports.no_key"}


def test_what_no_module_takes_back_stays(office: Office) -> None:
    key = office.do("imports.open_batch", profile="shoebox", brings="catalog.add_unit").value["id"]
    assert office.one("imports.batches", key).allowed == ()
    with refused(office, "imports.undo_batch.stays"):
        office.do("imports.undo_batch", batch_id=key)
