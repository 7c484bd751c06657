"""`make soak`: kills at every stage, races and walks at random on both engines. Ends with a line the build machine
reads."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from pathlib import Path

from bench import databases
from bench.race import UNITS, race
from tests.soak.kills import kill_commands, kill_orders
from tests.soak.past import OLIST, past
from tests.soak.walks import walks

MOST_S = 2.0


def main() -> int:
    """Runs everything and says what it found; 1 when anything was lost, done twice, oversold or not proven."""
    parser = argparse.ArgumentParser(prog="soak", description=__doc__)
    parser.add_argument("--short", action="store_true", help="fewer kills, for the build machine")
    options = parser.parse_args()
    passed, failed = 0, 0

    def told(name: str, good: bool, facts: object) -> None:
        nonlocal passed, failed
        passed, failed = passed + good, failed + (not good)
        print(f"{'ok  ' if good else 'FAIL'} {name}: {json.dumps(facts, default=str)}", flush=True)

    with tempfile.TemporaryDirectory(prefix="retaguarda-soak-") as folder:
        tally = kill_commands(Path(folder), 48 if options.short else 200)
        told("kill -9", tally.held(*((20, 2) if options.short else (100, 5))), tally.told())
        tally = kill_orders(Path(folder), 24 if options.short else 300)
        told("kill -9 of whole orders", tally.held(*((10, 1) if options.short else (150, 10))), tally.told())
        with databases.beds(Path(folder)) as beds:
            for name, processes in (("sqlite", 8), ("pg", 24)):
                found = race(beds[name], processes)
                good = found["sold"] == found["recounted"] == UNITS
                good = good and not (found["errors"] or found["deadlocks"] or found["check"])
                good = good and found["p99_s"] < MOST_S
                told(f"race {name}", good, found)
            for name in beds:
                told(f"walks {name}", *walks(beds[name], short=options.short))
            for name in () if options.short else beds:
                if OLIST.is_dir():
                    told(f"kill -9 while the past comes in, {name}", *past(beds[name]))
                else:
                    print(
                        f"not run: the past on {name}, the real orders in ../shared/data/olist are not there",
                        flush=True,
                    )
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
