"""Real orders of a Brazilian marketplace (the Olist files), read and chosen for a replay.

The files have no names, no stock: products are named by category and key, and the stock is set so that about every
tenth order is short of something.
"""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from retaguarda.app.chance import Chance
from retaguarda.kernel.errors import Fault, Invalid

FILES = ("orders", "order_items", "order_payments", "customers", "products")
"""What a replay through the live commands needs."""
ONE_IN = 10
"""About every so-many-th order is made short."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a real order: always one piece, so two of a product are two lines."""

    product: str
    price: Decimal


@dataclass(frozen=True, slots=True)
class RealOrder:
    """A real order: its key, who bought (a person may buy several times), its lines, in how many parts it was paid."""

    key: str
    person: str
    city: str
    state: str
    postcode: str
    items: tuple[Item, ...]
    parts: int


@dataclass(frozen=True, slots=True)
class Replay:
    """What is played: the orders in their order, the products' names, the stock of each product beforehand."""

    orders: Sequence[RealOrder]
    names: Mapping[str, str]
    stock: Mapping[str, int]


def read(folder: Path, count: int, seed: int) -> Replay:
    """A seeded choice of `count` orders with items; refuses a folder that lacks a file, and more than there are."""
    demand_files(folder, FILES)
    items: dict[str, list[Item]] = defaultdict(list)
    for row in sorted(rows(folder, "order_items"), key=lambda r: (r["order_id"], int(r["order_item_id"]))):
        items[row["order_id"]].append(Item(row["product_id"], Decimal(row["price"])))
    if not 1 <= count <= len(items):
        raise Invalid(Fault("orders", "play.too_many", {"most": len(items)}))
    chance = Chance(f"olist:{seed}")
    chosen = chance.some_of(sorted(items), count)
    orders = _orders(folder, chosen, items)
    used = {item.product for order in orders for item in order.items}
    categories = {r["product_id"]: r["product_category_name"] for r in rows(folder, "products")}
    names = {key: _name(categories.get(key, ""), key) for key in sorted(used)}
    return Replay(orders, names, stock_of(orders, chance))


def _orders(folder: Path, chosen: Sequence[str], items: Mapping[str, Sequence[Item]]) -> tuple[RealOrder, ...]:
    wanted = set(chosen)
    buyers = {r["order_id"]: r["customer_id"] for r in rows(folder, "orders") if r["order_id"] in wanted}
    people = {r["customer_id"]: r for r in rows(folder, "customers")}
    parts: dict[str, int] = defaultdict(int)
    for row in rows(folder, "order_payments"):
        if row["order_id"] in wanted:
            parts[row["order_id"]] = max(parts[row["order_id"]], int(row["payment_installments"]))
    found = []
    for key in chosen:
        person = people[buyers[key]]
        found.append(
            RealOrder(
                key=key,
                person=person["customer_unique_id"],
                city=person["customer_city"].title(),
                state=person["customer_state"],
                postcode=f"{person['customer_zip_code_prefix']:0>5}-000",
                items=tuple(items[key]),
                parts=parts[key],
            )
        )
    return tuple(found)


def stock_of(orders: Sequence[RealOrder], chance: Chance) -> dict[str, int]:
    """Exactly what all orders need, less one piece of one product of about every tenth order."""
    stock = Counter(item.product for order in orders for item in order.items)
    short = {order.items[0].product for order in chance.some_of(orders, max(1, len(orders) // ONE_IN))}
    return {product: needed - (product in short) for product, needed in sorted(stock.items())}


def _name(category: str, key: str) -> str:
    words = category.replace("_", " ").strip().capitalize() or "Sem categoria"
    return f"{words} {key[:8]}"


def demand_files(folder: Path, names: Sequence[str]) -> None:
    """Refuses a folder that lacks a file."""
    missing = [file for file in map(_file, names) if not (folder / file).is_file()]
    if missing:
        raise Invalid(Fault("path", "play.file_missing", {"folder": str(folder), "files": missing}))


def _file(name: str) -> str:
    return f"olist_{name}_dataset.csv"


def rows(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the files, by its short name."""
    with (folder / _file(name)).open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)
