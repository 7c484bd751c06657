"""The queue of open steps, in one deterministic order with its reason, and the situation of every order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, func, literal_column, or_, select

from retaguarda.kernel.case import HEAD, OPEN, STEP
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.process.flows import FLOWS
from retaguarda.modules.process.queries.standing import (
    LATE,
    ME,
    ORDER,
    SITUATION,
    STANDS,
    TODAY,
    fails,
    next_command,
    with_order_case,
)
from retaguarda.modules.sales import api as sales

READ = "process.read"
PAGES = {flow.subject: flow.page for flow in FLOWS}


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An open step: whose work, for whom, what comes next, how long it waits, and why it stands where it does."""

    id: str
    version: int
    rank: int
    why: str
    case_id: str
    subject_table: str
    subject_id: str
    title: str
    number: int | None
    customer_name: str | None
    promised_on: dt.date | None
    step: str
    department: str
    person_id: str | None
    person_name: str | None
    opened_at: dt.datetime
    started_at: dt.datetime | None
    due_at: dt.datetime | None
    next_command: str
    off_script: bool
    allowed: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """The screen that shows what the step is about."""
        return PAGES.get(self.subject_table, "")


@dataclass(frozen=True, slots=True)
class SituationRow:
    """Where an order stands, for the order list's column."""

    id: str
    situation: str
    department: str | None
    due_at: dt.datetime | None
    off_script: bool


def _queue(*where: ColumnElement[bool]) -> tuple[Select[Any], Any]:
    """Open steps with their rank: promises of today first, then what is late, then by deadline."""
    due_today = and_(STANDS, ORDER.promised_on == TODAY)
    late = or_(LATE, and_(STANDS, ORDER.promised_on < TODAY))
    why = case((due_today, "today"), (late, "late"), (fails(HEAD.c.subject_id), "failed"), else_="turn")
    weight = case((due_today, 0), (late, 1), else_=2)
    deadline = func.coalesce(STEP.c.due_at, STEP.c.opened_at)
    rank = func.row_number().over(order_by=(weight, HEAD.c.priority.desc(), deadline, STEP.c.id))
    person = company.person
    ranked = (
        select(
            STEP.c.id,
            STEP.c.version,
            rank.label("rank"),
            why.label("why"),
            HEAD.c.id.label("case_id"),
            HEAD.c.subject_table,
            HEAD.c.subject_id,
            HEAD.c.title,
            ORDER.number,
            party.party.c.name.label("customer_name"),
            case((STANDS, ORDER.promised_on)).label("promised_on"),
            STEP.c.name.label("step"),
            STEP.c.department,
            STEP.c.person_id,
            person.c.name.label("person_name"),
            STEP.c.opened_at,
            STEP.c.started_at,
            STEP.c.due_at,
            next_command().label("next_command"),
            HEAD.c.off_script,
            HEAD.c.branch_id,
        )
        .select_from(
            STEP.join(HEAD, HEAD.c.id == STEP.c.case_id)
            .outerjoin(sales.sales_order, ORDER.id == HEAD.c.subject_id)
            .outerjoin(party.party, party.party.c.id == ORDER.customer_id)
            .outerjoin(person, person.c.id == STEP.c.person_id)
        )
        .where(STEP.c.state == OPEN, *where)
        .subquery("queue")
    )
    shown = [c for c in ranked.c if c.key != "branch_id"]
    return select(*shown), ranked.c


def _mine() -> ColumnElement[bool]:
    """Steps in my hands, and free ones of my department; the administrator answers for every department."""
    me, department = company.person, company.department
    role, held = company.role, company.person_role
    mine = select(department.c.code).join(me, me.c.department_id == department.c.id).where(me.c.id == ME)
    roles = select(role.c.code).join(held, held.c.role_id == role.c.id).where(held.c.person_id == ME, held.c.active)
    all_of_them = roles.where(role.c.code == "administrator").exists()
    free = and_(STEP.c.person_id.is_(None), or_(STEP.c.department.in_(mine), STEP.c.department.in_(roles), all_of_them))
    return or_(STEP.c.person_id == ME, free)


def _allowed(row: QueueRow) -> tuple[str, ...]:
    return ("process.take_step",) if row.person_id is None else ()


_every, _columns = _queue()
queue = Query(
    "process.queue",
    QueueRow,
    _every,
    permission=READ,
    key=_columns.id,
    order="rank",
    branch=_columns.branch_id,
    allowed=_allowed,
)

_own, _own_columns = _queue(_mine())
my_queue = Query(
    "process.my_queue",
    QueueRow,
    _own,
    permission=READ,
    key=_own_columns.id,
    order="rank",
    branch=_own_columns.branch_id,
    allowed=_allowed,
)

situations = Query(
    "process.situations",
    SituationRow,
    select(
        ORDER.id,
        SITUATION.label("situation"),
        STEP.c.department,
        STEP.c.due_at,
        func.coalesce(HEAD.c.off_script, literal_column("false")).label("off_script"),
    ).select_from(with_order_case()),
    permission=READ,
    key=ORDER.id,
    order="id",
    branch=ORDER.branch_id,
)
