"""Many processes sell the last hundred units of one product through the confirm command.

How long one waits depends on who else uses the machine. So the processor time of the race (processes and, on
PostgreSQL, their backends) is set against all that was used meanwhile: `share` is 1.0 on a quiet machine, and
`p99_quiet_s`, what the bar is for, is the wait as it would have been there.
"""

from __future__ import annotations

import multiprocessing as mp
import time
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import psutil
from sqlalchemy import text

from bench.databases import Bed, reopen, stocked
from bench.orders import server_cpu_of
from retaguarda.app.headless import Office
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
    told, wall, used = contend(_sell, [(url, [(o["id"], o["version"]) for o in mine]) for mine in orders])
    return _summary(url, told, wall, used)


def contend(target: Callable[..., None], jobs: Sequence[tuple[Any, ...]]) -> tuple[list[dict[str, Any]], float, float]:
    """One process for each job, all let go at once: what they tell, the seconds it took, and those of CPU that the
    whole machine used meanwhile. `target` gets its job, then `ready`, `go` and `results`."""
    context = mp.get_context("spawn")
    ready, go, results = context.Semaphore(0), context.Event(), context.Queue()
    workers = [context.Process(target=target, args=(*job, ready, go, results)) for job in jobs]
    for worker in workers:
        worker.start()
    for _ in workers:
        ready.acquire()
    started, used = time.perf_counter(), _used()
    go.set()
    told = [results.get() for _ in workers]
    wall, used = time.perf_counter() - started, _used() - used
    for worker in workers:
        worker.join()
    return told, wall, used


def _used() -> float:
    """Processor seconds that the whole machine has used."""
    times = psutil.cpu_times()
    return float(sum(times) - times.idle - getattr(times, "iowait", 0.0) - getattr(times, "guest", 0.0))


def ours(office: Office) -> float:
    """Those of this process and of its connection's backend."""
    return time.process_time() + server_cpu_of(office)


def _sell(url: str, orders: list[tuple[str, int]], ready: Any, go: Any, results: Any) -> None:
    office = reopen(url)
    office.show("sales.orders", limit=1)
    office.bus.warm()
    out: dict[str, Any] = {"sold": 0, "refused": 0, "busy": 0, "errors": [], "waits": []}
    ready.release()
    go.wait()
    used = ours(office)
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
    out["used"] = ours(office) - used
    office.close()
    results.put(out)


def _summary(url: str, told: list[dict[str, Any]], wall: float, used: float) -> dict[str, Any]:
    office = reopen(url)
    with office.store.engine.connect() as connection:
        ledger = connection.execute(text("SELECT COALESCE(SUM(quantity), 0) FROM stock_reservation")).scalar()
    findings = office.check()
    office.close()
    return {
        "sold": sum(t["sold"] for t in told),
        "recounted": int(Decimal(ledger or 0) / 10_000),
        "refused": sum(t["refused"] for t in told),
        **how_it_went(told, wall, used),
        "check": len(findings),
    }


def how_it_went(told: list[dict[str, Any]], wall: float, used: float) -> dict[str, Any]:
    """Deadlocks, errors, Busy, retries and waiting of a race."""
    waits = sorted(w for t in told for w in t["waits"])
    errors = [e for t in told for e in t["errors"]]
    p99, share = waits[int(len(waits) * 0.99)], min(1.0, sum(t["used"] for t in told) / used)
    return {
        "deadlocks": sum("deadlock" in e.lower() for e in errors),
        "errors": len(errors),
        "busy": sum(t["busy"] for t in told),
        "retries": sum(t["retries"] for t in told),
        "p99_s": round(p99, 3),
        "share": round(share, 2),
        "p99_quiet_s": round(p99 * share, 3),
        "wall_s": round(wall, 2),
    }
