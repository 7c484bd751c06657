"""How each paper comes out: what was chosen here, what it was sent with, or what its kind does at this station."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from retaguarda.shell.printing.centre import PrintCentre
from retaguarda.shell.printing.choices import MOST_COPIES, PrintChoice
from retaguarda.shell.printing.jobs import Job
from retaguarda.shell.printing.layout import per_sheet
from retaguarda.shell.printing.ports import Printer, Size


class PrintOptions:
    """The choices made on the screen. They are kept for the kind when a paper is sent, unless somebody says not to."""

    def __init__(self, centre: PrintCentre) -> None:
        self._centre = centre
        self._chosen: dict[str, PrintChoice] = {}
        self._not_kept: set[str] = set()

    def of(self, job: Job) -> PrintChoice:
        """How a paper comes out."""
        known = self._chosen.get(job.id)
        if known is not None:
            return known
        return job.choice if job.tries else self._centre.usual(job.kind)

    def choose(self, job: Job, **values: Any) -> None:
        """Chooses for one paper; a paper size that the new printer has not leaves for the document's own."""
        before = self.of(job)
        chosen = replace(before, **values)
        if chosen.printer != before.printer and chosen.paper:
            printer = self._centre.printer(chosen.printer)
            known = printer is not None and printer.paper(chosen.paper) is not None
            chosen = replace(chosen, paper=chosen.paper if known else "")
        self._chosen[job.id] = replace(chosen, copies=min(max(1, chosen.copies), MOST_COPIES))

    def settle(self, job: Job, printer: str = "") -> PrintChoice:
        """The choice a paper is sent with; a printer named here is for this once and not kept."""
        if printer:
            self.choose(job, printer=printer)
        elif self.keeps(job.kind):
            self._centre.station.choices.remember(job.kind, self.of(job))
        return self.of(job)

    def keeps(self, kind: str) -> bool:
        """Whether what is chosen is kept for the kind at this station."""
        return kind not in self._not_kept

    def set_keeps(self, kind: str, keeps: bool) -> None:
        """Keeps what is chosen for the kind, or not."""
        (self._not_kept.discard if keeps else self._not_kept.add)(kind)

    def printer_of(self, job: Job) -> Printer | None:
        """The printer chosen for a paper, as far as it is there."""
        return self._centre.printer(self.of(job).printer)

    def size_of(self, job: Job) -> Size | None:
        """The paper size chosen for a paper; None for the document's own."""
        printer, name = self.printer_of(job), self.of(job).paper
        named = printer.paper(name) if printer is not None and name else None
        return None if named is None else named.size

    def per_sheet(self, job: Job) -> int:
        """How many pages of a paper share a sheet."""
        return per_sheet(job.size, self.size_of(job))

    def sheets_out(self, job: Job) -> int:
        """How many sheets come out, copies included."""
        return -(-job.pages // self.per_sheet(job)) * self.of(job).copies
