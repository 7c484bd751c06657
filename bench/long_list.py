"""In a real window: how soon a list of a million orders is painted, what standing anywhere in it costs, and whether it
grows. `python -m bench.long_list {"url": …, "empty_url": …}` prints the figures."""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import psutil
from PySide6.QtWidgets import QApplication

from bench.databases import Bed, new_company
from bench.entry import Bench
from bench.million import million
from retaguarda.kernel.screen.state import Go
from retaguarda.shell.list_view import ListView

SCREEN = "sales.order_list"
OPENED, SCROLLED = 9, 300
JUMPS, STEPS = 40, 600
"""How many places, evenly from the beginning to the end, are stood at while the memory is watched."""


def long_list(bed: Bed) -> dict[str, Any]:
    """The figures of the list, in a process of its own."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    empty = bed.fresh("empty_list")
    new_company(empty).close()
    facts = json.dumps({"url": million(bed).url, "empty_url": empty})
    command = [sys.executable, "-m", "bench.long_list", facts]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=os.environ)
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _view(bench: Bench) -> ListView:
    assert bench.window.desk is not None
    assert bench.window.desk.screens.front is not None
    view = bench.window.desk.screens.front.view
    assert isinstance(view, ListView)
    return view


def first_paint_ms(bench: Bench, shown: str) -> float:
    """From the call that opens the list until what it shows (`ready`, `empty`) is painted, the median."""
    taken = []
    for _ in range(OPENED):
        assert bench.window.desk is not None
        began = time.perf_counter()
        bench.window.desk.screens.open(Go(SCREEN))
        while _view(bench).state.status != shown:
            bench.app.processEvents()
        _view(bench).grab()
        taken.append((time.perf_counter() - began) * 1000)
        bench.turn()
        _view(bench).state.close()
        bench.turn()
    return statistics.median(taken[3:])


def _stand(view: ListView, bench: Bench, at: int) -> None:
    """Goes to a place of the scroll bar and paints until its rows are there."""
    view.table.verticalScrollBar().setValue(at)
    view.table.viewport().grab()
    first = view.table.rowAt(1)
    while view.table.rows.at(first) is None:
        bench.app.processEvents()
    view.table.viewport().grab()


def pages_ms(view: ListView, bench: Bench) -> list[float]:
    """The GUI thread's time for each page turned: what it asks, the rows that come, the paint."""
    bar, taken = view.table.verticalScrollBar(), []
    for n in range(SCROLLED):
        # A hundred pages on from places far apart.
        if n % 100 == 0:
            _stand(view, bench, int(bar.maximum() * n / SCROLLED))
            bench.turn()
        began = time.thread_time()
        _stand(view, bench, bar.value() + bar.pageStep())
        bench.turn()
        taken.append((time.thread_time() - began) * 1000)
    return taken


def jumps_ms(view: ListView, bench: Bench) -> list[float]:
    """By the clock, from a jump to a place nobody has been at until its rows are painted."""
    bar, taken = view.table.verticalScrollBar(), []
    for n in range(JUMPS):
        began = time.perf_counter()
        _stand(view, bench, int(bar.maximum() * ((n * 17 + 11) % JUMPS) / JUMPS))
        taken.append((time.perf_counter() - began) * 1000)
        bench.turn()
    return taken


def growth_mb(view: ListView, bench: Bench) -> float:
    """How much more memory the process has at the end of the list than at its tenth part."""
    bar, process = view.table.verticalScrollBar(), psutil.Process()
    at_tenth = 0
    for n in range(STEPS + 1):
        _stand(view, bench, int(bar.maximum() * n / STEPS))
        bench.turn()
        if n == STEPS // 10:
            at_tenth = process.memory_info().rss
    assert view.table.rows.at(len(view.state.rows) - 1) is not None
    return (process.memory_info().rss - at_tenth) / 1e6


def main() -> None:
    facts = json.loads(sys.argv[1])
    QApplication.instance() or QApplication(["bench"])
    paint: dict[str, float] = {}
    out: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(facts["empty_url"], Path(folder) / "empty")
        paint["empty"] = first_paint_ms(bench, "empty")
        bench.end()
        bench = Bench(facts["url"], Path(folder) / "full")
        paint["full"] = first_paint_ms(bench, "ready")
        began = time.perf_counter()
        bench.open(SCREEN)
        view = _view(bench)
        ready = time.perf_counter() - began
        pages = pages_ms(view, bench)
        jumps = jumps_ms(view, bench)
        out["list_first_paint_extra_ms"] = round(paint["full"] - paint["empty"], 1)
        out["list_page_p99_ms"] = round(statistics.quantiles(pages, n=100)[98], 1)
        out["list_rss_growth_mb"] = round(growth_mb(view, bench), 1)
        out["list"] = {
            "rows": len(view.state.rows),
            "first_paint_ms": {name: round(ms, 1) for name, ms in paint.items()},
            "page_p50_ms": round(statistics.median(pages), 1),
            "jump_p95_ms": round(statistics.quantiles(jumps, n=20)[18], 1),
            "exact_after_s": round(ready, 2),
        }
        bench.end()
    print(json.dumps(out))


if __name__ == "__main__":
    main()
