"""The state of a report: parameters, rows with their totals, one chosen row."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from retaguarda.kernel.page import Page
from retaguarda.kernel.screen.asking import AskingState
from retaguarda.kernel.screen.door import Door
from retaguarda.kernel.screen.gathering import Gathered, gather
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.reports import SAVED, ReportScreen
from retaguarda.kernel.screen.state import Go, refusal_of


class ReportState(AskingState):
    """A report. Topics: `rows`, `status`, `values`, `offers`, `cut`, `progress`, `export`.

    With the key of a saved report it is asked as that says, and has its `name`.
    """

    screen: ReportScreen

    def start(self) -> None:
        for one in self.screen.parameters:
            if one.suggestions:

                def offer(page: Page, key: str = one.key) -> None:
                    self.offers[key] = tuple((row.id, row.name) for row in page.rows)
                    self.changed("offers")

                self.show(f"offers:{one.key}", one.suggestions, offer, on_problem=lambda _problem: None)
        if self.key:
            self.one("saved", SAVED, self.key, self._take)
        else:
            super().start()

    def _take(self, saved: Any) -> None:
        """Asks as a saved report says. What the report does not know any more is as it begins."""
        self.name = saved.name
        cut = next((one for one in self.cuts if one.name == saved.cut), None)
        if cut is None:
            self.status = "failed"
            found = {one.name: one for one in self.screen.cuts}.get(saved.cut)
            gone = Phrase("shell.report.cut_gone", {"name": saved.name})
            self.warn(gone if found is None else refusal_of(self.seat, found.query) or gone)
            self.changed("title", "status")
            return
        self.cut = cut
        for one in self.screen.parameters:
            self.typed[one.key] = saved.asked.get(one.key, one.initial)
            self.values[one.key] = self.meant(one)
        self.changed("title", "cut", "values")
        self.refresh()

    def choose_cut(self, name: str) -> None:
        """Adds up by something else."""
        if name != self.cut.name:
            self.cut, self.found, self.chosen = self.screen.cut(name), Gathered(), None
            self.changed("cut")
            self.refresh()

    def reading(self) -> Callable[[Door], Gathered]:
        asked, totals = self.inquiry.asked, self.cut.totals
        return lambda door: gather(door, asked, totals)

    def open(self) -> None:
        """Opens the list of exactly what the chosen row adds up."""
        row = self.record
        if row is not None and self.cut.opens:
            given = {key: getattr(row, name) for key, name in self.cut.given.items()}
            # A row of nothing in particular (no seller) leads to those rows; a parameter left open narrows nothing.
            carried = {key: self.values.get(name) for key, name in self.cut.carried.items()}
            given |= {key: value for key, value in carried.items() if value is not None}
            self.seat.tell(Go(self.cut.opens, given=given))

    def _go(self, action: Action, row: Any) -> None:
        if action.opens and not action.on_row:
            # A dialog over the report is told how it is asked.
            asked = [{"key": one.key, "value": self.typed[one.key]} for one in self.parameters]
            given = {"report": self.screen.name, "cut": self.cut.name, "asked": asked}
            self.seat.tell(Go(action.opens, given=given))
        else:
            super()._go(action, row)
