"""In a real window on a real office: the GUI thread held by a confirm, and a line added at line 5 and at line 200."""

from __future__ import annotations

import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QApplication

from bench.window import ADDED, WARM, ninety_fifth
from retaguarda.app.front import connect
from retaguarda.kernel.screen.state import Go
from retaguarda.shell.first import use_theme
from retaguarda.shell.front import StationFacts
from retaguarda.shell.window import Window


class Bench:
    """The window, turned by hand until nothing is under way."""

    def __init__(self, url: str, folder: Path) -> None:
        self.app = QApplication.instance() or QApplication(["bench"])
        assert isinstance(self.app, QApplication)
        use_theme(self.app, "light")
        self.window = Window(
            StationFacts(name="Bench", folder=folder),
            lambda: connect(url, with_sample=False, person="ana", language="pt_BR"),
        )
        self.window.resize(1366, 768)
        self.window.show()
        self.turn(lambda: self.window.desk is not None)

    def turn(self, until: Callable[[], object] = lambda: True) -> None:
        """Runs the event loop until the lanes are idle and `until` holds."""
        end, calm = time.monotonic() + 300, 0
        while time.monotonic() < end:
            self.app.processEvents()
            # An answer may ask the next question: three idle looks in a row are rest.
            calm = calm + 1 if self.window.lanes.wait(0.001) else 0
            if calm > 2 and until():
                return
        raise RuntimeError("the window never came to rest")

    def open(self, screen: str, key: str = "") -> Any:
        """Opens a screen and gives its state."""
        desk = self.window.desk
        assert desk is not None
        desk.screens.open(Go(screen, key))
        self.turn()
        assert desk.screens.front is not None
        return desk.screens.front.state

    def end(self) -> None:
        self.window.shut_down()
        self.window.deleteLater()
        self.app.processEvents()


def line_cost(bench: Bench, codes: list[str], line: int) -> float:
    """The 95th percentile of adding line number `line` to an order: CPU of the GUI thread until all is painted."""
    costs: list[float] = []
    state = bench.open("sales.order_entry")
    while len(costs) < ADDED + WARM:
        have = len(state.grid.filled)
        started = time.thread_time()
        state.scanning.give(codes[have])
        bench.turn()
        cost = time.thread_time() - started
        assert len(state.grid.filled) == have + 1
        if have + 1 >= line:
            costs.append(cost)
            state.remove_line(have)
            bench.turn()
    return ninety_fifth(costs[WARM:])


def confirm_held(bench: Bench, orders: list[tuple[str, int]]) -> float:
    """Milliseconds the press of "confirm" holds the GUI thread (median over the orders)."""
    held = []
    for order, _version in orders:
        page = bench.open("sales.order_page", order)
        started = time.perf_counter()
        page.press("confirm")
        held.append((time.perf_counter() - started) * 1000)
        bench.turn()
        assert bench.window.desk is not None
        page.close()
    return statistics.median(held[5:])


def main() -> None:
    facts = json.loads(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(facts["url"], Path(folder))
        page = bench.window.front.door.show("catalog.products_to_sell", {}, None, 230)  # type: ignore[union-attr]
        codes = [row.code for row in page.rows]
        out: dict[str, Any] = {}
        held = confirm_held(bench, facts["orders"])
        out["gui_held_confirm_ms"] = round(held, 2)
        five, long = line_cost(bench, codes, 5), line_cost(bench, codes, 200)
        out["line_200_x_line_5"] = round(long / five, 2)
        out["line_ms"] = {"5": round(five * 1000, 2), "200": round(long * 1000, 2)}
        bench.end()
    print(json.dumps(out))


if __name__ == "__main__":
    main()
