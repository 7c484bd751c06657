"""Timed work: what runs by itself, when it ran last and runs next, and what came of it."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass

from sqlalchemy import bindparam, case, literal_column, select

from retaguarda.kernel.job import FAILED, LOST, RUNNING, STOPPED, J, R
from retaguarda.kernel.literal import word
from retaguarda.kernel.model import UtcDateTime
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen import Level, Note, Phrase
from retaguarda.modules.company import api

READ = "company.read_jobs"
_NOW = bindparam("now", type_=UtcDateTime())
_LEVELS: dict[str, Level] = {FAILED: "bad", LOST: "warn", STOPPED: "warn"}


@dataclass(frozen=True, slots=True)
class JobRow:
    """A piece of timed work. `state` is running, asked, failed, off (nothing runs by itself here) or waiting; what is
    told of its last run is empty before the first. `due_at` is empty while it is off."""

    id: str
    name: str
    every_s: int
    state: str
    due_at: dt.datetime | None
    done_at: dt.datetime | None
    begun_at: dt.datetime | None
    station: str | None
    outcome: str | None
    did: int | None
    refused: int | None
    failures: int
    error: str | None
    params: str | None
    allowed: tuple[str, ...] = ()

    @property
    def every(self) -> dt.timedelta:
        """How long after a run the next one is due."""
        return dt.timedelta(seconds=self.every_s)

    @property
    def answer(self) -> Note:
        """What came of the last run, in words."""
        if self.outcome is None:
            return Note(Phrase("company.job.never"))
        return _told(self.outcome, self.did or 0, self.refused or 0, self.error, self.params)


@dataclass(frozen=True, slots=True)
class JobRunRow:
    """A run of a piece of timed work: which, when, where, and what came of it."""

    id: str
    job_id: str
    name: str
    number: int
    begun_at: dt.datetime
    ended_at: dt.datetime | None
    station: str
    outcome: str
    did: int
    refused: int
    error: str | None
    params: str | None

    @property
    def answer(self) -> Note:
        """What came of it, in words."""
        return _told(self.outcome, self.did, self.refused, self.error, self.params)


def _told(outcome: str, did: int, refused: int, error: str | None, params: str | None) -> Note:
    level = _LEVELS.get(outcome, "")
    if error is not None:
        return Note(Phrase(f"company.job.{outcome}"), level, Phrase(error, json.loads(params or "{}")))
    if outcome in (RUNNING, LOST, STOPPED):
        return Note(Phrase(f"company.job.{outcome}"), level)
    return Note(
        Phrase("company.job.did", {"n": did}),
        "warn" if refused else "",
        Phrase("company.job.refused", {"n": refused}) if refused else None,
    )


_RUNS = J.c.claimed_until >= _NOW
_SAMPLE = api.company.c.sample
_STATE = case(
    (_RUNS, word(RUNNING)),
    (J.c.asked, word("asked")),
    (J.c.failures > literal_column("0"), word(FAILED)),
    (_SAMPLE, word("off")),
    else_=word("waiting"),
)


def _allowed(row: JobRow) -> tuple[str, ...]:
    return () if row.state == RUNNING else ("company.run_job",)


jobs = Query(
    "company.jobs",
    JobRow,
    select(
        J.c.id,
        J.c.name,
        J.c.every_s,
        _STATE.label("state"),
        case((_SAMPLE.is_(False) | J.c.asked, J.c.due_at)).label("due_at"),
        J.c.done_at,
        R.c.begun_at,
        R.c.station,
        R.c.outcome,
        R.c.did,
        R.c.refused,
        J.c.failures,
        R.c.error,
        R.c.params,
    ).select_from(
        J.join(api.company, api.company.c.single == literal_column("1")).outerjoin(
            R, (R.c.job_id == J.c.id) & (R.c.number == J.c.runs)
        )
    ),
    permission=READ,
    key=J.c.id,
    order="name",
    allowed=_allowed,
)

job_runs = Query(
    "company.job_runs",
    JobRunRow,
    select(
        R.c.id,
        R.c.job_id,
        J.c.name,
        R.c.number,
        R.c.begun_at,
        R.c.ended_at,
        R.c.station,
        R.c.outcome,
        R.c.did,
        R.c.refused,
        R.c.error,
        R.c.params,
    ).select_from(R.join(J, J.c.id == R.c.job_id)),
    permission=READ,
    key=R.c.id,
    order="-begun_at",
)
