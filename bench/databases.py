"""Databases to measure on: a company with products, stock and quotations from a printed seed; copies of it."""

from __future__ import annotations

import contextlib
import random
import shutil
import sqlite3
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from retaguarda.app.headless import Office, create_office, open_office
from retaguarda.modules.company.commands import CreateCompany
from tests.helpers import postgres

SEED = 20261121
PRODUCTS = 400
LINES = 10
PASSWORD = "only for measuring"


class Bed:
    """Where databases of one engine are made and copied."""

    def __init__(self, engine: str, folder: Path, admin: str = "") -> None:
        self.engine = engine
        self.folder = folder
        self.admin = admin
        self.million: Any = None
        """The company with a million orders, where one was made."""

    def fresh(self, name: str) -> str:
        """The address of an empty database."""
        if self.engine == "sqlite":
            path = self.folder / f"{name}.db"
            for suffix in ("", "-wal", "-shm"):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
            return f"sqlite:///{path}"
        return postgres.new_database(self.admin)

    def copy(self, url: str, name: str) -> str:
        """A copy of a database that nobody has open."""
        if self.engine == "sqlite":
            source = url.removeprefix("sqlite:///")
            with contextlib.closing(sqlite3.connect(source)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            target = self.fresh(name)
            shutil.copy(source, target.removeprefix("sqlite:///"))
            return target
        return postgres.new_database(self.admin, template=url.split("/")[-1].split("?")[0])


@contextlib.contextmanager
def beds(folder: Path) -> Iterator[dict[str, Bed]]:
    """One bed per engine; the PostgreSQL waits for its disk as a real one does."""
    with postgres.running(fast=False) as admin:
        yield {"sqlite": Bed("sqlite", folder), "pg": Bed("pg", folder, admin)}


def new_company(url: str) -> Office:
    """A company that asks no password, opened by its administrator."""
    office = create_office(
        url,
        CreateCompany(
            name="Bench", admin_name="Ana", admin_login="ana", admin_password=PASSWORD, branch_state="SP", sample=True
        ),
    )
    office.act_as("ana")
    return office


def stocked(url: str, products: int = PRODUCTS, each: Decimal = Decimal(1_000_000)) -> tuple[Office, str, list[str]]:
    """A company with one customer and products with stock; gives office, customer and products."""
    office = new_company(url)
    customer = office.do("party.add_party", name="Cliente de Medida", kind="company", customer=True).value["id"]
    return office, customer, stock(office, products, each)


def price_of(product: int) -> Decimal:
    """What the product of this number costs."""
    return Decimal(100 + product) / 10


def stock(office: Office, products: int, each: Decimal) -> list[str]:
    """So many products, `each` of them in stock."""
    ids = []
    for n in range(products):
        value = office.do("catalog.add_product", code=f"P{n:05}", name=f"Produto {n:05}", price=str(price_of(n))).value
        ids.append(value["id"])
    for start in range(0, products, 100):
        lines = [{"product_id": p, "quantity": str(each), "unit_cost": "7.35"} for p in ids[start : start + 100]]
        office.do("inventory.receive_stock", lines=lines)
    return ids


def quotations(office: Office, customer: str, products: list[str], count: int) -> list[tuple[str, int]]:
    """Quotations of ten lines each, as (order, version)."""
    chance = random.Random(SEED)
    out = []
    for _ in range(count):
        lines = [{"product_id": p, "quantity": str(chance.randint(1, 9))} for p in chance.sample(products, LINES)]
        value = office.do("sales.create_quotation", customer_id=customer, lines=lines).value
        out.append((value["id"], value["version"]))
    return out


def reopen(url: str) -> Office:
    """A database of this bench, opened again."""
    return open_office(url, "ana")
