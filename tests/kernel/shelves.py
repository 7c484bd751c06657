"""Sixty shelves full of ties and empty values, on each engine: what the tests of reading share, and only read."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.page import Page
from retaguarda.kernel.query import Ask, Query, show
from retaguarda.kernel.store import Reader
from retaguarda.kernel.stores import open_store
from tests.helpers.toyshop import MONDAY, OWNER, MoveGoods, Play, Shelf, ShelfRow, Shop, make, playing, shelves

NAMES = ["Ana", "ana", "Bia", "", "Ção", "50% off", "50 off", "a_b", "a/b"]
BRANCHES = [new_id() for _ in range(3)]


def filled(url: str) -> Shop:
    """A shop of sixty shelves, nine of them with goods."""
    make(url)
    shop = Shop(open_store(url))
    dice = random.Random(7)
    rows: list[dict[str, Any]] = [
        {
            "name": dice.choice(NAMES),
            "place": dice.choice([None, None, "x", "y", "z"]),
            "branch_id": dice.choice([None, *BRANCHES]),
            "filled_on": dice.choice([None, dt.date(2026, 1, 1), dt.date(2026, 2, 1)]),
            "seen_at": dice.choice([None, MONDAY, MONDAY + dt.timedelta(microseconds=1)]),
            "worth": dice.choice([None, Decimal("1.10"), Decimal("-2"), Decimal("1.11")]),
            "open": dice.random() < 0.5,
        }
        for _ in range(60)
    ]
    with playing("fill", lambda unit: {"ids": unit.add_all(Shelf, rows)}):
        ids = shop.do(Play(what="fill")).value["ids"]
    for n in range(9):
        shop.do(MoveGoods(shelf_id=ids[n * 5], quantity=Decimal(n % 3)))
    shop.bus.close()
    return shop


def ask(
    shop: Shop, reader: Reader, where: Mapping[str, Any] | None = None, query: Query = shelves, **more: Any
) -> Page:
    actor = more.pop("actor", OWNER)
    return show(reader, shop.store.dialect, query, Ask(where or {}, **more), actor, MONDAY, MONDAY.date())


def every(shop: Shop, reader: Reader) -> Sequence[ShelfRow]:
    return ask(shop, reader, limit=5000).rows
