"""The queue of open steps, in one deterministic order with its reason, and the situation of every order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, case, false, func, or_, select, true

from retaguarda.kernel.case import HEAD, OPEN, STEP
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.process import rules
from retaguarda.modules.process.api import HELD, next_command
from retaguarda.modules.process.flows import HANDOFF
from retaguarda.modules.process.queries.standing import (
    ABOUT_ID,
    ABOUT_TABLE,
    HANDED,
    LATE,
    NOW,
    ORDER,
    PAGES,
    PROCESS,
    READ,
    SITUATION,
    STANDING,
    STANDS,
    TODAY,
    fails,
    mine,
    with_order_case,
    with_subject,
)


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An open step: whose work, for whom, what comes next, how long it waits, and why it stands where it does.

    `state` is late, today (promised for today), ok, held or snoozed; `version` is the step's, `case_version`,
    `subject_version` and `handoff_version` those of its case, of what it is about and of the hand-off it is of; `asked`
    is what that hand-off asks.
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
    snoozed_until: dt.datetime | None
    due_at: dt.datetime | None
    next_command: str
    off_script: bool
    handoff_id: str | None
    handoff_version: int | None
    asked: str | None
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


def _weight() -> ColumnElement[int]:
    """The place among `rules.WHYS` of the first reason that holds."""
    promised = and_(STANDS, ORDER.promised_on <= TODAY)
    reasons = {
        rules.SNOOZED: STEP.c.snoozed_until > NOW,
        # What another department asks for goes on while the order itself is held.
        rules.HELD: and_(HELD, HEAD.c.flow != word(HANDOFF)),
        rules.TODAY: and_(promised, ORDER.promised_on == TODAY),
        rules.PAST: promised,
        rules.FLAGGED: HEAD.c.priority > 0,
        rules.LATE: LATE,
        rules.FAILED: fails(ABOUT_ID),
    }
    place = rules.WHYS.index
    return case(*((holds, number(place(why))) for why, holds in reasons.items()), else_=number(place(rules.TURN)))


def _ranked(*where: ColumnElement[bool]) -> Any:
    """Open steps with weight and rank and nothing else, so that ranking thousands of them stays cheap."""
    weight, deadline = _weight(), func.coalesce(STEP.c.due_at, STEP.c.opened_at)
    weighed = (
        select(STEP.c.id, weight.label("weight"), HEAD.c.priority, deadline.label("deadline"))
        .select_from(with_subject(STEP.join(HEAD, HEAD.c.id == STEP.c.case_id)))
        .where(STEP.c.state == OPEN, *where)
        .subquery("weighed")
    ).c
    turn = (weighed.weight, weighed.priority.desc(), weighed.deadline, weighed.id)
    return select(weighed.id, weighed.weight, func.row_number().over(order_by=turn).label("rank")).subquery("ranked")


def _queue(ranked: Any) -> Select[Any]:
    """Ranked steps with everything a person wants to know of them."""
    person, department, weight = company.person, company.department, ranked.c.weight
    place = rules.WHYS.index
    state = case(
        (weight == place(rules.SNOOZED), "snoozed"),
        (weight == place(rules.HELD), "held"),
        (weight == place(rules.PAST), "late"),
        (LATE, "late"),
        (weight == place(rules.TODAY), "today"),
        else_="ok",
    )
    return select(
        STEP.c.id,
        STEP.c.version,
        ranked.c.rank,
        case(*((weight == at, word(why)) for at, why in enumerate(rules.WHYS)), else_=word("")).label("why"),
        state.label("state"),
        HEAD.c.id.label("case_id"),
        HEAD.c.version.label("case_version"),
        HEAD.c.priority,
        ABOUT_TABLE.label("subject_table"),
        ABOUT_ID.label("subject_id"),
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
        case((STEP.c.snoozed_until > NOW, STEP.c.snoozed_until)).label("snoozed_until"),
        STEP.c.due_at,
        next_command().label("next_command"),
        HEAD.c.off_script,
        HANDED.c.id.label("handoff_id"),
        HANDED.c.version.label("handoff_version"),
        HANDED.c.what.label("asked"),
        NOW.label("asked_at"),
    ).select_from(
        with_subject(ranked.join(STEP, STEP.c.id == ranked.c.id).join(HEAD, HEAD.c.id == STEP.c.case_id))
        .outerjoin(party.party, party.party.c.id == ORDER.customer_id)
        .outerjoin(person, person.c.id == STEP.c.person_id)
        .outerjoin(department, department.c.code == STEP.c.department)
    )


def _allowed(row: QueueRow) -> tuple[str, ...]:
    hands = ("process.take_step",) if row.person_id is None else ("process.release_step",)
    sleeps = "process.wake_step" if row.snoozed_until else "process.snooze_step"
    sends = "process.refuse_handoff" if row.step == "answer" else "process.send_handoff"
    return (*hands, sleeps, "process.assign_step", "process.set_priority", sends, row.next_command)


queue = Query(
    "process.queue",
    QueueRow,
    _queue(_ranked()),
    permission=READ,
    key=STEP.c.id,
    order="rank",
    search=ORDER.folded,
    branch=HEAD.c.branch_id,
    allowed=_allowed,
    # A step of nobody is compared with nothing: unknown counts as not mine.
    extra={"mine": case((mine(), true()), else_=false()), "process": PROCESS, "standing": STANDING},
)

my_queue = Query(
    "process.my_queue",
    QueueRow,
    _queue(_ranked(mine(), or_(STEP.c.snoozed_until.is_(None), STEP.c.snoozed_until <= NOW))),
    permission=READ,
    key=STEP.c.id,
    order="rank",
    search=ORDER.folded,
    branch=HEAD.c.branch_id,
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
