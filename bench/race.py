"""Many processes sell the last hundred units of one product through the confirm command."""

from __future__ import annotations

import multiprocessing as mp
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import text

from bench.databases import Bed, reopen, stocked
from retaguarda.kernel.errors import Busy, Refusal, Trouble

UNITS = 100
EACH = 12


def race(bed: Bed, processes: int) -> dict[str, Any]:
    """What was sold, recounted from the ledger by SQL, and how it went: deadlocks, errors, Busy, retries, p99."""
    url = bed.fresh("race")
    office, customer, (product, *_) = stocked(url, products=1, each=Decimal(UNITS))
    each = max(EACH, UNITS // processes + 5)
    orders = [
        [
            office.do(
                "sales.create_quotation", customer_id=customer, lines=[{"product_id": product, "quantity": "1"}]
            ).value
            for _ in range(each)
        ]
        for _ in range(processes)
    ]
    office.close()
    told, wall = contend(_sell, [(url, [(o["id"], o["version"]) for o in mine]) for mine in orders])
    return _summary(url, told, wall)


def contend(target: Callable[..., None], jobs: Sequence[tuple[Any, ...]]) -> tuple[list[dict[str, Any]], float]:
    """One process for each job, all let go at once: what they tell, and the seconds it took. `target` gets its job,
    then `ready`, `go` and `results`."""
    context = mp.get_context("spawn")
    ready, go, results = context.Semaphore(0), context.Event(), context.Queue()
    workers = [context.Process(target=target, args=(*job, ready, go, results)) for job in jobs]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    started = time.perf_counter()
    go.set()
    told = [results.get() for _ in workers]
    wall = time.perf_counter() - started
    for worker in workers:
        worker.join()
    return told, wall


def _sell(url: str, orders: list[tuple[str, int]], ready: Any, go: Any, results: Any) -> None:
    office = reopen(url)
    office.show("sales.orders", limit=1)
    office.warm()
    out: dict[str, Any] = {"sold": 0, "refused": 0, "busy": 0, "errors": [], "waits": []}
    ready.release()
    go.wait()
    for order, version in orders:
        started = time.perf_counter()
        try:
            office.do("sales.confirm_order", order_id=order, version=version)
            out["sold"] += 1
        except Refusal:
            out["refused"] += 1
        except Busy as busy:
            out["busy"] += 1
            out["errors"].append(str(busy.params))
        except Trouble as trouble:
            out["errors"].append(f"{trouble.code} {trouble.params}")
        out["waits"].append(time.perf_counter() - started)
    out["retries"] = office.bus.retries
    office.close()
    results.put(out)


def _summary(url: str, told: list[dict[str, Any]], wall: float) -> dict[str, Any]:
    office = reopen(url)
    with office.store.engine.connect() as connection:
        ledger = connection.execute(text("SELECT COALESCE(SUM(quantity), 0) FROM stock_reservation")).scalar()
    findings = office.check()
    office.close()
    return {
        "sold": sum(t["sold"] for t in told),
        "recounted": int(Decimal(ledger or 0) / 10_000),
        "refused": sum(t["refused"] for t in told),
        **how_it_went(told, wall),
        "check": len(findings),
    }


def how_it_went(told: list[dict[str, Any]], wall: float) -> dict[str, Any]:
    """Deadlocks, errors, Busy, retries and waiting of a race."""
    waits = sorted(w for t in told for w in t["waits"])
    errors = [e for t in told for e in t["errors"]]
    return {
        "deadlocks": sum("deadlock" in e.lower() for e in errors),
        "errors": len(errors),
        "busy": sum(t["busy"] for t in told),
        "retries": sum(t["retries"] for t in told),
        "p99_s": round(waits[int(len(waits) * 0.99)], 3),
        "wall_s": round(wall, 2),
    }
