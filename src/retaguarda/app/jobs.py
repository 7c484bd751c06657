"""Runs timed work: claims what is due by lease, acts as the program itself with the rights of the job, tells the end.

Several clients may do so on one database. Each job is run by one of them at a time, once for each interval, and once
where the program was closed for many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.app.reporting import write_saved
from retaguarda.app.settings import reports_folder
from retaguarda.kernel import job
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Problem, Refusal
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.lanes import Cancelled, go_on
from retaguarda.kernel.module import Job
from retaguarda.kernel.outcome import Answer, Change, Outcome
from retaguarda.kernel.page import Anchors, By, Groups, Page
from retaguarda.kernel.screen import Person
from retaguarda.kernel.store import GuardHit
from retaguarda.modules.company import api as company

if TYPE_CHECKING:
    from retaguarda.kernel.export import FileKind

TABLES = ("timed_job", "job_run")


@dataclass(frozen=True, slots=True)
class JobsRun:
    """What one look did: runs that did their work, that failed, and those that another took over."""

    done: int = 0
    failed: int = 0
    lost: int = 0

    def changes(self) -> tuple[Change, ...]:
        """What a window that shows jobs looks at again: these runs are no commands, nobody else tells of them."""
        return tuple(Change(name, "revise", ()) for name in TABLES) if self != JobsRun() else ()


class LeaseLost(Exception):
    """The computer slept, or waited too long: the job is another's now, and this run ends where it is."""


class LeasedDoor:
    """The door that a job is given: between two steps it keeps the lease, and stops when the program is to end."""

    def __init__(self, office: Office, run: job.Run) -> None:
        self._office, self._run = office, run
        self._keep_from = self._half()
        self.did = self.refused = 0

    def _half(self) -> dt.datetime:
        return self._office.now() + dt.timedelta(seconds=job.LEASE_S / 2)

    def _step(self) -> None:
        go_on()
        if self._office.now() < self._keep_from:
            return
        with self._office.bus.aside(SYSTEM, self._run.token) as unit:
            kept = job.hold(unit, self._run)
        if not kept:
            raise LeaseLost(self._run.name)
        self._keep_from = self._half()

    @property
    def person(self) -> Person:
        """The program itself, with the rights of the job."""
        return self._office.person

    def do(
        self,
        command: Command | tuple[str, Mapping[str, Any]],
        accept: Sequence[str] = (),
        command_id: str | None = None,
    ) -> Outcome:
        """Carries out a command; how many were, and how many were refused, stands in the run."""
        self._step()
        try:
            outcome = self._office.do(command, accept, command_id)
        except Refusal:
            self.refused += 1
            raise
        self.did += 1
        return outcome

    def do_many(self, sent: Sequence[tuple[str, Mapping[str, Any], str]], stays: bool = True) -> Sequence[Answer]:
        """Carries out commands in one transaction, or tries them; what was done and refused stands in the run."""
        self._step()
        answers = self._office.do_many(sent, stays)
        refused = sum(isinstance(answer, Refusal) for answer in answers)
        self.refused += refused if stays else 0
        self.did += len(answers) - refused if stays else 0
        return answers

    def show(
        self,
        query_name: str,
        where: Mapping[str, Any] | None = None,
        sort: str | None = None,
        limit: int = 200,
        after: Any = None,
        count: bool = False,
    ) -> Page:
        """Rows of a query, as far as the job may see them."""
        self._step()
        return self._office.show(query_name, where, sort, limit, after, count)

    def anchors(self, query_name: str, where: Mapping[str, Any] | None = None, sort: str | None = None) -> Anchors:
        """Where the pages of all rows begin."""
        self._step()
        return self._office.anchors(query_name, where, sort)

    def groups(
        self,
        query_name: str,
        where: Mapping[str, Any] | None,
        by: Sequence[By],
        sums: Sequence[str],
        most: int = 0,
        largest: bool = False,
    ) -> Groups:
        """All rows added up by columns."""
        self._step()
        return self._office.groups(query_name, where, by, sums, most, largest)

    def one(self, query_name: str, key: str) -> Any:
        """The row of one record; raises `Missing`."""
        self._step()
        return self._office.one(query_name, key)

    def print_document(self, name: str, params: Mapping[str, Any]) -> bytes:
        """A document as PDF bytes."""
        self._step()
        return self._office.print_document(name, params)

    @property
    def station(self) -> str:
        """The computer that it runs on."""
        return self._office.station

    def write_report(self, person_id: str, saved_id: str, kind: str, mark: str) -> Path:
        """Writes a saved report with the person's rights; see `JobDoor`."""
        office, before = self._office, self._office.actor
        actor = company.actor_of(office.reads(), office.registry.grants, person_id, office.station)
        office.actor = replace(actor, permissions=actor.permissions | office.registry.covered(actor.permissions))
        try:
            return write_saved(office, self, saved_id, cast("FileKind", kind), reports_folder(), mark)
        finally:
            office.actor = before

    def today(self) -> dt.date:
        """The company's calendar day."""
        return self._office.today()

    def now(self) -> dt.datetime:
        """The present instant, UTC."""
        return self._office.now()


