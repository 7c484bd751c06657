"""Timed work: one row for each job, claimed by lease, and its last runs.

Any running client (or `retaguarda work`) claims a job that is due for a while, keeps the lease as long as it works, and
says how it ended. Whoever dies midway loses the lease and another goes on, so a job does what is left to do: twice is
once. A job that failed is tried again sooner than it would be due, and stays visible with its cause until it succeeds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import ForeignKey, Text, UniqueConstraint, bindparam, case, false, literal, or_, select, true, update
from sqlalchemy.orm import Mapped, mapped_column

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.failure import close_failures, record
from retaguarda.kernel.journal import encode
from retaguarda.kernel.model import Base, Key, Keyed, Rights, instant, table_of, text
from retaguarda.kernel.outcome import Change
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.trigger import Trigger, never_deleted

if TYPE_CHECKING:
    from retaguarda.kernel.unit import Unit

RUNNING, DONE, FAILED, STOPPED, LOST = "running", "done", "failed", "stopped", "lost"
LEASE_S = 120
"""Longer than any one command or reading of a job; between two of them the lease is kept."""
KEPT = 30
"""So many runs of each job are remembered; the next one takes the place of the oldest."""
FIRST_WAIT_S = 60
TOLD_AFTER = 3
"""From so many failed runs in a row on, the failure stands on the failure desk."""
FAILURE = "kernel.job_failed"
_READ = "company.read_jobs"


class TimedJob(Keyed, Base):
    """One job: when it is due, who has it at present, how its runs go. `runs` is the number of the last one."""

    __tablename__ = "timed_job"
    __rights__ = Rights(read=_READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("timed_job"),)
    name: Mapped[str] = text(80, unique=True)
    every_s: Mapped[int] = mapped_column()
    due_at: Mapped[dt.datetime] = instant()
    asked: Mapped[bool] = mapped_column(default=False)
    runs: Mapped[int] = mapped_column(default=0)
    failures: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[dt.datetime | None] = instant()
    claimed_by: Mapped[str | None] = mapped_column(Key())
    claimed_until: Mapped[dt.datetime | None] = instant()


class JobRun(Keyed, Base):
    """One run of a job: when, where, how many commands it sent and how many of them were refused, what came of it."""

    __tablename__ = "job_run"
    __rights__ = Rights(read=_READ)
    __triggers__: ClassVar[tuple[Trigger, ...]] = (never_deleted("job_run"),)
    job_id: Mapped[str] = mapped_column(Key(), ForeignKey("timed_job.id"))
    place: Mapped[int] = mapped_column()
    number: Mapped[int] = mapped_column()
    station: Mapped[str] = text(40)
    begun_at: Mapped[dt.datetime] = instant()
    ended_at: Mapped[dt.datetime | None] = instant()
    outcome: Mapped[str] = text(8)
    did: Mapped[int] = mapped_column(default=0)
    refused: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None] = text(80)
    params: Mapped[str | None] = mapped_column(Text)
    __table_args__ = (UniqueConstraint("job_id", "place"),)


J, R = table_of(TimedJob), table_of(JobRun)
_AT = J.c.due_at.type
_NOW = bindparam("now", type_=_AT)
_THIS = J.c.id == bindparam("b_id", type_=J.c.id.type)
_MINE = J.c.claimed_by == bindparam("token", type_=J.c.claimed_by.type)
_DUE = (J.c.due_at <= _NOW, or_(J.c.claimed_until.is_(None), J.c.claimed_until < _NOW))
_UNTIL = bindparam("until", type_=_AT)

ALL = Statement(select(J).order_by(J.c.name))
ONE = Statement(select(J).where(_THIS))
DUE = Statement(select(J).where(*_DUE).order_by(J.c.due_at, J.c.name))
CLAIM = Statement(
    update(J)
    .where(_THIS, *_DUE)
    .values(
        claimed_by=bindparam("token", type_=J.c.claimed_by.type),
        claimed_until=_UNTIL,
        runs=J.c.runs + 1,
        asked=false(),
    )
    .returning(J.c.runs, J.c.failures)
)
HOLD = Statement(update(J).where(_THIS, _MINE).values(claimed_until=_UNTIL))
EVERY = Statement(update(J).where(_THIS).values(every_s=bindparam("every_s")))
ASK = Statement(update(J).where(_THIS).values(asked=true(), due_at=_NOW))
_FREED = {"claimed_by": None, "claimed_until": None}
# Who asks for a run while one ends gets another.
_NEXT = case((J.c.asked, J.c.due_at), else_=bindparam("next", type_=_AT))
SUCCEED = Statement(update(J).where(_THIS, _MINE).values(due_at=_NEXT, done_at=_NOW, failures=literal(0), **_FREED))
FAIL = Statement(update(J).where(_THIS, _MINE).values(due_at=_NEXT, failures=J.c.failures + 1, **_FREED))
LET_GO = Statement(update(J).where(_THIS, _MINE).values(**_FREED))

_OF = R.c.job_id == bindparam("b_id", type_=J.c.id.type)
LOSE = Statement(update(R).where(_OF, R.c.outcome == RUNNING).values(outcome=literal(LOST)))
AGAIN = Statement(
    update(R)
    .where(_OF, R.c.place == bindparam("b_place", type_=R.c.place.type))
    .values(
        number=bindparam("number"),
        station=bindparam("station"),
        begun_at=_NOW,
        ended_at=None,
        outcome=literal(RUNNING),
        did=literal(0),
        refused=literal(0),
        error=None,
        params=None,
    )
)
END = Statement(
    update(R)
    .where(_OF, R.c.number == bindparam("b_number", type_=R.c.number.type))
    .values(
        ended_at=_NOW,
        outcome=bindparam("outcome"),
        did=bindparam("did"),
        refused=bindparam("refused"),
        error=bindparam("error"),
        params=bindparam("params"),
    )
)


@dataclass(frozen=True, slots=True)
class Run:
    """A run that has its job: `token` is its lease, `failures` how many runs before it failed in a row."""

    job_id: str
    name: str
    every_s: int
    token: str
    number: int
    failures: int


def enter(unit: Unit, jobs: Mapping[str, int]) -> None:
    """Gives every job (its interval in seconds by its name) its row; a new one is due at once."""
    there = {row.name: row for row in unit.all(ALL)}
    new = [{"name": n, "every_s": s, "due_at": unit.now} for n, s in sorted(jobs.items()) if n not in there]
    unit.add_all(TimedJob, new)
    for name, row in there.items():
        if jobs.get(name, row.every_s) != row.every_s:
            unit.run(EVERY, b_id=row.id, every_s=jobs[name])


def missing(rows: Iterable[Any], jobs: Mapping[str, int]) -> bool:
    """Whether `enter` has something to do."""
    return not jobs.items() <= {row.name: row.every_s for row in rows}.items()


def ask(unit: Unit, job_id: str) -> None:
    """Makes a job due now, also where jobs do not run by themselves; refuses while it runs."""
    row = unit.one(ONE, b_id=job_id)
    if row is None:
        raise Missing(TimedJob.__tablename__, job_id, field="job_id")
    if row.claimed_until is not None and row.claimed_until >= unit.now:
        raise Refusal("kernel.job_running", field="job_id", job=row.name)
    unit.run(ASK, b_id=job_id, now=unit.now)
    unit.changes.append(Change(TimedJob.__tablename__, "revise", (job_id,)))


def claim(unit: Unit, job: Any, token: str, station: str) -> Run | None:
    """Begins a run of a due job (a row of `DUE`); None when somebody else was faster."""
    row = unit.take(CLAIM, b_id=job.id, now=unit.now, token=token, until=lease(unit.now))
    if row is None:
        return None
    run = Run(job.id, job.name, job.every_s, token, int(row.runs), int(row.failures))
    unit.run(LOSE, b_id=job.id)
    place = run.number % KEPT
    again = unit.run(AGAIN, b_id=job.id, b_place=place, number=run.number, station=station, now=unit.now)
    unit.settle()
    if again() == 0:
        begun = {"station": station, "begun_at": unit.now, "outcome": RUNNING}
        unit.add(JobRun, job_id=job.id, place=place, number=run.number, **begun)
    return run


def hold(unit: Unit, run: Run) -> bool:
    """Keeps the lease of a run for longer; False when it was lost and another may be at it."""
    kept = unit.run(HOLD, b_id=run.job_id, token=run.token, until=lease(unit.now))
    unit.settle()
    return kept() == 1


def succeed(unit: Unit, run: Run, did: int, refused: int) -> None:
    """Ends a run that did its work; what was told of earlier ones is mended."""
    following = unit.now + dt.timedelta(seconds=run.every_s)
    if _ended(unit, run, SUCCEED, now=unit.now, next=following):
        unit.run(END, **_end(unit, run, DONE, did, refused))
        if run.failures:
            close_failures(unit, run.job_id, FAILURE)


def fail(unit: Unit, run: Run, did: int, refused: int, code: str, params: Mapping[str, Any]) -> None:
    """Ends a run that failed: it is tried again soon, and after some runs the failure desk hears of it."""
    if not _ended(unit, run, FAIL, next=retry_at(unit.now, run.failures + 1, run.every_s)):
        return
    unit.run(END, **_end(unit, run, FAILED, did, refused, code, encode(dict(params))))
    if run.failures + 1 >= TOLD_AFTER:
        what = {"job": run.name, "cause": [{**params, "code": code}], "n": run.failures + 1}
        record(unit, FAILURE, subject=(TimedJob.__tablename__, run.job_id), cause_key=FAILURE, params=what)


def let_go(unit: Unit, run: Run, did: int, refused: int) -> None:
    """Ends a run that was told to stop: the job is as due as it was."""
    if _ended(unit, run, LET_GO):
        unit.run(END, **_end(unit, run, STOPPED, did, refused))


def _ended(unit: Unit, run: Run, statement: Statement, **values: Any) -> bool:
    """Whether the run still had its job: another may have taken it over long ago."""
    done = unit.run(statement, b_id=run.job_id, token=run.token, **values)
    unit.settle()
    return done() == 1


def _end(
    unit: Unit, run: Run, outcome: str, did: int, refused: int, code: str | None = None, params: str | None = None
) -> dict[str, Any]:
    end = {"outcome": outcome, "did": did, "refused": refused, "error": code, "params": params}
    return {"b_id": run.job_id, "b_number": run.number, "now": unit.now, **end}


def lease(now: dt.datetime) -> dt.datetime:
    """Until when whoever works now has the job."""
    return now + dt.timedelta(seconds=LEASE_S)


def retry_at(now: dt.datetime, failures: int, every_s: int) -> dt.datetime:
    """When a job that failed so many times in a row is tried again: after 1, 2, 4 … minutes, at most its interval."""
    return now + dt.timedelta(seconds=min(FIRST_WAIT_S * 2 ** min(failures - 1, 20), every_s))
