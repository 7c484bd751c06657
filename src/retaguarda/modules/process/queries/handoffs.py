"""What departments hand to one another: each with its state, and the thread of what was said and done about it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from sqlalchemy import and_, case, func, null, select

from retaguarda.kernel.case import HEAD, STEP, with_case
from retaguarda.kernel.model import table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.process import rules
from retaguarda.modules.process.model import Handoff, HandoffEntry
from retaguarda.modules.process.queries.standing import NOW, PAGES, READ

_H, _E = table_of(Handoff).c, table_of(HandoffEntry).c
_FROM, _TO = company.department.alias("from_department").c, company.department.alias("to_department").c
_PERSON = company.person.c
_LATE = case((STEP.c.due_at < NOW, True), else_=False)


@dataclass(frozen=True, slots=True)
class HandoffRow:
    """One thing asked of another department; `waits_for` is the department that has to act now."""

    id: str
    version: int
    title: str
    subject_table: str
    subject_id: str
    what: str
    state: str
    from_department: str
    from_name: str
    to_department: str
    to_name: str
    waits_for: str | None
    due_on: dt.date
    due_at: dt.datetime | None
    refusals: int
    late: bool
    opened_at: dt.datetime
    allowed: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """The screen of the document it is about."""
        return PAGES.get(self.subject_table, "")

    @property
    def way(self) -> str:
        """From whom to whom, in short."""
        return f"{self.from_name} → {self.to_name}"


@dataclass(frozen=True, slots=True)
class HandoffEntryRow:
    """One entry of a thread, as a sentence by code."""

    id: str
    handoff_id: str
    subject_id: str
    seq: int
    kind: str
    note: str
    department: str
    who: str | None
    at: dt.datetime


_VERBS = {
    rules.SENT: ("process.accept_handoff", "process.refuse_handoff", "process.withdraw_handoff"),
    rules.REFUSED: ("process.resend_handoff", "process.withdraw_handoff"),
    rules.ACCEPTED: ("process.end_handoff",),
}


def _allowed(row: HandoffRow) -> tuple[str, ...]:
    verbs = _VERBS.get(row.state, ())
    return (*verbs, "process.say_in_handoff") if verbs else ()


handoffs = Query(
    "process.handoffs",
    HandoffRow,
    select(
        _H.id,
        _H.version,
        HEAD.c.title,
        _H.subject_table,
        _H.subject_id,
        _H.what,
        _H.state,
        _H.from_department,
        func.coalesce(_FROM.name, _H.from_department).label("from_name"),
        _H.to_department,
        func.coalesce(_TO.name, _H.to_department).label("to_name"),
        case((STEP.c.id.is_not(None), STEP.c.department), else_=null()).label("waits_for"),
        _H.due_on,
        STEP.c.due_at,
        _H.refusals,
        _LATE.label("late"),
        HEAD.c.opened_at,
    ).select_from(
        with_case(table_of(Handoff), _H.id)
        .outerjoin(_FROM.code.table, _FROM.code == _H.from_department)
        .outerjoin(_TO.code.table, _TO.code == _H.to_department)
    ),
    permission=READ,
    key=_H.id,
    order="-opened_at",
    branch=_H.branch_id,
    allowed=_allowed,
    extra={"open": case((HEAD.c.state == "open", True), else_=False)},
)

handoff_thread = Query(
    "process.handoff_thread",
    HandoffEntryRow,
    select(
        _E.id,
        _E.handoff_id,
        _H.subject_id,
        _E.seq,
        _E.kind,
        _E.note,
        func.coalesce(_TO.name, _E.department).label("department"),
        _PERSON.name.label("who"),
        _E.at,
    ).select_from(
        table_of(HandoffEntry)
        .join(table_of(Handoff), _H.id == _E.handoff_id)
        .outerjoin(_TO.code.table, and_(_TO.code == _E.department))
        .outerjoin(company.person, _PERSON.id == _E.person_id)
    ),
    permission=READ,
    key=_E.id,
    order="-at",
    branch=_H.branch_id,
)
