"""The path of a subject, step by step with its waiting and working time, and the catalogue of steps with what stands
in each."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, or_, select

from retaguarda.kernel.case import DONE, HEAD, LEFT, OPEN, SKIPPED, STEP, UNDONE
from retaguarda.kernel.literal import word
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.process.api import HELD
from retaguarda.modules.process.queries.standing import (
    LATE,
    NOW,
    ORDER,
    READ,
    STANDS,
    TODAY,
    fails,
    in_force,
    sees,
    steps_of_flows,
)
from retaguarda.modules.sales import api as sales

_PERSON = company.person.c
_F = steps_of_flows().c


@dataclass(frozen=True, slots=True)
class PathRow:
    """One step of a path: done, now, failed or waiting. Waiting ends when somebody takes the step."""

    id: str
    subject_id: str
    position: int
    name: str
    step: str
    department: str
    state: str
    who: str | None
    opened_at: dt.datetime | None
    started_at: dt.datetime | None
    closed_at: dt.datetime | None
    due_at: dt.datetime | None
    asked_at: dt.datetime

    @property
    def at(self) -> dt.datetime | None:
        """When it was done, or when it began."""
        return self.closed_at or self.started_at or self.opened_at

    @property
    def wait_minutes(self) -> int | None:
        """How long the step lay before somebody took it, up to now while nobody has."""
        return _minutes(self.opened_at, self.started_at or self.closed_at or self.asked_at)

    @property
    def work_minutes(self) -> int | None:
        """How long somebody worked on it, up to now while it is open; None when nobody took it."""
        return _minutes(self.started_at, self.closed_at or self.asked_at)


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a flow as it is meant, and what stands in it now: open cases, those late, those with a failure. Of a
    flow that the company does not take for new cases only where something stands.

    `level` is its light: bad while something is late, warn while something failed, ok otherwise.
    """

    id: str
    flow: str
    position: int
    step: str
    department: str
    department_name: str | None
    command: str
    limit_minutes: int
    open: int
    late: int
    failed: int
    level: str

    @property
    def limit(self) -> dt.timedelta:
        """The working time a case may stay here."""
        return dt.timedelta(minutes=self.limit_minutes)

    @property
    def purpose(self) -> str:
        """The code of why the step is there, under `process.step.`."""
        return f"{self.id}.purpose"

    @property
    def input(self) -> str:
        """The code of what it needs."""
        return f"{self.id}.input"

    @property
    def output(self) -> str:
        """The code of what it gives."""
        return f"{self.id}.output"


def _minutes(start: dt.datetime | None, end: dt.datetime) -> int | None:
    return None if start is None else max(0, int((end - start).total_seconds() // 60))


def _joined(*parts: ColumnElement[Any]) -> ColumnElement[str]:
    found = parts[0]
    for part in parts[1:]:
        found = found.op("||")(part)
    return cast(found, String)


_STEP_KEY = _joined(_F.flow, word("."), _F.name)
_STATE = case(
    (STEP.c.state == DONE, "done"),
    (STEP.c.state == SKIPPED, "failed"),
    (and_(STEP.c.state == OPEN, fails(HEAD.c.subject_id)), "failed"),
    (STEP.c.state == OPEN, "now"),
    else_="waiting",
)

order_path = Query(
    "process.order_path",
    PathRow,
    select(
        _STEP_KEY.label("id"),
        HEAD.c.subject_id,
        _F.position,
        _joined(word("process.step."), _F.flow, word("."), _F.name).label("name"),
        _F.name.label("step"),
        _F.department,
        _STATE.label("state"),
        _PERSON.name.label("who"),
        STEP.c.opened_at,
        STEP.c.started_at,
        STEP.c.closed_at,
        STEP.c.due_at,
        NOW.label("asked_at"),
    ).select_from(
        HEAD.join(_F.name.table, _F.flow == HEAD.c.flow)
        .outerjoin(STEP, and_(STEP.c.case_id == HEAD.c.id, STEP.c.name == _F.name, STEP.c.state.not_in((UNDONE, LEFT))))
        .outerjoin(company.person, _PERSON.id == STEP.c.person_id)
    ),
    permission=READ,
    key=_STEP_KEY,
    order="position",
    branch=HEAD.c.branch_id,
)


def _standing() -> Any:
    """What stands in each step, of the branches the person sees."""
    past = and_(STANDS, ORDER.promised_on < TODAY)
    late = case((HELD, 0), (LATE, 1), (past, 1), else_=0)
    broken = case((fails(HEAD.c.subject_id), 1), else_=0)
    each = (
        select(HEAD.c.flow, STEP.c.name, late.label("late"), broken.label("failed"))
        .select_from(
            STEP.join(HEAD, HEAD.c.id == STEP.c.case_id).outerjoin(sales.sales_order, ORDER.id == HEAD.c.subject_id)
        )
        .where(STEP.c.state == OPEN, sees(HEAD.c.branch_id))
        .subquery("each")
    ).c
    sums = (func.count().label("open"), func.sum(each.late).label("late"), func.sum(each.failed).label("failed"))
    return select(each.flow, each.name, *sums).group_by(each.flow, each.name).subquery("standing")


_S = _standing()
_LATE_NOW, _FAILED_NOW = func.coalesce(_S.c.late, 0), func.coalesce(_S.c.failed, 0)
step_counts = Query(
    "process.step_counts",
    StepRow,
    select(
        _STEP_KEY.label("id"),
        _F.flow,
        _F.position,
        _F.name.label("step"),
        _F.department,
        company.department.c.name.label("department_name"),
        _F.command,
        _F.limit_minutes,
        func.coalesce(_S.c.open, 0).label("open"),
        _LATE_NOW.label("late"),
        _FAILED_NOW.label("failed"),
        case((_LATE_NOW > 0, "bad"), (_FAILED_NOW > 0, "warn"), else_="ok").label("level"),
    )
    .select_from(
        _F.name.table.outerjoin(_S, and_(_S.c.flow == _F.flow, _S.c.name == _F.name)).outerjoin(
            company.department, company.department.c.code == _F.department
        )
    )
    .where(or_(_S.c.open > 0, in_force(_F.flow))),
    permission=READ,
    key=_STEP_KEY,
    order="position",
)
