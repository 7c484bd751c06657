"""Carries out effects outside the database: claims outbox rows by lease, runs their listener, says done or later."""

from __future__ import annotations

import datetime as dt
import time
from dataclasses import dataclass
from typing import Any

import msgspec

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.kernel.errors import Problem
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.module import Listener
from retaguarda.kernel.outbox import CLAIM, DEAD, DONE, DUE, DUE_ROWS, FINISH, LEASE_S, TRIES_MOST, next_try
from retaguarda.kernel.unit import Unit


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
        station = self.office.actor.station
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
        bus = self.office.bus
        writer = bus.writer()
        writer.begin()
        try:
            unit = Unit(writer, bus.statements, self.name, SYSTEM, self.office.now(), self.office.today(), {})
            done = unit.run(statement, **values)
            writer.settle()
            count = done()
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        return count
