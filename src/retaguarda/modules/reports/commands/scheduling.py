"""A saved report is written by itself: when, as what file; each run is noted, one that failed is told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, exists, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Forbidden, Invalid, Missing
from retaguarda.kernel.failure import close_failures, record
from retaguarda.kernel.kinds import Choice, Codes, Instant, Ref, Text, ValueFault, Version, Whole
from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.text import parse_time
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.reports import rules
from retaguarda.modules.reports.model import ReportRun, ReportSchedule, SavedReport, SavedReportRole

SCHEDULE, WRITE = "reports.schedule_report", "reports.note_run"
FAILURE = "reports.schedule_failed"
TABLE = ReportSchedule.__tablename__
_S, _SHARE, _HOLDS = table_of(SavedReport).c, table_of(SavedReportRole).c, company.person_role.c
_MINE = Statement(
    select(_S.id, _S.name).where(
        _S.id == bindparam("saved_id", type_=Key()),
        ~_S.archived,
        (_S.owner_id == bindparam("me", type_=Key()))
        | exists(
            select(_SHARE.id)
            .join(company.person_role, _HOLDS.role_id == _SHARE.role_id)
            .where(
                _SHARE.saved_id == _S.id,
                _SHARE.active,
                _HOLDS.active,
                _HOLDS.person_id == bindparam("me", type_=Key()),
            )
        ),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleReport(Command):
    """Has a saved report written into a file by itself: every day, on days of the week, or on a day of the month (its
    last one where it has none). It is written with your rights. What was missed while the program was closed is made up
    for once, with the figures of the day on which it runs."""

    saved_id: Annotated[str, Ref("saved_report")]
    every: Annotated[str, Choice(rules.EVERY, "reports.every")] = rules.DAY
    weekdays: Annotated[tuple[str, ...], Codes()] = ()
    month_day: Annotated[int, Whole(least=1, most=31)] = 1
    at: Annotated[str, Text(5)] = "07:00"
    kind: Annotated[str, Choice(rules.FILES, "shell.export")] = "pdf"


def schedule_report(unit: Unit, command: ScheduleReport) -> Mapping[str, Any]:
    if unit.actor.person_id is None:
        raise Forbidden(SCHEDULE)
    saved = unit.one(_MINE, saved_id=command.saved_id, me=unit.actor.person_id)
    if saved is None:
        raise Missing("saved_report", command.saved_id, field="saved_id")
    plan = _plan_of(command)
    schedule_id = unit.add(
        ReportSchedule,
        saved_id=saved.id,
        person_id=unit.actor.person_id,
        every=plan.every,
        weekdays=json.dumps(plan.weekdays),
        month_day=plan.month_day,
        at=plan.at.strftime("%H:%M"),
        kind=command.kind,
        next_at=plan.after(unit.now, _zone(unit)),
    )
    return {"id": schedule_id, "version": 1, "name": saved.name}


def _plan_of(command: ScheduleReport) -> rules.Plan:
    """When it is due; refuses a time that is none, days that are none, and a week without days."""
    faults = []
    at = dt.time()
    try:
        at = parse_time(command.at)
    except ValueFault as wrong:
        faults.append(Fault("at", wrong.code, wrong.params))
    unknown = [day for day in command.weekdays if day not in rules.WEEKDAYS]
    if unknown:
        faults.append(Fault("weekdays", "kernel.not_a_choice", {"options": ", ".join(rules.WEEKDAYS)}))
    elif command.every == rules.WEEK and not command.weekdays:
        faults.append(Fault("weekdays", "kernel.required"))
    if faults:
        raise Invalid(*faults)
    days = tuple(day for day in rules.WEEKDAYS if day in command.weekdays)
    return rules.Plan(every=command.every, at=at, weekdays=days, month_day=command.month_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSchedule(Command):
    """A report is written by itself no more; the files that were written stay. Only whose schedule it is may."""

    schedule_id: Annotated[str, Ref("report_schedule")]
    version: Annotated[int, Version()] | None = None


def end_schedule(unit: Unit, command: EndSchedule) -> Mapping[str, Any]:
    row = _own(unit, command)
    unit.revise(ReportSchedule, row, active=False)
    close_failures(unit, row.id, FAILURE)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class RunSchedule(Command):
    """Has a scheduled report written now, once more or again after a failure; then it goes on as planned."""

    schedule_id: Annotated[str, Ref("report_schedule")]
    version: Annotated[int, Version()] | None = None


def run_schedule(unit: Unit, command: RunSchedule) -> Mapping[str, Any]:
    row = _own(unit, command)
    unit.revise(ReportSchedule, row, next_at=unit.now)
    return {"id": row.id, "version": row.version + 1}


def _own(unit: Unit, command: EndSchedule | RunSchedule) -> Any:
    row = unit.get(ReportSchedule, command.schedule_id, field="schedule_id")
    if not row.active or row.person_id != unit.actor.person_id:
        raise Missing(TABLE, command.schedule_id, field="schedule_id")
    unit.fresh(row, command.version, TABLE)
    return row


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRun(Command):
    """Notes that a scheduled report was written, and where, or why it was not, and when it is due next. The program
    does so itself; a time for which it was done is not done again."""

    schedule_id: Annotated[str, Ref("report_schedule")]
    due_at: Annotated[dt.datetime, Instant()]
    path: Annotated[str, Text(500)] = ""
    station: Annotated[str, Text(40)] = ""
    error: Annotated[str, Text(80)] = ""
    params: Annotated[str, Text(2000)] = "{}"


def note_run(unit: Unit, command: NoteRun) -> Mapping[str, Any]:
    row = unit.get(ReportSchedule, command.schedule_id, field="schedule_id")
    if not row.active or row.next_at != command.due_at or row.next_at > unit.now:
        raise Missing(TABLE, command.schedule_id, field="due_at")
    at = dt.time.fromisoformat(row.at)
    days = tuple(json.loads(row.weekdays))
    plan, zone = rules.Plan(every=row.every, at=at, weekdays=days, month_day=row.month_day), _zone(unit)
    unit.append(
        ReportRun,
        [
            {
                "schedule_id": row.id,
                "due_at": row.next_at,
                "times": plan.times(row.next_at, unit.now, zone),
                "outcome": rules.FAILED if command.error else rules.DONE,
                "path": command.path,
                "station": command.station,
                "error": command.error,
                "params": command.params,
            }
        ],
    )
    unit.revise(ReportSchedule, row, next_at=plan.after(unit.now, zone))
    if command.error:
        saved = unit.get(SavedReport, row.saved_id)
        told = {"name": saved.name, "cause": [{**json.loads(command.params), "code": command.error}]}
        record(unit, FAILURE, subject=(TABLE, row.id), cause_key=FAILURE, params=told)
    else:
        close_failures(unit, row.id, FAILURE)
    return {"id": row.id, "version": row.version + 1}


def _zone(unit: Unit) -> str:
    facts = company.the_company(unit)
    return facts.zone if facts is not None else "UTC"
