"""Many processes do whole orders over the same few products, until the goods are gone."""

from __future__ import annotations

import time
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from bench.databases import LINES, SEED, Bed, reopen
from bench.orders import Shop, open_shop, play_whole
from bench.race import contend, how_it_went
from retaguarda.kernel.errors import Busy, Refusal, Trouble
from retaguarda.modules.inventory import api as inventory
from tests.helpers.tampering import plain

HOT, EACH = 50, 12
"""Products, and orders of each process."""


def race_orders(bed: Bed, processes: int = 24) -> dict[str, Any]:
    """Orders per second and the wait for a whole one, with what was oversold. A product has three quarters of what all
    together ask for, so that the last orders are refused."""
    asked = processes * EACH * LINES * 5 // HOT
    url = bed.fresh("race_orders")
    shop = open_shop(url, HOT, Decimal(asked * 3 // 4))
    told, wall = contend(_work, [(url, shop, SEED + n) for n in range(processes)])
    office = reopen(url)
    findings = office.check()
    office.close()
    done = sum(t["done"] for t in told)
    return {
        "orders": done,
        "orders_per_s": round(done / wall, 1),
        "refused": sum(t["refused"] for t in told),
        "oversold": oversold(url),
        **how_it_went(told, wall),
        "check": len(findings),
    }


def oversold(url: str) -> int:
    """Products of which more went out than had come in, by the ledger of moves."""
    move = inventory.stock_move.c
    with plain(url) as connection:
        rows = connection.execute(
            select(move.product_id, move.kind, func.sum(move.quantity)).group_by(move.product_id, move.kind)
        )
        stands: dict[str, Decimal] = {}
        for product, kind, quantity in rows:
            stands[product] = stands.get(product, Decimal(0)) + (-quantity if kind == "ship" else quantity)
    return sum(1 for quantity in stands.values() if quantity < 0)


def _work(url: str, shop: Shop, seed: int, ready: Any, go: Any, results: Any) -> None:
    office = reopen(url)
    office.show("sales.orders", limit=1)
    office.warm()
    payloads = shop.payloads(seed)
    out: dict[str, Any] = {"done": 0, "refused": 0, "busy": 0, "errors": [], "waits": []}
    ready.release()
    go.wait()
    for _ in range(EACH):
        started = time.perf_counter()
        try:
            play_whole(office, shop, next(payloads))
            out["done"] += 1
            out["waits"].append(time.perf_counter() - started)
        except Refusal as refusal:
            out["refused"] += 1
            if refusal.code != "sales.confirm_order.no_stock":
                out["errors"].append(f"{refusal.code} {refusal.params}")
        except Busy as busy:
            out["busy"] += 1
            out["errors"].append(str(busy.params))
        except Trouble as trouble:
            out["errors"].append(f"{trouble.code} {trouble.params}")
    out["retries"] = office.bus.retries
    office.close()
    results.put(out)
