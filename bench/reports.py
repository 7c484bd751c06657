"""Every report as its screen reads it, pages, totals and all, against its own SQL run once on the driver."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from sqlalchemy import Select

from bench.databases import Bed, reopen
from bench.million import million
from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen import Cut, ReportScreen
from retaguarda.kernel.screen.gathering import Asked, gather
from retaguarda.kernel.statement import Statement

TURNS = 2


def measure_reports(bed: Bed) -> dict[str, Any]:
    """The worst ratio by the clock, and of each cut the ratio with the milliseconds of both."""
    office = reopen(million(bed).url)
    try:
        cuts = [cut for screen in book() if isinstance(screen, ReportScreen) for cut in screen.cuts]
        found = {cut.query: _measured(office, cut) for cut in cuts}
    finally:
        office.close()
    return {"report_x_sql": max(one["x"] for one in found.values()), "reports": found}


def _measured(office: Office, cut: Cut) -> dict[str, Any]:
    query = office.registry.query(cut.query)
    sides: dict[str, Callable[[], int]] = {
        "sql": lambda: _rows(office, query),
        "ours": lambda: gather(office, Asked(cut.query, {}, cut.sort), cut.totals).count,
    }
    best = dict.fromkeys(sides, float("inf"))
    counts = set()
    for _ in range(TURNS):
        for name, side in sides.items():
            began = time.perf_counter()
            counts.add(side())
            best[name] = min(best[name], (time.perf_counter() - began) * 1000)
    assert len(counts) == 1, f"{cut.query} has {counts} rows"
    return {"x": round(best["ours"] / best["sql"], 2), "ms": round(best["ours"]), "sql_ms": round(best["sql"])}


def _rows(office: Office, query: Query) -> int:
    asked: Select[Any] = query.select
    prepared = Statement(asked).prepared(office.store.dialect)
    values = dict.fromkeys(bind.key for bind in query.given.values())
    values.update(today=office.today(), now=office.now(), person_id=office.actor.person_id)
    return len(office.reads().reader.read(prepared, prepared.args(values)))
