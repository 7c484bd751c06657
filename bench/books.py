"""The trial balance over 100,000 entry lines against the plain driver's own sums, wall time in alternating turns."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench.databases import Bed, new_company, reopen
from bench.raw.books import RawBooks
from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.command import Command
from retaguarda.kernel.module import Handled, Module, Registry
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api

LINES = 100_000
AT_ONCE = 2_000
TURNS = 15
RULES = (
    ("billing.invoice_issued", "goods"),
    ("inventory.shipped", "cost"),
    ("inventory.received", "cost"),
    ("purchasing.invoiced", "received"),
    ("billing.written_off", "principal"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FillBooks(Command):
    """Books many entries at once."""


def fill_books(unit: Unit, command: FillBooks) -> Mapping[str, Any]:
    branch = str(unit.actor.branch_id)
    bookings = [
        api.Booking(
            rule=rule, source=("bench", unit.command_id), branch_id=branch, amounts={name: Decimal(n % 977 + 1)}
        )
        for n in range(AT_ONCE // 2)
        for rule, name in (RULES[n % len(RULES)],)
    ]
    return {"entries": len(api.book(unit, *bookings))}


def fill(office: Office, lines: int = LINES) -> None:
    """So many lines, as commands book them."""
    office.act_as("ana")
    bench = Module(name="bench", commands=(Handled(FillBooks, fill_books, permission="accounting.record_entry"),))
    bus = Bus(office.store, Registry([*MODULES, bench]), office.clock, office.zone)
    try:
        for _ in range(lines // AT_ONCE):
            bus.do(FillBooks(), office.actor)
    finally:
        bus.close()


def measure_books(bed: Bed) -> dict[str, Any]:
    """How many times as long ours takes, and both in milliseconds."""
    url = bed.fresh("books")
    office = new_company(url)
    fill(office)
    office.close()
    office = reopen(url)
    raw = RawBooks(url, bed.engine)
    day = office.today()
    first, last = day.replace(day=1).isoformat(), day.isoformat()
    sides: dict[str, Callable[[], Any]] = {
        "raw": lambda: raw.balance(first, last),
        "ours": lambda: office.show("accounting.trial_balance", limit=1000).rows,
    }
    times: dict[str, list[float]] = {name: [] for name in sides}
    try:
        found = {row.code: row.closing_amount for row in sides["ours"]() if row.postable}
        assert found == {row[0]: Decimal(row[5]).scaleb(-2) for row in sides["raw"]()}
        for _ in range(TURNS):
            for name, side in sides.items():
                began = time.perf_counter()
                side()
                times[name].append(time.perf_counter() - began)
    finally:
        raw.close()
        office.close()
    ms = {name: round(statistics.median(taken) * 1000, 2) for name, taken in times.items()}
    return {"x_raw": round(ms["ours"] / ms["raw"], 2), "lines": LINES, **{f"{k}_ms": v for k, v in ms.items()}}
