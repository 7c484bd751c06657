"""From the quotation to the payment, against the raw tape of its own writes, and after 20,000 orders against 100."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from bench.blocks import BLOCK, WARM, alternate
from bench.databases import PRODUCTS, SEED, Bed, reopen
from bench.orders import STEPS, Played, Shop, open_shop, play, play_whole
from bench.past import lengthen, state_of
from bench.raw.tape import Transaction, raw_tape, read_tape, write_tape
from retaguarda.app.compose import MODULES
from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import models_of
from tests.helpers.tampering import plain

ORDERS = 300
FEW, MANY = 100, 20_000
RECORDED = 20
"""Orders whose statements, rows and bytes are counted."""


def order_to_cash(bed: Bed, *, fast: bool = False) -> dict[str, Any]:
    """CPU and wall time of ours over raw, and what one order takes."""
    count = BLOCK * 2 if fast else ORDERS
    url = bed.fresh("o2c_base")
    shop = open_shop(url, PRODUCTS)
    tape_url, raw_url, our_url = (bed.copy(url, f"o2c_{name}") for name in ("tape", "raw", "ours"))
    file = bed.folder / f"o2c_{bed.engine}.tape"
    taken = record(tape_url, shop, count + WARM, file)
    tape = read_tape(file)
    spent = alternate({"raw": raw_tape(raw_url, tape, len(STEPS)), "ours": Played(our_url, shop)}, count)
    raw, ours = spent["raw"], spent["ours"]
    before, after = rows_of(url), rows_of(our_url)
    if after != rows_of(raw_url):
        raise RuntimeError("the tape has not written what we write")
    return {
        "cpu_s": round(ours.client_s, 5),
        "x_raw": round(ours.cpu_s / raw.cpu_s, 2),
        "wall_x_raw": round(ours.wall_s / raw.wall_s, 2),
        "rows": round((sum(after.values()) - sum(before.values())) / (count + WARM)),
        **taken,
        "ms": {
            "cpu": round(ours.cpu_s * 1000, 2),
            "raw_cpu": round(raw.cpu_s * 1000, 2),
            "wall": round(ours.wall_s * 1000, 2),
            "raw_wall": round(raw.wall_s * 1000, 2),
            "p95": round(ours.p95_s * 1000, 2),
        },
    }


def growth(bed: Bed, *, fast: bool = False) -> dict[str, float]:
    """CPU of an order in a company that has had 20,000 of them over that in one that has had 100. The many are copies
    of the 100, written by the database itself (`bench/past.py`): to play them would take ten minutes."""
    url = bed.fresh("o2c_short_past")
    shop = open_shop(url, PRODUCTS)
    office, payloads = reopen(url), shop.payloads(SEED + 1)
    play_whole(office, shop, next(payloads))
    before = state_of(url)
    for _ in range(FEW):
        play_whole(office, shop, next(payloads))
    office.close()
    long_url = bed.copy(url, "o2c_long_past")
    many = MANY // 20 if fast else MANY
    lengthen(long_url, before, many // FEW - 1)
    spent = alternate({"few": Played(url, shop), "many": Played(long_url, shop)}, ORDERS // 2)
    few, much = spent["few"].cpu_s, spent["many"].cpu_s
    return {"x": round(much / few, 2), "few_cpu_ms": round(few * 1000, 2), "many_cpu_ms": round(much * 1000, 2)}


def record(url: str, shop: Shop, count: int, file: Path) -> dict[str, Any]:
    """Plays orders and keeps their writes, one transaction for each command, in `file`; gives the statements of each
    command and of an order, and on SQLite the bytes that an order adds to the file."""
    tape: list[Transaction] = []
    steps = dict.fromkeys(STEPS, 0)
    office = reopen(url)
    office.bus.warm()
    statements, payloads = office.bus.statements, shop.payloads()
    warm = size = 0
    for n in range(count):
        if n == WARM:
            warm = size_of(url)
        statements.tape, before = [], statements.count
        for step in play(office, shop, next(payloads)):
            if n >= WARM:
                steps[step] = max(steps[step], statements.count - before)
            tape.append(statements.tape)
            statements.tape, before = [], statements.count
    size = size_of(url)
    office.close()
    write_tape(file, tape)
    taken: dict[str, Any] = {"statements": sum(steps.values()), "statements_of": steps}
    return {**taken, "bytes": round((size - warm) / (count - WARM))} if size else taken


def size_of(url: str) -> int:
    """The bytes that a SQLite file holds, its log included; nothing on PostgreSQL."""
    if not url.startswith("sqlite"):
        return 0
    with contextlib.closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as connection:
        asked = ("page_count", "freelist_count", "page_size")
        pages, free, size = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in asked)
        return (pages - free) * size


def rows_of(url: str) -> dict[str, int]:
    """How many rows every table has."""
    tables = [table_of(model) for model in models_of(MODULES).values()]
    with plain(url) as connection:
        counts = {table.name: select(func.count()).select_from(table) for table in tables}
        return {name: int(connection.execute(count).scalar_one()) for name, count in counts.items()}
