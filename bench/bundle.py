"""What being bundled costs: the start until Home is painted, from `dist/` and from the source, in turn."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).resolve().parent.parent / "dist" / "bundle" / "retaguarda" / "retaguarda"
STARTS = 7


def measure_bundle(program: Path = PROGRAM) -> dict[str, Any]:
    """CPU and time of a start, the bundle's over the source's; says so where no bundle was built."""
    if not program.exists():
        return {"bundle_start_x_source": "not built"}
    source = [sys.executable, "-m", "retaguarda.app.cli"]
    with tempfile.TemporaryDirectory() as folder:
        environment = {**os.environ, "RETAGUARDA_HOME": folder, "QT_QPA_PLATFORM": "offscreen"}
        url = f"sqlite:///{folder}/sample.db"
        subprocess.run([*source, "sample", "--db", url], check=True, capture_output=True, env=environment)
        found: dict[str, list[tuple[float, float]]] = {"bundle": [], "source": []}
        # The first round reads everything into the system's cache and does not count.
        for number in range(STARTS + 1):
            for name, command in (("bundle", [str(program)]), ("source", source)):
                start = [*command, "run", "--db", url, "--as", "ana", "--exit-after-paint"]
                spent = _spent(start, environment)
                if number:
                    found[name].append(spent)
    cpu = {name: statistics.median(one[0] for one in all_of) for name, all_of in found.items()}
    wall = {name: statistics.median(one[1] for one in all_of) for name, all_of in found.items()}
    return {
        "bundle_start_x_source": round(cpu["bundle"] / cpu["source"], 2),
        "bundle_start": {
            "cpu_ms": round(cpu["bundle"] * 1000),
            "source_cpu_ms": round(cpu["source"] * 1000),
            "wall_x_source": round(wall["bundle"] / wall["source"], 2),
        },
    }


def _spent(command: list[str], environment: dict[str, str]) -> tuple[float, float]:
    """CPU seconds of a program and its wall seconds."""
    before, began = _cpu(), time.perf_counter()
    subprocess.run(command, check=True, capture_output=True, env=environment)
    return _cpu() - before, time.perf_counter() - began


def _cpu() -> float:
    used = os.times()
    return used.children_user + used.children_system
