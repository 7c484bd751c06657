"""The confirm command of a ten-line order against the raw tape of its own writes, in alternating blocks."""

from __future__ import annotations

from typing import Any

from bench.blocks import WARM, alternate
from bench.databases import Bed, quotations, reopen, stocked
from bench.orders import server_cpu_of
from bench.raw.tape import raw_tape
from retaguarda.app.headless import Office

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
        return server_cpu_of(self.office)

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
    spent = alternate({"raw": raw_tape(raw_url, tape), "ours": OurSide(our_url, orders)}, count)
    raw, ours = spent["raw"], spent["ours"]
    return {
        "x_raw": round(ours.cpu_s / raw.cpu_s, 2),
        "statements": statements,
        "cpu_ms": round(ours.cpu_s * 1000, 2),
        "raw_cpu_ms": round(raw.cpu_s * 1000, 2),
        "p95_ms": round(ours.p95_s * 1000, 2),
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
