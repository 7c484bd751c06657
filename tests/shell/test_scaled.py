"""Screens at 125, 150 and 200 percent: no text cut, overlapping or pushed out (U55), by the gates of the tour."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHOWN = ("home", "login", "sales.order_entry", "sales.order_list", "sales.order_page", "party.customer_form")


@pytest.mark.slow
@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_nothing_is_cut_on_a_finer_screen(tmp_path: Path, tour_sample: Path, factor: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.tour", "--short", "--sample", tour_sample, "--out", tmp_path, "--only", *SHOWN],
        cwd=ROOT,
        env={**os.environ, "QT_SCALE_FACTOR": factor},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout
    assert " 0 faults" in done.stdout
    assert len(list(tmp_path.glob("pt_BR-light-*.png"))) >= len(SHOWN)
