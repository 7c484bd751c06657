"""The queue of open steps, in one deterministic order with its reason, and the situation of every order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, select, true

from retaguarda.kernel.case import HEAD, OPEN, STEP
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.process import rules
from retaguarda.modules.process.queries.standing import (
    HELD,
    LATE,
    NOW,
    ORDER,
    PAGES,
    READ,
    SITUATION,
    STANDS,
    TODAY,
    fails,
    mine,
    next_command,
    with_order_case,
)
from retaguarda.modules.sales import api as sales


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An open step: whose work, for whom, what comes next, how long it waits, and why it stands where it does.

    `state` is late, today (promised for today), ok or held; `version` is the step's, `case_version` and
    `subject_version` those of its case and of what it is about.
    """

    id: str
    version: int
    rank: int
    why: str
    state: str
    case_id: str
    case_version: int
    priority: int
    subject_table: str
    subject_id: str
    subject_version: int | None
    title: str
    flow: str
    number: int | None
    customer_name: str | None
    promised_on: dt.date | None
    step: str
    department: str
    department_name: str | None
    person_id: str | None
    person_name: str | None
    opened_at: dt.datetime
    started_at: dt.datetime | None
    due_at: dt.datetime | None
    next_command: str
    off_script: bool
    asked_at: dt.datetime
    allowed: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """The screen that shows what the step is about."""
        return PAGES.get(self.subject_table, "")

    @property
    def step_key(self) -> str:
        """The step with its flow, as the texts know it."""
        return f"{self.flow}.{self.step}"

    @property
    def waits(self) -> dt.timedelta:
        """How long the step lies open, up to when the queue was asked for."""
        return dt.timedelta(minutes=max(0, (self.asked_at - self.opened_at) // dt.timedelta(minutes=1)))


@dataclass(frozen=True, slots=True)
class SituationRow:
    """Where an order stands, for the order list's column."""

    id: str
    situation: str
    department: str | None
    due_at: dt.datetime | None
    off_script: bool


def _why() -> ColumnElement[str]:
    """The first reason that holds, see `rules.WHYS`."""
    promised = and_(STANDS, ORDER.promised_on <= TODAY)
    return case(
        (HELD, rules.HELD),
        (and_(promised, ORDER.promised_on == TODAY), rules.TODAY),
        (promised, rules.PAST),
        (HEAD.c.priority > 0, rules.FLAGGED),
        (LATE, rules.LATE),
        (fails(HEAD.c.subject_id), rules.FAILED),
        else_=rules.TURN,
    )


def _state(why: ColumnElement[str]) -> ColumnElement[str]:
    return case(
        (why == rules.HELD, "held"), (why == rules.PAST, "late"), (LATE, "late"), (why == rules.TODAY, "today"),
        else_="ok",
    )  # fmt: skip


def _queue(*where: ColumnElement[bool]) -> tuple[Select[Any], Any]:
    """Open steps with their rank: promises of today first, then the other reasons, then by deadline."""
    why = _why()
    weight = case(*((why == reason, place) for place, reason in enumerate(rules.WHYS)), else_=len(rules.WHYS))
    deadline = func.coalesce(STEP.c.due_at, STEP.c.opened_at)
    rank = func.row_number().over(order_by=(weight, HEAD.c.priority.desc(), deadline, STEP.c.id))
    person, department = company.person, company.department
    ranked = (
        select(
            STEP.c.id,
            STEP.c.version,
            rank.label("rank"),
            why.label("why"),
            _state(why).label("state"),
            HEAD.c.id.label("case_id"),
            HEAD.c.version.label("case_version"),
            HEAD.c.priority,
            HEAD.c.subject_table,
            HEAD.c.subject_id,
            ORDER.version.label("subject_version"),
            HEAD.c.title,
            HEAD.c.flow,
            ORDER.number,
            party.party.c.name.label("customer_name"),
            case((STANDS, ORDER.promised_on)).label("promised_on"),
            STEP.c.name.label("step"),
            STEP.c.department,
            department.c.name.label("department_name"),
            STEP.c.person_id,
            person.c.name.label("person_name"),
            STEP.c.opened_at,
            STEP.c.started_at,
            STEP.c.due_at,
            next_command().label("next_command"),
            HEAD.c.off_script,
            NOW.label("asked_at"),
            HEAD.c.branch_id,
            # A step of nobody is compared with nothing: unknown counts as not mine.
            case((mine(), true()), else_=false()).label("mine"),
            func.coalesce(ORDER.folded, "").label("folded"),
        )
        .select_from(
            STEP.join(HEAD, HEAD.c.id == STEP.c.case_id)
            .outerjoin(sales.sales_order, ORDER.id == HEAD.c.subject_id)
            .outerjoin(party.party, party.party.c.id == ORDER.customer_id)
            .outerjoin(person, person.c.id == STEP.c.person_id)
            .outerjoin(department, department.c.code == STEP.c.department)
        )
        .where(STEP.c.state == OPEN, *where)
        .subquery("queue")
    )
    shown = [c for c in ranked.c if c.key not in ("branch_id", "mine", "folded")]
    return select(*shown), ranked.c


def _allowed(row: QueueRow) -> tuple[str, ...]:
    hands = ("process.take_step",) if row.person_id is None else ("process.release_step",)
    return (*hands, "process.assign_step", "process.set_priority", row.next_command)


_every, _columns = _queue()
queue = Query(
    "process.queue",
    QueueRow,
    _every,
    permission=READ,
    key=_columns.id,
    order="rank",
    search=_columns.folded,
    branch=_columns.branch_id,
    allowed=_allowed,
    extra={"mine": _columns.mine},
)

_own, _own_columns = _queue(mine())
my_queue = Query(
    "process.my_queue",
    QueueRow,
    _own,
    permission=READ,
    key=_own_columns.id,
    order="rank",
    search=_own_columns.folded,
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
        func.coalesce(HEAD.c.off_script, false()).label("off_script"),
    ).select_from(with_order_case()),
    permission=READ,
    key=ORDER.id,
    order="id",
    branch=ORDER.branch_id,
)
