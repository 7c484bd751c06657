"""The tour from the command line; ends with 1 when a gate found something, and says what."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from tests.tour.tour import Tour


def main() -> int:
    """Makes the pictures, looks them over, writes what was found beside them."""
    parser = argparse.ArgumentParser(prog="python -m tests.tour", description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("tour"), help="folder of the pictures")
    parser.add_argument("--only", nargs="+", default=(), metavar="SCREEN", help="screens or sights to show")
    parser.add_argument("--sample", type=Path, help="the tour's sample company, where it was made already")
    parser.add_argument("--short", action="store_true", help="Portuguese and light only")
    asked = parser.parse_args()
    began = time.perf_counter()
    app = QApplication(["retaguarda"])
    with tempfile.TemporaryDirectory() as folder:
        tour = Tour(asked.out, Path(folder), only=tuple(asked.only), short=asked.short, sample=asked.sample)
        tour.go()
    for fault in tour.faults:
        print(fault)
    seconds = time.perf_counter() - began
    print(f"{len(tour.pictures)} pictures in {asked.out}, {len(tour.faults)} faults, {seconds:.0f} s")
    app.quit()
    return 1 if tour.faults else 0


if __name__ == "__main__":
    sys.exit(main())
