"""What somebody types into the search of the order list, until its first rows and their count are there."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from bench.databases import SEED, Bed, reopen
from bench.million import PEOPLE, million
from retaguarda.app.headless import Office
from retaguarda.kernel.fold import fold
from tests.helpers.tampering import plain

EACH, ROWS = 100, 4
"""How often each kind of text is typed, and how many rows the one box shows."""
FORGET = {
    "sqlite": ("DROP TABLE IF EXISTS sqlite_stat1", "DROP TABLE IF EXISTS sqlite_stat4"),
    "pg": ("DELETE FROM pg_statistic",),
}


def measure_search(bed: Bed, *, fast: bool = False) -> dict[str, Any]:
    """The 95th percentile of the slowest kind of text in milliseconds, without statistics of the tables and with
    them; and of each kind."""
    made = million(bed)
    each = EACH // 10 if fast else EACH
    found: dict[str, dict[str, float]] = {}
    for name, statements in (("bare", FORGET[bed.engine]), ("analyzed", ("ANALYZE",))):
        with plain(made.url) as connection:
            for statement in statements:
                connection.execute(text(statement))
        office = reopen(made.url)
        try:
            found[name] = {kind: _p95(office, make, each) for kind, make in _kinds(made.orders).items()}
        finally:
            office.close()
    return {"p95_ms": max(max(kinds.values()) for kinds in found.values()), **found}


def _kinds(orders: int) -> dict[str, Callable[[random.Random], str]]:
    words = sorted({word for name in PEOPLE for word in fold(name).split() if len(word) > 3})
    return {
        "two_letters": lambda chance: chance.choice(words)[:2],
        "three_letters": lambda chance: chance.choice(words)[:3],
        "word": lambda chance: chance.choice(words),
        "number": lambda chance: str(chance.randint(1, orders)),
        "no_hit": lambda chance: "".join(chance.choices("kqwxyz", k=5)),
    }


def _p95(office: Office, make: Callable[[random.Random], str], each: int) -> float:
    chance, taken = random.Random(SEED), []
    for n in range(each + 5):
        typed = make(chance)
        began = time.perf_counter()
        office.show("sales.orders", {"search": typed}, "-ordered_at", limit=ROWS, count=True)
        if n >= 5:
            taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.quantiles(taken, n=20)[18], 1)
