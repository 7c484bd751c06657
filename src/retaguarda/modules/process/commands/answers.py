"""What the receiving department does with a hand-off: accepts it, refuses it with a reason, says that it is done."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel import failure
from retaguarda.kernel.command import Command
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.process import rules
from retaguarda.modules.process.commands.handing import (
    REFUSED_TWICE,
    answer_due,
    close_refusals,
    day_due,
    demand_department,
    end_case,
    handoff_to,
    load_handoff,
    next_step,
    say,
)
from retaguarda.modules.process.model import Handoff


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptHandoff(Command):
    """Says that your department does what was asked until the day that was asked for."""

    handoff_id: Annotated[str, Ref("handoff")]
    note: Annotated[str, Text(400)] | None = None
    version: Annotated[int, Version()] | None = None


def accept_handoff(unit: Unit, command: AcceptHandoff) -> Mapping[str, Any]:
    row = load_handoff(unit, command.handoff_id, command.version)
    state = handoff_to(row, "accept", "process.accept_handoff.not_sent")
    demand_department(unit, row, row.to_department, "process.accept_handoff.not_yours")
    say(unit, row.id, row.seq + 1, rules.ACCEPTED, command.note or "", row.to_department)
    unit.revise(Handoff, row, state=state)
    next_step(unit, row, "fulfil", row.to_department, day_due(unit, row))
    close_refusals(unit, row)
    return {"id": row.id, "version": row.version + 1, "title": row.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseHandoff(Command):
    """Gives a hand-off back with the reason; it stands in the sender's queue. Refused twice, it is a failure."""

    handoff_id: Annotated[str, Ref("handoff")]
    reason: Annotated[str, Text(400)]
    version: Annotated[int, Version()] | None = None


def refuse_handoff(unit: Unit, command: RefuseHandoff) -> Mapping[str, Any]:
    row = load_handoff(unit, command.handoff_id, command.version)
    state = handoff_to(row, "refuse", "process.refuse_handoff.not_sent")
    demand_department(unit, row, row.to_department, "process.refuse_handoff.not_yours")
    say(unit, row.id, row.seq + 1, rules.REFUSED, command.reason, row.to_department)
    unit.revise(Handoff, row, state=state, refusals=row.refusals + 1)
    next_step(unit, row, "mend", row.from_department, answer_due(unit, row.branch_id))
    if row.refusals + 1 >= rules.MOST_REFUSALS:
        failure.record(
            unit,
            REFUSED_TWICE,
            subject=(row.subject_table, row.subject_id),
            cause_key=f"{REFUSED_TWICE}/{row.id}",
            params={
                "what": row.what,
                "sender": row.from_name,
                "receiver": row.to_name,
                "reason": command.reason,
                "times": row.refusals + 1,
            },
        )
    return {"id": row.id, "version": row.version + 1, "title": row.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHandoff(Command):
    """Says that what was accepted is done; the hand-off leaves the queue."""

    handoff_id: Annotated[str, Ref("handoff")]
    note: Annotated[str, Text(400)] | None = None
    version: Annotated[int, Version()] | None = None


def end_handoff(unit: Unit, command: EndHandoff) -> Mapping[str, Any]:
    row = load_handoff(unit, command.handoff_id, command.version)
    state = handoff_to(row, "end", "process.end_handoff.not_accepted")
    demand_department(unit, row, row.to_department, "process.end_handoff.not_yours")
    say(unit, row.id, row.seq + 1, rules.ENDED, command.note or "", row.to_department)
    unit.revise(Handoff, row, state=state)
    end_case(unit, row, state)
    return {"id": row.id, "version": row.version + 1, "title": row.title}
