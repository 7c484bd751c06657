"""How each paper comes out: what was chosen here, what it was sent with, or what its kind does at this station."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from retaguarda.shell.printing.centre import PrintCentre
from retaguarda.shell.printing.choices import MOST_COPIES, PrintChoice
from retaguarda.shell.printing.jobs import Job
from retaguarda.shell.printing.layout import per_sheet, sheets_of
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
        if job.tries:
            return job.choice
        remembered = self._centre.station.choices.of(job.kind)
        if remembered is not None:
            return remembered
        usual = self._centre.usual(job.kind)
        return replace(usual, paper=self._paper_for(job, usual.printer))

    def choose(self, job: Job, **values: Any) -> None:
        """Chooses for one paper; another printer brings the paper on which it comes out best there."""
        before = self.of(job)
        chosen = replace(before, **values)
        if chosen.printer != before.printer:
            chosen = replace(chosen, paper=self._paper_for(job, chosen.printer))
        self._chosen[job.id] = replace(chosen, copies=min(max(1, chosen.copies), MOST_COPIES))

    def _paper_for(self, job: Job, name: str) -> str:
        printer = self._centre.printer(name)
        return "" if printer is None else printer.paper_for(job.size)

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

    def scale(self, job: Job) -> float:
        """How much of its size a page has on the paper."""
        return sheets_of([job.size], self.size_of(job))[0].placed[0].scale

    def per_sheet(self, job: Job) -> int:
        """How many pages of a paper share a sheet."""
        return per_sheet(job.size, self.size_of(job))

    def sheets_out(self, job: Job) -> int:
        """How many sheets come out, copies included."""
        return -(-job.pages // self.per_sheet(job)) * self.of(job).copies
