"""What the window costs: its start, the GUI thread held by a confirm, a line added to a long order."""

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

from bench.databases import Bed, quotations, stocked

STARTS = 10
ADDED = 500
WARM = 20


def measure_window(bed: Bed) -> dict[str, Any]:
    """All figures of the window."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return {**_starts(), **_in_own_process(bed)}


def _starts() -> dict[str, Any]:
    """CPU from process start to the first painted frame, ours and an empty window with the same theme, in turn."""
    with tempfile.TemporaryDirectory() as folder:
        theme = Path(folder) / "theme.json"
        subprocess.run([sys.executable, "-m", "bench.theme_of", str(theme)], check=True)
        environment = {**os.environ, "RETAGUARDA_HOME": folder}
        ours: list[float] = []
        raw: list[float] = []
        for _ in range(STARTS):
            for command, out in (
                ([sys.executable, "-m", "bench.raw.empty_window", str(theme)], raw),
                ([sys.executable, "-m", "bench.first_frame"], ours),
            ):
                done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment)
                out.append(float(done.stdout.split()[-1]))
    return {
        "start_x_empty_window": round(statistics.median(ours) / statistics.median(raw), 2),
        "start": {
            "cpu_ms": round(statistics.median(ours) * 1000),
            "raw_cpu_ms": round(statistics.median(raw) * 1000),
        },
    }


def _in_own_process(bed: Bed) -> dict[str, Any]:
    """Qt wants a process of its own; gives what `bench.entry` prints."""
    url = bed.fresh("window")
    office, customer, products = stocked(url, products=250)
    orders = quotations(office, customer, products, 60)
    office.close()
    facts = json.dumps({"url": url, "customer": customer, "orders": orders})
    done = subprocess.run(
        [sys.executable, "-m", "bench.entry", facts], capture_output=True, text=True, check=False, env=os.environ
    )
    if done.returncode:
        raise RuntimeError(done.stderr[-2000:])
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def ninety_fifth(values: list[float]) -> float:
    """The 95th percentile."""
    return statistics.quantiles(values, n=20)[18]


def timed(act: Any, repeat: int, warm: int) -> list[float]:
    """Seconds of each of `repeat` calls after `warm` ones."""
    out = []
    for number in range(warm + repeat):
        started = time.perf_counter()
        act(number)
        if number >= warm:
            out.append(time.perf_counter() - started)
    return out
