"""What the commands of a hand-off share: its row with case and thread, who may answer, its next step."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.calendar import NeverOpen
from retaguarda.kernel.case import HEAD, OPEN, STEP, case_columns, close_case, close_step, open_step, with_case
from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.failure import CLOSED, OPEN_OF, Failure
from retaguarda.kernel.model import table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.process import rules
from retaguarda.modules.process.flows import HANDOFF_STEPS
from retaguarda.modules.process.model import Handoff, HandoffEntry

REFUSED_TWICE = "process.refuse_handoff.twice"
"""The failure of departments that do not agree."""

_H, _E = table_of(Handoff), table_of(HandoffEntry)
_FROM, _TO = company.department.alias("from_department"), company.department.alias("to_department")
_SEQ = select(func.max(_E.c.seq)).where(_E.c.handoff_id == _H.c.id).correlate(_H).scalar_subquery()
HANDED = Statement(
    select(
        *_H.c,
        HEAD.c.title,
        func.coalesce(_FROM.c.name, _H.c.from_department).label("from_name"),
        func.coalesce(_TO.c.name, _H.c.to_department).label("to_name"),
        func.coalesce(_SEQ, 0).label("seq"),
        *case_columns(),
    )
    .select_from(
        with_case(_H, _H.c.id)
        .outerjoin(_FROM, _FROM.c.code == _H.c.from_department)
        .outerjoin(_TO, _TO.c.code == _H.c.to_department)
    )
    .where(_H.c.id == bindparam("handoff_id", type_=_H.c.id.type))
)
CASE_ABOUT = Statement(
    select(*HEAD.c, STEP.c.department)
    .select_from(HEAD.outerjoin(STEP, (STEP.c.case_id == HEAD.c.id) & (STEP.c.state == OPEN)))
    .where(HEAD.c.subject_id == bindparam("subject_id", type_=HEAD.c.subject_id.type))
)
MY_PLACE = Statement(
    select(company.department.c.code)
    .join(company.person, company.person.c.department_id == company.department.c.id)
    .where(company.person.c.id == bindparam("person_id", type_=company.person.c.id.type))
)


def case_about(unit: Unit, subject_id: str) -> Any:
    """The case about a subject with the department of its open step; a hand-off has none about itself."""
    row = unit.one(CASE_ABOUT, subject_id=subject_id)
    if row is None or row.subject_table == Handoff.__tablename__ or not _reaches(unit, row.branch_id):
        raise Missing("case_head", subject_id, field="subject_id")
    return row


def load_handoff(unit: Unit, handoff_id: str, version: int | None = None) -> Any:
    """The hand-off with the title of its case, its open step and how long its thread is."""
    row = unit.one(HANDED, handoff_id=handoff_id)
    if row is None or not _reaches(unit, row.branch_id):
        raise Missing("handoff", handoff_id, field="handoff_id")
    unit.fresh(row, version, "handoff")
    return row


def handoff_to(row: Any, verb: str, refusal: str) -> str:
    """The state a verb leads to; refuses with `refusal` when it has no place now."""
    state = rules.HANDOFF_MOVES.get((row.state, verb))
    if state is None:
        raise Refusal(refusal, title=row.title, state=f"process.handoff.state.{row.state}")
    return state


def my_departments(unit: Unit) -> frozenset[str] | None:
    """The departments the actor works for; None is every one of them."""
    place = unit.one(MY_PLACE, person_id=unit.actor.person_id)
    return rules.departments_of(unit.actor.limits.get("roles", ()), place and place.code)


def demand_department(unit: Unit, row: Any, department: str, refusal: str) -> None:
    """Refuses who works for another department."""
    mine = my_departments(unit)
    if mine is not None and department not in mine:
        name = row.to_name if department == row.to_department else row.from_name
        raise Refusal(refusal, title=row.title, department=name)


def say(unit: Unit, handoff_id: str, seq: int, kind: str, note: str, department: str) -> str:
    """One more entry of the thread; gives its key."""
    values = {"handoff_id": handoff_id, "seq": seq, "kind": kind, "note": note, "department": department}
    return unit.append(HandoffEntry, [{**values, "person_id": unit.actor.person_id}])[0]


def next_step(unit: Unit, case: Any, name: str, department: str, due_at: dt.datetime | None) -> None:
    """The step the hand-off stands in from now on; `case` is the key of a new case, or the row with the open step."""
    if not isinstance(case, str):
        close_step(unit, case)
    case_id = case if isinstance(case, str) else case.case_id
    open_step(unit, case_id, name, position=HANDOFF_STEPS[name][0], department=department, due_at=due_at)


def end_case(unit: Unit, row: Any, outcome: str) -> None:
    """Nobody has to do anything about it any more."""
    close_step(unit, row)
    close_case(unit, row, outcome)


def close_refusals(unit: Unit, row: Any) -> None:
    """The departments agree again: the failure of this hand-off ends."""
    for found in unit.all(OPEN_OF, subject_id=row.subject_id):
        if found.cause_key == f"{REFUSED_TWICE}/{row.id}":
            unit.revise(Failure, found, state=CLOSED, closed_at=unit.now)


def answer_due(unit: Unit, branch_id: str) -> dt.datetime | None:
    """When a hand-off has to be answered; a branch without hours sets no deadline."""
    return rules.due_at(company.calendar_of(unit, branch_id), unit.now, None, rules.ANSWERED_BY, dt.timedelta(0))


def day_due(unit: Unit, row: Any) -> dt.datetime | None:
    """The close of the day that was asked for."""
    try:
        return company.calendar_of(unit, row.branch_id).closing_on(row.due_on)
    except NeverOpen:
        return None


def _reaches(unit: Unit, branch_id: str) -> bool:
    return unit.actor.all_branches or branch_id in unit.actor.branch_ids
