"""The confirm command of a ten-line order against the raw tape of its own writes, in alternating blocks."""

from __future__ import annotations

import gc
import statistics
import time
from typing import Any

from bench.databases import Bed, quotations, reopen, stocked
from bench.raw.tape import PostgresTape, SqliteTape, backend_cpu
from retaguarda.app.headless import Office

WARM = 20
BLOCK = 25
ORDERS = 500


class OurSide:
    """Confirms one quotation after the other through the office."""

    def __init__(self, url: str, orders: list[tuple[str, int]]) -> None:
        self.office = reopen(url)
        self.orders = iter(orders)

    def next(self) -> None:
        order, version = next(self.orders)
        self.office.do("sales.confirm_order", order_id=order, version=version)

    def server_cpu(self) -> float:
        writer: Any = self.office.bus.writer()
        info = getattr(writer.connection, "info", None)
        return backend_cpu(info.backend_pid) if info is not None else 0.0

    def close(self) -> None:
        self.office.close()


def measure(bed: Bed, count: int = ORDERS) -> dict[str, Any]:
    """The ratio of CPU (client and backend) of ours to raw, and how many statements one confirm takes."""
    url = bed.fresh("confirm_base")
    office, customer, products = stocked(url)
    orders = quotations(office, customer, products, count + WARM)
    office.close()
    tape_url, raw_url, our_url = (bed.copy(url, f"confirm_{n}") for n in ("tape", "raw", "ours"))
    recorder = reopen(tape_url)
    tape, statements = record(recorder, orders)
    recorder.close()
    raw: Any = (
        SqliteTape(raw_url.removeprefix("sqlite:///"), tape)
        if bed.engine == "sqlite"
        else PostgresTape(raw_url.replace("+psycopg", ""), tape)
    )
    ours = OurSide(our_url, orders)
    sides = {"raw": raw, "ours": ours}
    times: dict[str, list[float]] = {"raw": [], "ours": []}
    walls: list[float] = []
    for side in sides.values():
        for _ in range(WARM):
            side.next()
    gc.collect()
    gc.freeze()
    for _ in range(count // BLOCK):
        for name, side in sides.items():
            server = side.server_cpu()
            started = time.process_time()
            for _ in range(BLOCK):
                wall = time.perf_counter()
                side.next()
                if name == "ours":
                    walls.append(time.perf_counter() - wall)
            times[name].append(time.process_time() - started + side.server_cpu() - server)
    for side in sides.values():
        side.close()
    gc.unfreeze()
    raw_cpu, our_cpu = (statistics.median(times[n]) / BLOCK for n in ("raw", "ours"))
    return {
        "x_raw": round(our_cpu / raw_cpu, 2),
        "statements": statements,
        "cpu_ms": round(our_cpu * 1000, 2),
        "raw_cpu_ms": round(raw_cpu * 1000, 2),
        "p95_ms": round(statistics.quantiles(walls, n=20)[18] * 1000, 2),
    }


def record(office: Office, orders: list[tuple[str, int]]) -> tuple[list[Any], int]:
    """The write statements of every confirm, one list per transaction, and the most statements one took."""
    tape: list[Any] = []
    most = 0
    statements = office.bus.statements
    for order, version in orders:
        statements.tape = []
        before = statements.count
        office.do("sales.confirm_order", order_id=order, version=version)
        most = max(most, statements.count - before)
        tape.append(statements.tape)
    statements.tape = None
    return tape, most
