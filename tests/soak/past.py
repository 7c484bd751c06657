"""Kill -9 while the real past comes in, twenty times, on both engines: whoever goes on comes to the same figures."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from bench.databases import Bed
from retaguarda.app import importing
from retaguarda.app.headless import check_office

OLIST = Path(__file__).parents[3] / "shared" / "data" / "olist"
KILLS, SEED = 20, 20261128
SAME = (
    "records",
    "orders",
    "items_amount",
    "freight_amount",
    "payments_amount",
    "out_of_order",
    "medians_days",
    "scores",
)


def past(bed: Bed) -> tuple[bool, dict[str, Any]]:
    """Whether an import that was killed again and again ends as one that nobody disturbed."""
    whole = importing.run(OLIST, bed.fresh("past_whole"), "olist")
    url, chance = bed.fresh("past_killed"), random.Random(SEED)
    line = [
        sys.executable,
        "-m",
        "retaguarda.app.cli",
        "import",
        "--profile",
        "olist",
        str(OLIST),
        "--db",
        url,
        "--json",
    ]
    killed = 0
    for _ in range(KILLS):
        with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            with suppress(subprocess.TimeoutExpired):
                process.wait(chance.uniform(0.8, 3.0))
            killed += process.poll() is None
            process.send_signal(signal.SIGKILL)
    last = importing.run(OLIST, url, "olist")
    again = importing.run(OLIST, url, "olist")
    found = len(check_office(url))
    told = {name: last[name] for name in SAME}
    good = told == {name: whole[name] for name in SAME} and last["known"] + last["recorded"] == last["records"]
    good = good and not again["changed"] and not found
    more = {"killed": killed, "findings": found, "rows_per_second": whole["rows_per_second"]}
    return good, {**more, "peak_rss_mb": whole["peak_rss_mb"], "again_changed": again["changed"], **told}
