"""Who sold what, when and from where in the files of the marketplace, and how long sellers and ways took."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter
from pathlib import Path

from retaguarda.app import olist

FILES = ("orders", "order_items", "customers", "products", "sellers")
WINDOW = dt.timedelta(days=60)
DEARER = Decimal("1.1")
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sale:
    """A piece that was sold: by whom, when it was bought, for how much."""

    bought_at: dt.datetime
    product: str
    category: str
    seller: str
    price: Decimal


class Market:
    """Everything that was sold, and where sellers and customers live."""

    def __init__(self, folder: Path) -> None:
        olist.demand_files(folder, FILES)
        customers = {row["customer_id"]: row["customer_state"] for row in olist.rows(folder, "customers")}
        bought, self.home_of = {}, {}
        for row in olist.rows(folder, "orders"):
            bought[row["order_id"]] = dt.datetime.fromisoformat(row["order_purchase_timestamp"])
            self.home_of[row["order_id"]] = customers[row["customer_id"]]
        self.seller_home: Mapping[str, str] = {r["seller_id"]: r["seller_state"] for r in olist.rows(folder, "sellers")}
        categories = {row["product_id"]: row["product_category_name"] for row in olist.rows(folder, "products")}
        self.items: defaultdict[str, list[Sale]] = defaultdict(list)
        for row in olist.rows(folder, "order_items"):
            product, at = row["product_id"], bought[row["order_id"]]
            sale = Sale(at, product, categories.get(product, ""), row["seller_id"], Decimal(row["price"]))
            self.items[row["order_id"]].append(sale)
        self._products = _by("product", self.items.values())
        self._categories = _by("category", self.items.values())

    def same_product(self, item: Sale) -> set[str]:
        """Other sellers who had sold the product at any earlier time."""
        sales = self._products[item.product]
        return {one.seller for one in sales[: _place(sales, item.bought_at)]} - {item.seller}

    def same_category(self, item: Sale) -> set[str]:
        """Other sellers who had sold in the category in the sixty days before, for at most a tenth more."""
        sales = self._categories[item.category]
        recent = sales[_place(sales, item.bought_at - WINDOW) : _place(sales, item.bought_at)]
        return {one.seller for one in recent if one.price <= item.price * DEARER} - {item.seller}


def _by(name: str, orders: Iterable[Sequence[Sale]]) -> dict[str, list[Sale]]:
    """The sales by one of their attributes, each in the order of time."""
    found: defaultdict[str, list[Sale]] = defaultdict(list)
    for sale in sorted((sale for items in orders for sale in items), key=attrgetter("bought_at")):
        found[getattr(sale, name)].append(sale)
    return found


def _place(sales: Sequence[Sale], moment: dt.datetime) -> int:
    """How many were sold before that moment."""
    return bisect_left(sales, moment, key=attrgetter("bought_at"))


@dataclass(frozen=True, slots=True)
class Delivery:
    """An order that arrived, with when it was approved and handed over."""

    key: str
    approved_at: dt.datetime
    handed_at: dt.datetime
    arrived_at: dt.datetime


class Times:
    """How long it took from approval to hand-over, by seller, and from there to the customer, by the two states; of
    what had been delivered before a day. Days are asked for in their order."""

    def __init__(self, market: Market, deliveries: Iterable[Delivery]) -> None:
        self._market = market
        self._to_come = sorted(deliveries, key=lambda one: (one.arrived_at, one.key), reverse=True)
        self._handing: defaultdict[str, list[dt.timedelta]] = defaultdict(list)
        self._way: defaultdict[tuple[str, str], list[dt.timedelta]] = defaultdict(list)

    def go_to(self, day: dt.date) -> None:
        """What was delivered before that day is known from now on."""
        while self._to_come and self._to_come[-1].arrived_at.date() < day:
            one = self._to_come.pop()
            sellers = {sale.seller for sale in self._market.items[one.key]}
            for seller in sellers:
                insort(self._handing[seller], one.handed_at - one.approved_at)
            home = self._market.home_of[one.key]
            for place in {self._market.seller_home[seller] for seller in sellers}:
                insort(self._way[place, home], one.arrived_at - one.handed_at)

    def expected(self, sellers: Iterable[str], home: str) -> tuple[int, int] | None:
        """In how many days the quickest and the slowest of the sellers would have it there, a part of a day being one;
        None where nothing is known of any of them."""
        found = [
            handing + way
            for seller in sellers
            if (handing := _median(self._handing.get(seller))) is not None
            and (way := _median(self._way.get((self._market.seller_home[seller], home)))) is not None
        ]
        return (_whole(min(found)), _whole(max(found))) if found else None


def _whole(span: dt.timedelta) -> int:
    return max(0, -(-span // DAY))


def _median(spans: Sequence[dt.timedelta] | None) -> dt.timedelta | None:
    if not spans:
        return None
    middle = len(spans) // 2
    return spans[middle] if len(spans) % 2 else (spans[middle - 1] + spans[middle]) / 2
