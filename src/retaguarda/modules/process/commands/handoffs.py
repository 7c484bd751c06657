"""What one department hands to another: it is sent, sent again after a refusal, talked about, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.case import OPEN, open_case
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Day, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.process import rules
from retaguarda.modules.process.commands.handing import (
    answer_due,
    case_about,
    close_refusals,
    demand_department,
    end_case,
    handoff_to,
    load_handoff,
    my_departments,
    next_step,
    say,
)
from retaguarda.modules.process.flows import HANDOFF
from retaguarda.modules.process.model import Handoff


@dataclass(frozen=True, slots=True, kw_only=True)
class SendHandoff(Command):
    """Asks another department for something about a case: it stands in their queue until they accept or refuse it."""

    subject_id: Annotated[str, Ref("case_head")]
    to_department: Annotated[str, Text(40)]
    what: Annotated[str, Text(200)]
    due_on: Annotated[dt.date, Day()] | None = None


def send_handoff(unit: Unit, command: SendHandoff) -> Mapping[str, Any]:
    case = case_about(unit, command.subject_id)
    if case.state != OPEN:
        raise Refusal("process.send_handoff.case_closed", title=case.title)
    to = company.department_named(unit, command.to_department, field="to_department")
    due_on = command.due_on or unit.today
    if due_on < unit.today:
        raise Invalid(Fault("due_on", "process.send_handoff.day_passed", {"day": due_on}))
    sender = _sender(unit, case.department)
    if to.code == sender:
        raise Invalid(Fault("to_department", "process.send_handoff.same_department", {"department": to.name}))
    handoff_id = unit.new_id()
    say(unit, handoff_id, 1, rules.SENT, command.what, sender)
    unit.add(
        Handoff,
        id=handoff_id,
        subject_table=case.subject_table,
        subject_id=case.subject_id,
        branch_id=case.branch_id,
        from_department=sender,
        to_department=to.code,
        what=command.what,
        due_on=due_on,
        state=rules.SENT,
    )
    case_id = open_case(
        unit,
        HANDOFF,
        subject=(Handoff.__tablename__, handoff_id),
        title=case.title,
        branch_id=case.branch_id,
    )
    next_step(unit, case_id, "answer", to.code, answer_due(unit, case.branch_id))
    return {"id": handoff_id, "version": 1, "title": case.title, "department": to.name}


def _sender(unit: Unit, working: str | None) -> str:
    """The department that asks: the one whose step is open, if the actor works for it, else the actor's own."""
    mine = my_departments(unit)
    if mine is None or working in mine or not mine:
        return working or "management"
    return min(mine)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResendHandoff(Command):
    """Sends a refused hand-off again, with what was missing; the other department answers anew."""

    handoff_id: Annotated[str, Ref("handoff")]
    note: Annotated[str, Text(400)]
    due_on: Annotated[dt.date, Day()] | None = None
    version: Annotated[int, Version()] | None = None


def resend_handoff(unit: Unit, command: ResendHandoff) -> Mapping[str, Any]:
    row = load_handoff(unit, command.handoff_id, command.version)
    state = handoff_to(row, "resend", "process.resend_handoff.not_refused")
    demand_department(unit, row, row.from_department, "process.resend_handoff.not_yours")
    due_on = command.due_on or max(row.due_on, unit.today)
    if due_on < unit.today:
        raise Invalid(Fault("due_on", "process.send_handoff.day_passed", {"day": due_on}))
    say(unit, row.id, row.seq + 1, "resent", command.note, row.from_department)
    unit.revise(Handoff, row, state=state, due_on=due_on)
    next_step(unit, row, "answer", row.to_department, answer_due(unit, row.branch_id))
    return {"id": row.id, "version": row.version + 1, "title": row.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawHandoff(Command):
    """Takes a hand-off back that nobody accepted, and says why it is not needed any more."""

    handoff_id: Annotated[str, Ref("handoff")]
    reason: Annotated[str, Text(400)]
    version: Annotated[int, Version()] | None = None


def withdraw_handoff(unit: Unit, command: WithdrawHandoff) -> Mapping[str, Any]:
    row = load_handoff(unit, command.handoff_id, command.version)
    state = handoff_to(row, "withdraw", "process.withdraw_handoff.not_in_state")
    demand_department(unit, row, row.from_department, "process.withdraw_handoff.not_yours")
    say(unit, row.id, row.seq + 1, rules.WITHDRAWN, command.reason, row.from_department)
    unit.revise(Handoff, row, state=state)
    end_case(unit, row, state)
    close_refusals(unit, row)
    return {"id": row.id, "version": row.version + 1, "title": row.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class SayInHandoff(Command):
    """Adds a line to the thread of a hand-off: a question, an answer, what is still missing."""

    handoff_id: Annotated[str, Ref("handoff")]
    note: Annotated[str, Text(400)]


def say_in_handoff(unit: Unit, command: SayInHandoff) -> Mapping[str, Any]:
    row = load_handoff(unit, command.handoff_id)
    if row.state in (rules.ENDED, rules.WITHDRAWN):
        raise Refusal("process.say_in_handoff.over", title=row.title)
    mine = my_departments(unit)
    department = row.from_department if mine is not None and row.to_department not in mine else row.to_department
    entry_id = say(unit, row.id, row.seq + 1, rules.SAID, command.note, department)
    return {"id": entry_id, "version": row.version, "title": row.title, "handoff_id": row.id}
