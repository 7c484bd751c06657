"""The order list into a workbook, as its button does it, against a bare loop of the same writer over the same cells."""

from __future__ import annotations

import datetime as dt
import gc
import statistics
import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import psutil

from bench.databases import Bed, reopen
from bench.million import million
from bench.raw import sheet as bare
from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.lanes import Cancelled, Token, current_token
from retaguarda.kernel.page import PAGE
from retaguarda.kernel.screen.gathering import Exporting
from tests.helpers.desk import Desk

ROWS, TURNS = 100_000, 3


def measure_export(bed: Bed, *, fast: bool = False) -> dict[str, Any]:
    """How many times the bare loop's CPU ours takes; whether it holds more the longer it runs, tells how far it is, and
    leaves nothing when it is given up."""
    rows = ROWS // 10 if fast else ROWS
    office = reopen(million(bed).url)
    try:
        return _measured(office, bed.folder, rows)
    finally:
        office.close()


def _measured(office: Office, folder: Path, rows: int) -> dict[str, Any]:
    desk = Desk(office, book())
    desk.open("sales.order_list")
    cursors = office.anchors("sales.orders", {}, "-ordered_at").cursors
    desk.state.filter("ordered_at >=", cursors[rows // PAGE][0])
    desk.call(lambda: None)
    view: Exporting = desk.state.view()
    cells = [tuple(_plain(value) for value in row) for row in view.sheet(office).read()]
    assert len(cells) == rows
    heads = [column.title for column in view.sheet(office).columns]
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    told: list[tuple[int, int]] = []
    for _ in range(TURNS):
        gc.collect()
        began = time.process_time()
        bare.write(str(folder / "bare.xlsx"), heads, cells)
        taken["bare"].append(time.process_time() - began)
        began = time.process_time()
        told = _written(office, view, folder / "ours.xlsx")
        taken["ours"].append(time.process_time() - began)
    del cells
    ours, raw = (statistics.median(taken[side]) for side in ("ours", "bare"))
    return {
        "export_x_bare": round(ours / raw, 2),
        "export": {
            "rows": rows,
            "cpu_s": round(ours, 2),
            "bare_cpu_s": round(raw, 2),
            "growth_mb": _growth_mb(office, view, folder / "ours.xlsx", rows),
            "progress_steps": len(told),
            "given_up_leaves_nothing": _given_up(office, view, folder / "given_up.xlsx"),
        },
    }


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, dt.datetime):
        return value.replace(tzinfo=None)
    return value


def _written(office: Office, view: Exporting, path: Path, heard: Any = lambda done, whole: None) -> Any:
    told: list[tuple[int, int]] = []

    def hear(done: int, whole: int) -> None:
        told.append((done, whole))
        heard(done, whole)

    token = Token(hear)
    marker = current_token.set(token)
    try:
        view.into("xlsx", path)(office)
    finally:
        current_token.reset(marker)
    return told


def _growth_mb(office: Office, view: Exporting, path: Path, rows: int) -> float:
    """How much more memory the process has near the end than after a tenth of the rows."""
    process, seen = psutil.Process(), {}
    gc.collect()

    def hear(done: int, _whole: int) -> None:
        if done <= rows // 10:
            seen["tenth"] = process.memory_info().rss
        seen["end"] = process.memory_info().rss

    _written(office, view, path, hear)
    return round((seen["end"] - seen["tenth"]) / 1e6, 1)


def _given_up(office: Office, view: Exporting, path: Path) -> bool:
    token = Token()

    def hear(done: int, whole: int) -> None:
        if done > whole // 3:
            token.cancel()

    token = Token(hear)
    marker = current_token.set(token)
    try:
        view.into("xlsx", path)(office)
    except Cancelled:
        return not list(path.parent.glob(f"{path.name}*"))
    finally:
        current_token.reset(marker)
    return False
