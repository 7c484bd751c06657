"""The state of the print centre on the screen: which papers stand in sight, which one is looked at, how it comes out.

No Qt in here; pictures of the sheets are drawn by the view.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Literal

from retaguarda.kernel.errors import Problem
from retaguarda.kernel.screen.parts import Action, Phrase
from retaguarda.kernel.screen.pressing import BUSY
from retaguarda.kernel.screen.screens import Screen
from retaguarda.kernel.screen.state import Button, Seat, State
from retaguarda.shell.printing import NAME
from retaguarda.shell.printing.centre import PrintCentre
from retaguarda.shell.printing.jobs import FINISHED, QUEUED, Job
from retaguarda.shell.printing.layout import PrintSheet, sheets_of
from retaguarda.shell.printing.options import PrintOptions
from retaguarda.shell.printing.ports import Size

TABS = ("todo", "queue", "recent")
SHOWN_RECENT = 200
SCREEN = Screen(
    name=NAME,
    icon="printer",
    actions=(
        Action(name="print", icon="printer", does="print_out", shortcut="Return", primary=True),
        Action(name="save_pdf", icon="file-down", does="save_pdf", shortcut="Ctrl+S"),
        Action(name="open_pdf", icon="external-link", does="open_pdf", shortcut="Ctrl+O"),
        Action(name="put_away", icon="archive", does="put_away", shortcut="Delete"),
        Action(name="printers", icon="refresh-cw", does="printers", shortcut="F5"),
    ),
)
NO_PAPER = Phrase(f"{NAME}.no_paper")
NO_PRINTER = Phrase(f"{NAME}.no_printer")
NOT_QUEUED = Phrase(f"{NAME}.not_queued")
Outside = Literal["save_pdf", "open_pdf"]


class PrintState(State):
    """Topics besides those of every state: `papers`, `paper` (another one is looked at), `choice`, `sheet`,
    `printers`. `outside(what, job)` saves or opens a PDF; it is given by the window."""

    def __init__(self, seat: Seat, centre: PrintCentre, outside: Callable[[Outside, Job], object]) -> None:
        super().__init__(SCREEN, seat)
        self.centre, self._outside = centre, outside
        self.tab = "todo"
        self.current: str | None = None
        self.marked: set[str] = set()
        self.sheet = 0
        self.options = PrintOptions(centre)
        self._pages: dict[str, tuple[Size, ...]] = {}
        self._under_way: set[str] = set()
        self._unwatch = centre.watch(self._heard)

    def start(self) -> None:
        """Shows what there is, beginning with what waits."""
        self.centre.look_for_printers()
        if self.current is None:
            self.tab = next((tab for tab in TABS if self.papers(tab)), "todo")
            self.look_at(next(iter(self.papers()), None))

    # ---- what stands in sight ----
    def papers(self, tab: str = "") -> list[Job]:
        """The papers of a tab, newest first; those to be printed in the order they came."""
        jobs = self.centre.jobs
        tab = tab or self.tab
        if tab == "todo":
            return [job for job in reversed(jobs) if job.state == "ready"]
        if tab == "queue":
            return [job for job in jobs if job.state in QUEUED]
        done = sorted((job for job in jobs if job.state in FINISHED), key=lambda job: job.changed_at, reverse=True)
        return done[:SHOWN_RECENT]

    @property
    def paper(self) -> Job | None:
        """The paper that is looked at."""
        return None if self.current is None else self.centre.job(self.current)

    def choose_tab(self, tab: str) -> None:
        """Shows another list, and its first paper."""
        if tab != self.tab:
            self.tab = tab
            self.changed("papers", "actions")
            self.look_at(next(iter(self.papers()), None))

    def present(self, job: Job) -> None:
        """Somebody asked for this paper: it is marked and looked at."""
        self.marked.add(job.id)
        self.tab = "todo" if job.state == "ready" else "queue" if job.state in QUEUED else "recent"
        self.changed("papers")
        self.look_at(job)

    def look_at(self, job: Job | None) -> None:
        """Looks at a paper from its first sheet on."""
        self.current, self.sheet = (None if job is None else job.id), 0
        if job is not None and job.id not in self._pages:
            self._read_pages(job)
        self.changed("paper", "choice", "sheet", "actions")

    def _read_pages(self, job: Job) -> None:
        from retaguarda.shell.printing.pages import read

        def arrived(pages: tuple[Size, ...]) -> None:
            self._pages[job.id] = pages
            if job.id == self.current and not self.closed:
                self.changed("sheet")

        def failed(problem: Problem) -> None:
            if job.id == self.current and not self.closed:
                self.failed(problem)

        self.centre.on_io(lambda: read(self.centre.station.jobs.pdf(job)).pages, arrived, failed)

    def mark(self, job_id: str, marked: bool) -> None:
        """Marked papers come out together."""
        (self.marked.add if marked else self.marked.discard)(job_id)
        self.changed("papers", "actions")

    # ---- how it comes out ----
    def choose(self, **values: Any) -> None:
        """Chooses printer, paper, copies or asking for the paper that is looked at."""
        if self.paper is not None:
            self.options.choose(self.paper, **values)
            self.changed("choice", "papers", "sheet", "actions")

    def sheets(self) -> list[PrintSheet]:
        """The sheets of the paper that is looked at; empty while it is being read."""
        job = self.paper
        pages = () if job is None else self._pages.get(job.id, ())
        return sheets_of(pages, self.options.size_of(job)) if job is not None else []

    def turn_to(self, sheet: int) -> None:
        """Looks at another sheet."""
        last = max(0, len(self.sheets()) - 1)
        self.sheet = min(max(0, sheet), last)
        self.changed("sheet")

    # ---- pressing ----
    @property
    def going_out(self) -> list[Job]:
        """What a press on print sends: what is marked, or else what is looked at."""
        marked = [job for job in self.papers() if job.id in self.marked] if self.tab == "todo" else []
        job = self.paper
        return marked or ([job] if job is not None else [])

    def buttons(self) -> tuple[Button, ...]:
        """Every action as it stands now."""
        return tuple(Button(one, f"{NAME}.{one.name}", self.reason(one)) for one in SCREEN.actions)

    def reason(self, action: Action) -> Phrase | None:
        """Why an action cannot be pressed; None when it can."""
        job = self.paper
        if action.name == "printers":
            return None
        if job is None:
            return NO_PAPER
        if action.name == "put_away":
            return None if job.state in ("ready", "failed") else NOT_QUEUED
        if action.name == "print":
            if any(one.state in ("waiting", "sending") for one in self.going_out):
                return BUSY
            if any(not self.options.of(one).printer for one in self.going_out):
                return NO_PRINTER
        return None

    def press(self, name: str) -> None:
        """Presses an action by its name; a disabled one says why in the banner instead."""
        action = next(one for one in SCREEN.actions if one.name == name)
        reason, job = self.reason(action), self.paper
        if reason is not None:
            self.warn(reason)
        elif action.does == "print_out":
            self.print_out()
        elif action.does == "printers":
            self.centre.look_for_printers()
        elif action.does == "put_away" and job is not None:
            self.centre.put_away(job)
        elif job is not None:
            self._outside("save_pdf" if action.does == "save_pdf" else "open_pdf", job)

    def print_out(self, printer: str = "") -> None:
        """Sends what is marked or looked at to its printers, or to another one just this once."""
        self.banner = None
        for job in self.going_out:
            choice = self.options.settle(job, printer)
            self._under_way.add(job.id)
            self.centre.send(job, choice)
        self.changed("banner")

    # ---- the centre speaks ----
    def _heard(self, topic: str, job: Job | None) -> None:
        if self.closed:
            return
        if topic == "printers":
            self.changed("printers", "choice", "papers", "sheet", "actions")
            return
        if job is not None and job.id in self._under_way and job.state in ("printed", "failed"):
            self._under_way.discard(job.id)
            self.marked.discard(job.id)
            self._settled(job)
        if self.paper not in self.papers():
            self.look_at(next(iter(self.papers()), None))
        self.changed("papers", "actions", "choice")

    def _settled(self, job: Job) -> None:
        """A paper came out, or did not: back to what was being done once nothing is left here to do."""
        if job.state == "failed":
            self.tab = "queue"
            self.look_at(job)
        elif self.tab == "recent":
            self.look_at(job)
        elif not self._under_way and not self.papers("todo") and not self.papers("queue"):
            self.close()
        elif not self.papers():
            self.choose_tab("todo" if self.papers("todo") else "queue" if self.papers("queue") else self.tab)

    def close(self) -> bool:
        """Leaves; what was looked at and not printed is put away."""
        if not self.closed:
            self._unwatch()
            closed = super().close()
            for job in [job for job in self.papers("todo") if job.id in self.marked]:
                self.centre.put_away(job)
            return closed
        return True
