"""The schedules of whoever asks with what came of their last runs; every run; and what is due, for the program."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, bindparam, func, select, type_coerce

from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.nested import StoredCodes
from retaguarda.kernel.query import Query
from retaguarda.kernel.screen.parts import Note, Phrase
from retaguarda.modules.company import api as company
from retaguarda.modules.reports import rules
from retaguarda.modules.reports.model import READ, ReportRun, ReportSchedule, SavedReport

WRITE = "reports.note_run"
_SCHEDULE, _RUN, _SAVED = table_of(ReportSchedule), table_of(ReportRun), table_of(SavedReport)
_C, _R, _S, _WHO = _SCHEDULE.c, _RUN.c, _SAVED.c, company.person.c
_ME = bindparam("person_id", type_=Key())


def _told(outcome: str | None, path: str | None, station: str | None, error: str | None, params: str | None) -> Note:
    if outcome is None:
        return Note(Phrase("reports.run.never"))
    if outcome == rules.FAILED:
        return Note(Phrase("reports.run.failed"), "bad", Phrase(str(error), json.loads(params or "{}")))
    return Note(Phrase("reports.run.done", {"station": station}), "ok", Phrase("reports.run.path", {"path": path}))


@dataclass(frozen=True, slots=True)
class ScheduleRow:
    """A saved report that is written by itself. What is told of its last run is empty before the first."""

    id: str
    version: int
    saved_id: str
    name: str
    every: str
    weekdays: tuple[str, ...]
    month_day: int
    at: str
    kind: str
    next_at: dt.datetime
    ran_at: dt.datetime | None
    outcome: str | None
    path: str | None
    station: str | None
    error: str | None
    params: str | None
    allowed: tuple[str, ...] = ()

    @property
    def when(self) -> Phrase:
        """On which days."""
        return Phrase(f"reports.when.{self.every}", {"n": self.month_day})

    @property
    def days(self) -> tuple[str, ...]:
        """On which days of the week; none where every day, or a day of the month, is meant."""
        return self.weekdays if self.every == rules.WEEK else ()

    @property
    def month_days(self) -> int | None:
        """On which day of the month, where one is meant."""
        return self.month_day if self.every == rules.MONTH else None

    @property
    def answer(self) -> Note:
        """What came of the last run, in words."""
        return _told(self.outcome, self.path, self.station, self.error, self.params)


_LAST = select(_R.schedule_id, func.max(_R.due_at).label("due_at")).group_by(_R.schedule_id).subquery("last_run").c
_RAN: tuple[Any, ...] = (_R.at.label("ran_at"), _R.outcome, _R.path, _R.station, _R.error, _R.params)
schedules = Query(
    "reports.schedules",
    ScheduleRow,
    select(
        _C.id,
        _C.version,
        _C.saved_id,
        _S.name,
        _C.every,
        type_coerce(_C.weekdays, StoredCodes()).label("weekdays"),
        _C.month_day,
        _C.at,
        _C.kind,
        _C.next_at,
        *_RAN,
    )
    .select_from(
        _SCHEDULE.join(_SAVED, _S.id == _C.saved_id)
        .outerjoin(_LAST.due_at.table, _LAST.schedule_id == _C.id)
        .outerjoin(_RUN, and_(_R.schedule_id == _C.id, _R.due_at == _LAST.due_at))
    )
    .where(_C.active, _C.person_id == _ME),
    permission=READ,
    key=_C.id,
    order="next_at",
    search=_S.folded,
    allowed=lambda row: ("reports.run_schedule", "reports.end_schedule"),
)


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run of a schedule: when, for how many times it had been due, and what came of it."""

    id: str
    schedule_id: str
    name: str
    at: dt.datetime
    due_at: dt.datetime
    times: int
    outcome: str
    path: str
    station: str
    error: str
    params: str

    @property
    def answer(self) -> Note:
        """What came of it, in words."""
        return _told(self.outcome, self.path, self.station, self.error, self.params)


runs = Query(
    "reports.schedule_runs",
    RunRow,
    select(
        _R.id,
        _R.schedule_id,
        _S.name,
        _R.at,
        _R.due_at,
        _R.times,
        _R.outcome,
        _R.path,
        _R.station,
        _R.error,
        _R.params,
    )
    .select_from(_RUN.join(_SCHEDULE, _C.id == _R.schedule_id).join(_SAVED, _S.id == _C.saved_id))
    .where(_C.person_id == _ME),
    permission=READ,
    key=_R.id,
    order="-at",
    search=_S.folded,
)


@dataclass(frozen=True, slots=True)
class DueRow:
    """A schedule of anybody that is due: what is to be written, with whose rights."""

    id: str
    saved_id: str
    person_id: str
    kind: str
    next_at: dt.datetime


due = Query(
    "reports.schedules_due",
    DueRow,
    select(_C.id, _C.saved_id, _C.person_id, _C.kind, _C.next_at).where(
        _C.active, _C.next_at <= bindparam("now", type_=_C.next_at.type)
    ),
    permission=WRITE,
    key=_C.id,
    order="next_at",
)

SCHEDULED = (schedules, runs, due)
