"""What people do with work itself: they take a step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.case import HEAD, OPEN, STEP, CaseStep
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.kinds import Ref, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.process.events import StepTaken

STEP_WITH_CASE = Statement(
    select(
        STEP.c.id,
        STEP.c.version,
        STEP.c.state,
        STEP.c.case_id,
        STEP.c.person_id,
        STEP.c.started_at,
        HEAD.c.branch_id,
        HEAD.c.title,
        company.person.c.name.label("person_name"),
    )
    .join(HEAD, HEAD.c.id == STEP.c.case_id)
    .outerjoin(company.person, company.person.c.id == STEP.c.person_id)
    .where(STEP.c.id == bindparam("step_id", type_=STEP.c.id.type))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep(Command):
    """Puts a step of the queue into your own hands: from now on its time counts as work, not as waiting."""

    step_id: Annotated[str, Ref("case_step")]
    version: Annotated[int, Version()] | None = None


def take_step(unit: Unit, command: TakeStep) -> Mapping[str, Any]:
    row = unit.one(STEP_WITH_CASE, step_id=command.step_id)
    if row is None or not (unit.actor.all_branches or row.branch_id in unit.actor.branch_ids):
        raise Missing("case_step", command.step_id, field="step_id")
    unit.fresh(row, command.version, "case_step")
    if row.state != OPEN:
        raise Refusal("process.take_step.not_open", title=row.title)
    if row.person_id not in (None, unit.actor.person_id):
        raise Refusal("process.take_step.taken", title=row.title, person=row.person_name)
    unit.revise(CaseStep, row, person_id=unit.actor.person_id, started_at=row.started_at or unit.now)
    unit.emit(StepTaken(row.id, row.case_id, unit.actor.person_id))
    return {"id": row.id, "version": row.version + 1, "title": row.title}
