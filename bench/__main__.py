"""Prints every figure as one JSON object; `--only NAME …` measures some of them."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench import databases
from bench.availability import measure_availability
from bench.bundle import measure_bundle
from bench.confirm import measure
from bench.order_to_cash import growth, order_to_cash
from bench.race import race
from bench.race_orders import race_orders


def new_company_s(bed: databases.Bed) -> float:
    """Seconds from the command until a person can log in."""
    started = time.perf_counter()
    office = databases.new_company(bed.fresh("new_company"))
    office.log_in("ana", databases.PASSWORD)
    office.close()
    return round(time.perf_counter() - started, 2)


def figures(beds: dict[str, databases.Bed], *, fast: bool = False) -> dict[str, Callable[[], dict[str, Any]]]:
    """What can be measured, by name; each gives the keys it adds to the object."""

    def confirm(engine: str) -> dict[str, Any]:
        found = measure(beds[engine])
        return {
            f"confirm_{engine}_x_raw": found.pop("x_raw"),
            "confirm_statements": found.pop("statements"),
            f"confirm_{engine}": found,
        }

    def windows() -> dict[str, Any]:
        from bench.window import measure_window

        return measure_window(beds["sqlite"])

    def books() -> dict[str, Any]:
        from bench.books import measure_books

        found = {engine: measure_books(bed) for engine, bed in beds.items()}
        return {"trial_balance_x_raw": max(one["x_raw"] for one in found.values()), "trial_balance": found}

    def paper() -> dict[str, Any]:
        from bench.paper import invoice_pdf

        return invoice_pdf(beds["sqlite"])

    def whole_orders(engine: str) -> dict[str, Any]:
        found = order_to_cash(beds[engine], fast=fast)
        keys = {f"o2c_{engine}_{key}": found.pop(key) for key in ("cpu_s", "x_raw", "wall_x_raw")}
        alike = {f"o2c_{key}": found.pop(key) for key in ("statements", "rows", "bytes") if key in found}
        return {**keys, **alike, f"o2c_{engine}": found}

    def growing() -> dict[str, Any]:
        found = {engine: growth(bed, fast=fast) for engine, bed in beds.items()}
        return {"o2c_growth_x": max(one["x"] for one in found.values()), "o2c_growth": found}

    return {
        "confirm_sqlite": lambda: confirm("sqlite"),
        "confirm_pg": lambda: confirm("pg"),
        "o2c_sqlite": lambda: whole_orders("sqlite"),
        "o2c_pg": lambda: whole_orders("pg"),
        "o2c_growth": growing,
        "race24_o2c_pg": lambda: {"race24_o2c_pg": race_orders(beds["pg"])},
        "race_sqlite": lambda: {"race_sqlite": race(beds["sqlite"], 8)},
        "race_pg": lambda: {"race_pg": race(beds["pg"], 24)},
        "new_company": lambda: {
            "new_company_s": {name: new_company_s(bed) for name, bed in beds.items()},
        },
        "trial_balance": books,
        "window": windows,
        "availability": lambda: {
            "availability_p95_ms": {
                name: measure_availability(bed, fast=fast)["availability_p95_ms"] for name, bed in beds.items()
            },
        },
        **over_a_million(beds, fast=fast),
        "invoice_pdf": paper,
        "bundle": measure_bundle,
    }


def over_a_million(beds: dict[str, databases.Bed], *, fast: bool) -> dict[str, Callable[[], dict[str, Any]]]:
    """What is measured in the company with a million orders, which is made when the first of them is asked for."""

    def worst(measured: Callable[[databases.Bed], dict[str, Any]], keys: tuple[str, ...], name: str) -> dict[str, Any]:
        found = {engine: measured(bed) for engine, bed in beds.items()}
        return {**{key: max(one[key] for one in found.values()) for key in keys}, name: found}

    def lists() -> dict[str, Any]:
        from bench.long_list import long_list

        keys = ("list_first_paint_extra_ms", "list_page_p99_ms", "list_rss_growth_mb")
        return worst(long_list, keys, "list")

    def export() -> dict[str, Any]:
        from bench.export import measure_export

        return worst(lambda bed: measure_export(bed, fast=fast), ("export_x_bare",), "export")

    def reports() -> dict[str, Any]:
        from bench.reports import measure_reports

        return worst(measure_reports, ("report_x_sql",), "reports")

    def search() -> dict[str, Any]:
        from bench.search import measure_search

        found = {engine: measure_search(bed, fast=fast) for engine, bed in beds.items()}
        return {**{f"search_{engine}_p95_ms": one.pop("p95_ms") for engine, one in found.items()}, "search": found}

    # The search comes last: it leaves the tables with statistics.
    return {"list": lists, "export": export, "reports": reports, "search": search}


def main() -> int:
    """Runs the asked figures and prints them."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--only", nargs="*", default=None)
    parser.add_argument("--fast", action="store_true", help="a small part of the long past, while developing")
    options = parser.parse_args()
    out: dict[str, Any] = {"seed": databases.SEED}
    with tempfile.TemporaryDirectory(prefix="retaguarda-bench-") as folder, databases.beds(Path(folder)) as beds:
        known = figures(beds, fast=options.fast)
        try:
            for name in options.only or known:
                print(f"measuring {name} …", file=sys.stderr)
                out.update(known[name]())
        finally:
            # Where one could not be had, those before it are worth their minutes.
            print(json.dumps(out, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