class Jobs:
    """The timed work of one office, which has its connections to itself while `run` is under way."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.itself = replace(SYSTEM, station=office.station)
        self.jobs: dict[str, Job] = dict(office.registry.jobs)

    def enter(self) -> None:
        """Gives every job of this program its row in the database."""
        every = {name: one.every_s for name, one in self.jobs.items()}
        if not job.missing(self.office.reads().all(job.ALL), every):
            return
        try:
            with self.office.bus.aside(self.itself, new_id()) as unit:
                job.enter(unit, every)
        except GuardHit:
            return  # another client entered them in the same moment

    def run(self, *, alone: bool = True) -> JobsRun:
        """Runs every job that is due; where jobs do not run by themselves (`alone` is False: a copy, a sample) only
        those that a person asked for."""
        done = failed = lost = 0
        for row in self.office.reads().all(job.DUE, now=self.office.now()):
            found = self.jobs.get(row.name)
            if found is None or not (alone or row.asked):
                continue
            with self.office.bus.aside(self.itself, new_id()) as unit:
                run = job.claim(unit, row, unit.command_id, self.itself.station)
            if run is None:
                continue
            outcome = self._run(found, run)
            done, failed, lost = done + (outcome == job.DONE), failed + (outcome == job.FAILED), lost + (not outcome)
        return JobsRun(done, failed, lost)

    def _run(self, found: Job, run: job.Run) -> str:
        """Carries out one claimed run; gives its outcome, empty where another took it over."""
        door = LeasedDoor(self._as_job(found), run)
        try:
            found.run(door)
        except LeaseLost:
            return ""
        except Problem as problem:
            return self._fail(door, run, problem.code, problem.params)
        except BaseException as wrong:
            if isinstance(wrong, Exception) and not isinstance(wrong, Cancelled):
                self._fail(door, run, "kernel.job_defect", {"defect": type(wrong).__name__})
            else:
                # Who is told to stop leaves the job as due as it was.
                with self.office.bus.aside(self.itself, run.token) as unit:
                    job.let_go(unit, run, door.did, door.refused)
            raise
        finally:
            self.office.actor = self.itself
        with self.office.bus.aside(self.itself, run.token) as unit:
            job.succeed(unit, run, door.did, door.refused)
        return job.DONE

    def _fail(self, door: LeasedDoor, run: job.Run, code: str, params: Mapping[str, Any]) -> str:
        with self.office.bus.aside(self.itself, run.token) as unit:
            job.fail(unit, run, door.did, door.refused, code, params)
        return job.FAILED

    def _as_job(self, found: Job) -> Office:
        permissions = frozenset(found.permissions)
        self.office.actor = replace(self.itself, permissions=permissions | self.office.registry.covered(permissions))
        return self.office
