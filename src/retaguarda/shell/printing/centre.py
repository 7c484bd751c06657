"""The print centre: takes papers, gives them to the printers, keeps what did not come out. It never waits.

Everything here runs in the window's thread; the disk and the printers are reached on lanes. `jobs` are this person's
view of the station, newest first: a paper is seen by who may print its kind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from retaguarda.kernel.errors import Device, Problem
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.lanes import Lanes
from retaguarda.kernel.screen.parts import Phrase
from retaguarda.kernel.screen.state import Paper, Seat, Toast, refusal_of
from retaguarda.shell.printing.choices import PrintChoice, PrintChoices
from retaguarda.shell.printing.jobs import Job, Jobs, Try
from retaguarda.shell.printing.naming import full_title
from retaguarda.shell.printing.ports import Printer, Printers, PrintOrder

Problems = Callable[[Exception], Problem]


@dataclass(frozen=True, slots=True)
class Station:
    """What the centre has of this computer: the way to its printers (brought in on a lane), its papers, what it
    remembers, and of which company."""

    printers: Callable[[], Printers]
    jobs: Jobs
    choices: PrintChoices
    company: str


class PrintCentre:
    """One for an opened company; who sits there changes by `sit`. Watchers are told `jobs` (with the paper that
    changed), `printers`, or `taken` with a paper that somebody asked to see."""

    def __init__(self, station: Station, seat: Seat, lanes: Lanes, problem: Problems) -> None:
        self.station, self._seat, self._lanes, self._problem = station, seat, lanes, problem
        self._known: dict[str, Job] = {}
        self.printers: tuple[Printer, ...] = ()
        self.searched = False
        self._watchers: list[Callable[[str, Job | None], object]] = []

    def watch(self, watcher: Callable[[str, Job | None], object]) -> Callable[[], None]:
        """Calls `watcher(topic, job)` after each change; gives what ends it."""
        self._watchers.append(watcher)
        return lambda: self._watchers.remove(watcher)

    def _tell(self, topic: str, job: Job | None = None) -> None:
        for watcher in tuple(self._watchers):
            watcher(topic, job)

    # ---- what there is ----
    @property
    def jobs(self) -> list[Job]:
        """The papers this person may see, newest first."""
        seen = [job for job in self._known.values() if refusal_of(self._seat, job.kind) is None]
        return sorted(seen, key=lambda job: job.made_at, reverse=True)

    def job(self, job_id: str) -> Job | None:
        """A paper by its id, as it is now."""
        return self._known.get(job_id)

    def printer(self, name: str) -> Printer | None:
        """A printer by its name; None where there is none such now."""
        return next((printer for printer in self.printers if printer.name == name), None)

    def usual(self, kind: str) -> PrintChoice:
        """How a kind comes out here: as remembered, else by the system's own printer at the document's size."""
        known = self.station.choices.of(kind)
        if known is not None:
            return known
        first = next((printer.name for printer in self.printers if printer.preferred), "")
        return PrintChoice(first or next((printer.name for printer in self.printers), ""))

    # ---- papers come in ----
    def sit(self, seat: Seat) -> None:
        """Somebody else sits down: what the one before had looked at and not printed is put away."""
        self._seat = seat
        for job in [job for job in self._known.values() if job.state == "ready"]:
            self.put_away(job)

    def begin(self) -> None:
        """Reads the papers of the station and looks for printers."""

        def read(jobs: Sequence[Job]) -> None:
            self._known = {job.id: job for job in jobs} | self._known
            self._tell("jobs")
            waiting = sum(job.state == "failed" for job in self.jobs)
            if waiting:
                self._seat.tell(Toast(Phrase("shell.print_queue_found", {"n": waiting}), "warn"))

        self._ask(lambda: self.station.jobs.read(self.station.company), read)
        self.look_for_printers()

    def look_for_printers(self) -> None:
        """Asks the system which printers there are now."""

        def found(printers: Sequence[Printer]) -> None:
            self.printers, self.searched = tuple(printers), True
            self._tell("printers")

        self._ask(lambda: self.station.printers().found(), found)

    def take(self, paper: Paper) -> None:
        """A document has come: it is kept, then printed or shown as its kind is at this station. One that is asked for
        again before it was printed is the one that stands there already."""
        person, now = self._seat.person, self._seat.now()
        standing = {job.digest: job for job in self._known.values() if job.state == "ready"}

        def keep() -> tuple[Job, bool]:
            from retaguarda.shell.printing.pages import read

            digest = hashlib.blake2b(paper.document.encode() + paper.pdf, digest_size=16).hexdigest()
            if digest in standing:
                return standing[digest], True
            facts = read(paper.pdf)
            job = Job(
                id=new_id(), company=self.station.company, kind=paper.document, title=facts.title,
                person_id=person.id, person=person.name, made_at=now, changed_at=now,
                pages=len(facts.pages), size=facts.pages[0], digest=digest,
            )  # fmt: skip
            return job, self.station.jobs.add(job, paper.pdf)

        def kept(done: tuple[Job, bool]) -> None:
            job, on_disk = done
            if not on_disk:
                self._say("shell.paper_in_memory", job, "warn")
            self._came(job, paper.asked)

        self._ask(keep, kept)

    def _came(self, job: Job, asked: bool) -> None:
        usual = self.usual(job.kind)
        job = replace(job, choice=usual)
        self._known[job.id] = job
        self._tell("jobs")
        if not usual.asks and usual.printer:
            self.send(job, usual)
        elif asked:
            self._tell("taken", job)
        else:
            self._say("shell.paper_ready", job, "info")

    # ---- papers go out ----
    def send(self, job: Job, choice: PrintChoice) -> None:
        """Gives a paper to a printer; it stands in the queue until it is out."""
        printer = self.printer(choice.printer)
        paper = printer.paper(choice.paper) if printer is not None and choice.paper else None
        waiting = self._note(job, state="waiting", choice=choice)
        order = PrintOrder(printer=choice.printer, title=job.title, copies=choice.copies, paper=paper)
        sent = Try(at=self._seat.now(), person=self._seat.person.name, printer=choice.printer, paper=choice.paper,
                   copies=choice.copies)  # fmt: skip
        self._lanes.give(
            "print",
            lambda: _carry_out(self.station, waiting, order, sent),
            self._came_out,
            lambda error: self._came_out(_failed(waiting, sent, self._problem(error))),
        )

    def _came_out(self, job: Job) -> None:
        self._known[job.id] = job
        if job.state == "printed":
            self._say("shell.paper_printed", job, "ok", printer=job.choice.printer)
        else:
            self._say("shell.paper_failed", job, "bad")
            self.look_for_printers()
        self._tell("jobs", job)

    def put_away(self, job: Job) -> None:
        """Takes a paper off the list without printing it; its PDF stays for 30 days."""
        self._note(job, state="put_away")

    def _note(self, job: Job, **values: Any) -> Job:
        noted = replace(job, turn=job.turn + 1, changed_at=self._seat.now(), **values)
        self._known[job.id] = noted
        self._ask(lambda: self.station.jobs.keep(noted), lambda _kept: None)
        self._tell("jobs", noted)
        return noted

    # ---- lanes ----
    def on_io(
        self, work: Callable[[], Any], then: Callable[[Any], object], failed: Callable[[Problem], object]
    ) -> None:
        """Reads or draws a paper on a lane."""
        self._lanes.give("io", work, then, lambda error: failed(self._problem(error)))

    def _ask(self, work: Callable[[], Any], then: Callable[[Any], object]) -> None:
        self.on_io(work, then, lambda problem: self._seat.tell(Toast(Phrase(problem.code, problem.params), "bad")))

    def _say(self, code: str, job: Job, level: Any, **params: Any) -> None:
        self._seat.tell(Toast(Phrase(code, {"title": full_title(job, self._seat.texts), **params}), level))


def _carry_out(station: Station, job: Job, order: PrintOrder, sent: Try) -> Job:
    """On the lane of the printers. A disk that refuses to keep the record keeps nothing from being printed."""
    with suppress(Device):
        station.jobs.keep(replace(job, state="sending", turn=job.turn + 1, changed_at=sent.at))
    try:
        station.printers().print(station.jobs.pdf(job), order)
    except Device as trouble:
        done = _failed(job, sent, trouble)
    else:
        done = replace(job, state="printed", tries=(*job.tries, sent), turn=job.turn + 2, changed_at=sent.at)
    with suppress(Device):
        station.jobs.keep(done)
    return done


def _failed(job: Job, sent: Try, problem: Problem) -> Job:
    params = {name: str(value) for name, value in problem.params.items()}
    tried = replace(sent, code=problem.code, params=params)
    return replace(job, state="failed", tries=(*job.tries, tried), turn=job.turn + 2, changed_at=sent.at)
