"""Screens at 125, 150 and 200 percent: no text cut, overlapping or pushed out (U55), by the gates of the tour."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

import pytest

from tests.helpers.apart import APART
from tests.tour.__main__ import main

SHOWN = ("home", "login", "sales.order_entry", "sales.order_list", "sales.order_page", "party.customer_form")


def tour(factor: str, sample: Path, out: Path) -> None:
    """A short tour on a screen of that factor, which Qt asks for when a program begins."""
    os.environ["QT_SCALE_FACTOR"] = factor
    sys.argv = ["tour", "--short", "--sample", str(sample), "--out", str(out), "--only", *SHOWN]
    with (out / "said").open("w", encoding="utf-8") as said, contextlib.redirect_stdout(said):
        code = main()
    sys.exit(code)


@pytest.mark.slow
@pytest.mark.parametrize("factor", ["1.25", "1.5", "2"])
def test_nothing_is_cut_on_a_finer_screen(tmp_path: Path, tour_sample: Path, factor: str) -> None:
    process = APART.Process(target=tour, args=(factor, tour_sample, tmp_path))
    process.start()
    process.join()
    said = (tmp_path / "said").read_text(encoding="utf-8")
    assert process.exitcode == 0, said
    assert " 0 faults" in said
    assert len(list(tmp_path.glob("pt_BR-light-*.png"))) >= len(SHOWN)
