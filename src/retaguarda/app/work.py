"""What is carried out with nobody at the desk: effects outside the database (outbox rows, claimed by lease), and timed
work. A window does it on a lane of its own, `retaguarda work` without a window."""

from __future__ import annotations

import datetime as dt
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import msgspec

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.app.jobs import Jobs, JobsRun
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.lanes import Job, Lane
from retaguarda.kernel.module import Listener
from retaguarda.kernel.outbox import CLAIM, DEAD, DONE, DUE, DUE_ROWS, FINISH, LEASE_S, TRIES_MOST, next_try


@dataclass(frozen=True, slots=True)
class Worked:
    """What a drain did: effects carried out, put off, given up, and how many are still due."""

    done: int
    later: int
    dead: int
    left: int


class Worker:
    """Drains the outbox of one office; several may run beside each other, a row is claimed by one."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.name = new_id()
        self.listeners: dict[str, Listener] = {n.name: n for group in office.registry.after.values() for n in group}

    def drain(self, seconds: float = 5.0) -> Worked:
        """Works until nothing is due or `seconds` are over."""
        counts = {DONE: 0, DUE: 0, DEAD: 0}
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            rows = self._due()
            if not rows:
                return Worked(counts[DONE], counts[DUE], counts[DEAD], 0)
            for row in rows:
                if time.monotonic() >= end:
                    break
                if self._claim(row.id):
                    counts[self._carry_out(row)] += 1
        return Worked(counts[DONE], counts[DUE], counts[DEAD], len(self._due()))

    def _due(self) -> list[Any]:
        station = self.office.station
        return self.office.reads().all(DUE_ROWS, now=self.office.now(), station=station)

    def _claim(self, key: str) -> bool:
        now = self.office.now()
        until = now + dt.timedelta(seconds=LEASE_S)
        return self._write(CLAIM, b_id=key, now=now, claimed_by=self.name, claimed_until=until) == 1

    def _carry_out(self, row: Any) -> str:
        listener = self.listeners.get(row.listener)
        state, error = DEAD, f"no listener {row.listener}"
        if listener is not None:
            try:
                listener.act(self.office, msgspec.json.decode(row.payload))
                state, error = DONE, ""
            except Problem as problem:
                retry = row.tries + 1 < TRIES_MOST
                state, error = (DUE if retry else DEAD), f"{problem.code} {problem.params}"
            except BaseException as defect:
                # A defect would fail again; a program that is told to stop leaves its effect to the next one.
                self._finish(row, DEAD if isinstance(defect, Exception) else DUE, repr(defect))
                raise
        self._finish(row, state, error)
        return state

    def _finish(self, row: Any, state: str, error: str) -> None:
        due_at = next_try(self.office.now(), row.tries + 1) if state == DUE else row.due_at
        self._write(FINISH, b_id=row.id, state=state, due_at=due_at, error=error or None)

    def _write(self, statement: Any, **values: Any) -> int:
        with self.office.bus.aside(SYSTEM, self.name) as unit:
            done = unit.run(statement, **values)
            unit.settle()
        return done()


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did."""

    effects: Worked
    jobs: JobsRun


NOTHING = Round(Worked(0, 0, 0, 0), JobsRun())


class Work:
    """Rounds of all that waits, on connections of its own and as the program itself. Every round is of one thread.

    In a copy that must not act by itself, as every sample company is, only the jobs run that a person asks for.
    """

    def __init__(self, office: Office) -> None:
        self.alone = not office.facts().sample
        self._office = office.beside(replace(SYSTEM, station=office.station))
        self._effects, self._jobs = Worker(self._office), Jobs(self._office)
        self._jobs.enter()

    def round(self, seconds: float = 5.0) -> Round:
        """Carries out what is due; effects for `seconds` at most."""
        return Round(self._effects.drain(seconds), self._jobs.run(alone=self.alone))

    def close(self) -> None:
        """Gives its connections back; the office it was made for stays open."""
        self._office.leave()


EVERY_S = 5.0
LOOK_S = 0.2


def keep_working(office: Office, *, once: bool, seconds: float | None) -> tuple[dict[str, int], list[Exception]]:
    """Rounds until the program is told to stop, `seconds` are over, or (`once`) a round finds nothing to do; gives what
    was done, and what went wrong.

    A defect ends its round and no more: the job that has it is not due again at once. Trouble with the database ends
    `once` too, and is waited for otherwise.
    """
    tally, faults = dict.fromkeys(("done", "later", "dead", "left", "jobs_done", "jobs_failed"), 0), list[Exception]()
    end = None if seconds is None else time.monotonic() + seconds
    lane, work = Lane("work", 1, lambda call: call()), Work(office)
    try:
        with _told_to_stop() as stop:
            while not (stop.is_set() or (end is not None and time.monotonic() >= end)):
                found, fault = _one_round(lane, work, stop)
                faults += [fault] if fault is not None else []
                _count(tally, found)
                if once and (isinstance(fault, Problem) if fault is not None else found == NOTHING):
                    break
                if not once:
                    stop.wait(EVERY_S if end is None else min(EVERY_S, max(0.0, end - time.monotonic())))
    finally:
        lane.close(finish=False)
        work.close()
    return tally, faults


def _one_round(lane: Lane, work: Work, stop: threading.Event) -> tuple[Round, Exception | None]:
    rounds: list[Round] = []
    faults: list[Exception] = []
    token = lane.give(Job(work.round, rounds.append, faults.append))
    while not lane.wait(LOOK_S):
        if stop.is_set():
            token.cancel()
    return rounds[0] if rounds else NOTHING, faults[0] if faults else None


def _count(tally: dict[str, int], found: Round) -> None:
    for name in ("done", "later", "dead"):
        tally[name] += getattr(found.effects, name)
    tally["left"] = found.effects.left
    tally["jobs_done"] += found.jobs.done
    tally["jobs_failed"] += found.jobs.failed


@contextmanager
def _told_to_stop() -> Iterator[threading.Event]:
    """Set once the system or a person asks the program to end: the job under way stops at its next step."""
    stop = threading.Event()
    before = {sign: signal.signal(sign, lambda *_: stop.set()) for sign in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield stop
    finally:
        for sign, handler in before.items():
            signal.signal(sign, handler)
