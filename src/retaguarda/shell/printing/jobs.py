"""The papers of this station: what came to be printed, what waits for a printer and why, what came out, when and by
whom. One small file for each beside its PDF, written whole over the one before, so that no kill loses one.

What was printed or put away is kept for 30 days and can be printed again; what waits is kept until somebody says so.
No Qt in here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from threading import Lock
from typing import Literal

import msgspec

from retaguarda.kernel.clock import Clock
from retaguarda.kernel.durable import write_durably
from retaguarda.kernel.errors import Device
from retaguarda.shell.printing.choices import PrintChoice
from retaguarda.shell.printing.ports import Size

KEPT = dt.timedelta(days=30)
JobState = Literal["ready", "waiting", "sending", "failed", "printed", "put_away"]
"""`ready` to be printed · `waiting` for its turn · `sending` to the printer · `failed`: it stands in the queue with its
cause · `printed` · `put_away` without having been printed."""
QUEUED: tuple[JobState, ...] = ("waiting", "sending", "failed")
FINISHED: tuple[JobState, ...] = ("printed", "put_away")


@dataclass(frozen=True, slots=True, kw_only=True)
class Try:
    """One time a paper was sent: when, by whom, where to; `code` names why it did not come out."""

    at: dt.datetime
    person: str
    printer: str
    paper: str = ""
    copies: int = 1
    code: str = ""
    params: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A paper on its way: what it is, whose, how large, and every time it was sent. `kind` is the document's name,
    `digest` tells the same paper asked for twice."""

    id: str
    company: str
    kind: str
    title: str
    person_id: str
    person: str
    made_at: dt.datetime
    pages: int
    size: Size
    digest: str = ""
    state: JobState = "ready"
    choice: PrintChoice = field(default_factory=PrintChoice)
    tries: tuple[Try, ...] = ()
    changed_at: dt.datetime
    turn: int = 0

    @property
    def cause(self) -> Try | None:
        """The try that failed last, while the paper stands in the queue."""
        return self.tries[-1] if self.state == "failed" and self.tries else None


class Jobs:
    """The papers in `folder`. Every call waits for the disk: it is made on a lane, from any thread."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self._folder, self._clock = folder, clock
        self._written: dict[str, int] = {}
        self._in_memory: dict[str, bytes] = {}
        self._lock = Lock()

    def path(self, job: Job) -> Path:
        """Where the PDF of a paper lies."""
        return self._stem(job).with_suffix(".pdf")

    def add(self, job: Job, pdf: bytes) -> bool:
        """Keeps a new paper; False where the disk refuses and it stands in memory only, until the program ends."""
        try:
            self._write(self.path(job), pdf)
            self.keep(job)
        except Device:
            self._in_memory[job.id] = pdf
            return False
        return True

    def keep(self, job: Job) -> None:
        """Keeps what became of a paper; an older turn that comes late changes nothing."""
        with self._lock:
            if job.turn < self._written.get(job.id, -1):
                return
            self._write(self._stem(job).with_suffix(".json"), msgspec.json.encode(job))
            self._written[job.id] = job.turn

    def pdf(self, job: Job) -> bytes:
        """The paper itself; raises `Device` where its file is gone."""
        if job.id in self._in_memory:
            return self._in_memory[job.id]
        try:
            return self.path(job).read_bytes()
        except OSError as wrong:
            raise Device("shell.pdf_gone", title=job.title) from wrong

    def read(self, company: str) -> list[Job]:
        """The papers of a company, newest first. What was on its way to a printer when the program ended is in the
        queue, what had not been sent is put away; what has been finished for longer than 30 days is removed."""
        found = [job for job in map(_read, sorted(self._folder.glob("*.json"), reverse=True)) if job is not None]
        mine = [self._after_a_stop(job) for job in found if job.company == company]
        old = [job for job in mine if job.state in FINISHED and self._clock.now() - job.changed_at > KEPT]
        for job in old:
            self.path(job).unlink(missing_ok=True)
            self._stem(job).with_suffix(".json").unlink(missing_ok=True)
        return [job for job in mine if job not in old]

    def _after_a_stop(self, job: Job) -> Job:
        if job.state == "ready":
            return replace(job, state="put_away")
        if job.state in ("waiting", "sending"):
            code = "shell.print_unsent" if job.state == "waiting" else "shell.print_interrupted"
            stopped = Try(at=job.changed_at, person=job.person, printer=job.choice.printer, paper=job.choice.paper,
                          copies=job.choice.copies, code=code, params={"printer": job.choice.printer})  # fmt: skip
            return replace(job, state="failed", tries=(*job.tries, stopped))
        return job

    def _stem(self, job: Job) -> Path:
        stamp = job.made_at.strftime("%Y%m%d-%H%M%S")
        return self._folder / f"{stamp}-{job.kind.replace('.', '-')}-{job.id[-8:]}"

    def _write(self, path: Path, content: bytes) -> None:
        try:
            write_durably(path, content)
        except OSError as wrong:
            raise Device("shell.paper_not_kept", reason=wrong.strerror or "") from wrong


def _read(path: Path) -> Job | None:
    """A paper's file; None where it is none (another program's, or cut short by a dying disk)."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Job)
    except (OSError, msgspec.DecodeError):
        return None
