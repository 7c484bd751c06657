"""Eight thousand real orders come in as they were: every figure as somebody else has computed it from the files."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.headless import check_office

OLIST = Path(__file__).parents[3] / "shared" / "data" / "olist"
TOTALS = {
    "orders": 8135,
    "items_amount": "1093264.35",
    "freight_amount": "172288.39",
    "payments_amount": "1428602.81",
    "out_of_order": 77,
    "off_script": 80,
    "late": 342,
    "base": 5164,
}
MEDIANS = ["0.0143", "1.7732", "7.1497"]
SCORES = {"on_time": (4888, "4.275"), "late": (344, "2.174"), "never": (2987, "1.758")}
REASONS = {
    "process.past.no_items": 775,
    "process.past.step_early": 80,
    "process.past.paid_differs": 26,
    "process.past.delivered_undated": 8,
}

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not OLIST.is_dir(), reason="the real orders in ../shared/data/olist are not there"),
]


def agrees(told: dict[str, Any]) -> None:
    assert {name: told[name] if isinstance(told[name], int) else str(told[name]) for name in TOTALS} == TOTALS
    assert told["medians_days"] == MEDIANS
    assert (told["scores"]["reviews"], told["scores"]["mean"]) == (8225, "3.272")
    for arrival, (reviews, mean) in SCORES.items():
        assert told["scores"][arrival] == {"reviews": reviews, "mean": mean}
    reasons = [finding["reason"] for finding in told["findings"]]
    assert {reason: reasons.count(reason) for reason in reasons} == REASONS


@pytest.mark.slow
@pytest.mark.timeout(400)
def test_the_whole_past_comes_in_once_however_often_it_is_killed(sqlite_url: str) -> None:
    """On a file; `make soak` does it on both engines with twenty kills."""
    line = [sys.executable, "-m", "retaguarda.app.cli", "import", "--profile", "olist", str(OLIST), "--db", sqlite_url]
    for seconds in (1.2, 1.9, 2.6):
        process = subprocess.Popen([*line, "--json"], stdout=subprocess.DEVNULL)
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
        process.wait()
    told = importing.run(OLIST, sqlite_url, "olist")
    agrees(told)
    assert told["recorded"] + told["known"] == 8135
    again = importing.run(OLIST, sqlite_url, "olist")
    agrees(again)
    assert (again["changed"], again["known"], again["recorded"]) == (False, 8135, 0)
    assert check_office(sqlite_url) == []
