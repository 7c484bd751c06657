"""What people do with work itself: they take a step, give it back or to somebody, flag a case, put a failure aside."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, exists, func, or_, select

from retaguarda.kernel.case import HEAD, OPEN, STEP, CaseHead, CaseStep
from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.failure import CLOSED, Failure
from retaguarda.kernel.failure import OPEN as FAILING
from retaguarda.kernel.kinds import Choice, Ref, Text, Version
from retaguarda.kernel.model import table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.process import rules
from retaguarda.modules.process.events import StepTaken

_PERSON, _ALSO = company.person.c, company.person_branch.c
_FAILURE = table_of(Failure)
_STEP_ID = bindparam("step_id", type_=STEP.c.id.type)
_BRANCH_ID = bindparam("branch_id", type_=HEAD.c.branch_id.type)

STEP_WITH_CASE = Statement(
    select(*STEP.c, HEAD.c.branch_id, HEAD.c.title, _PERSON.name.label("person_name"))
    .join(HEAD, HEAD.c.id == STEP.c.case_id)
    .outerjoin(company.person, _PERSON.id == STEP.c.person_id)
    .where(STEP.c.id == _STEP_ID)
)
COLLEAGUE = Statement(
    select(
        _PERSON.id,
        _PERSON.name,
        or_(_PERSON.archived, _PERSON.locked).label("gone"),
        or_(
            _PERSON.all_branches,
            _PERSON.branch_id == _BRANCH_ID,
            exists(select(_ALSO.id).where(_ALSO.person_id == _PERSON.id, _ALSO.active, _ALSO.branch_id == _BRANCH_ID)),
        ).label("works_there"),
    ).where(_PERSON.id == bindparam("person_id", type_=_PERSON.id.type))
)
IN_HAND = Statement(
    select(func.count().label("steps")).where(
        STEP.c.state == OPEN, STEP.c.person_id == bindparam("person_id", type_=STEP.c.person_id.type)
    )
)
FAILURE_WITH_CASE = Statement(
    select(*_FAILURE.c, HEAD.c.branch_id)
    .select_from(_FAILURE.outerjoin(HEAD, HEAD.c.subject_id == _FAILURE.c.subject_id))
    .where(_FAILURE.c.id == bindparam("failure_id", type_=_FAILURE.c.id.type))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeStep(Command):
    """Puts a step of the queue into your own hands: from now on its time counts as work, not as waiting."""

    step_id: Annotated[str, Ref("case_step")]
    version: Annotated[int, Version()] | None = None


def take_step(unit: Unit, command: TakeStep) -> Mapping[str, Any]:
    row = _open_step(unit, command.step_id, command.version, "process.take_step.not_open")
    if row.person_id not in (None, unit.actor.person_id):
        raise Refusal("process.take_step.taken", title=row.title, person=row.person_name)
    if row.person_id is None:
        _demand_room(unit)
    started_at = row.started_at or unit.now
    unit.revise(CaseStep, row, person_id=unit.actor.person_id, started_at=started_at, snoozed_until=None)
    unit.emit(StepTaken(row.id, row.case_id, unit.actor.person_id))
    return _changed(row, undo="process.release_step")


def _demand_room(unit: Unit) -> None:
    """Who has as many steps in hand as the company allows finishes one first: what is begun is not left lying."""
    limit = int(company.setting(unit, "work_limit"))
    found = unit.one(IN_HAND, person_id=unit.actor.person_id)
    if found is not None and found.steps >= limit:
        raise Refusal("process.take_step.too_many", steps=found.steps, limit=limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReleaseStep(Command):
    """Puts a step back into the queue of its department. Somebody else's work is put back by who may assign it."""

    step_id: Annotated[str, Ref("case_step")]
    version: Annotated[int, Version()] | None = None


def release_step(unit: Unit, command: ReleaseStep) -> Mapping[str, Any]:
    row = _open_step(unit, command.step_id, command.version, "process.release_step.not_open")
    if row.person_id is None:
        raise Refusal("process.release_step.free", title=row.title)
    if row.person_id != unit.actor.person_id:
        unit.demand("process.assign_step", person=row.person_name)
    unit.revise(CaseStep, row, person_id=None, started_at=None)
    return _changed(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignStep(Command):
    """Gives a step to a person, who finds it in their own queue. It counts as waiting until they begin."""

    step_id: Annotated[str, Ref("case_step")]
    person_id: Annotated[str, Ref("person")]
    version: Annotated[int, Version()] | None = None


def assign_step(unit: Unit, command: AssignStep) -> Mapping[str, Any]:
    row = _open_step(unit, command.step_id, command.version, "process.assign_step.not_open")
    colleague = unit.one(COLLEAGUE, person_id=command.person_id, branch_id=row.branch_id)
    if colleague is None:
        raise Missing("person", command.person_id, field="person_id")
    if colleague.gone:
        raise Invalid(Fault("person_id", "process.assign_step.person_gone", {"person": colleague.name}))
    if not colleague.works_there:
        raise Invalid(Fault("person_id", "process.assign_step.other_branch", {"person": colleague.name}))
    started_at = row.started_at if row.person_id == colleague.id else None
    unit.revise(CaseStep, row, person_id=colleague.id, started_at=started_at)
    return {**_changed(row), "person": colleague.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class SetPriority(Command):
    """Flags a case, so that every queue shows it before the others; the reason stays in its timeline."""

    case_id: Annotated[str, Ref("case_head")]
    priority: Annotated[str, Choice(rules.PRIORITIES, "process.priority")]
    reason: Annotated[str, Text(200)]
    version: Annotated[int, Version()] | None = None


def set_priority(unit: Unit, command: SetPriority) -> Mapping[str, Any]:
    row = unit.get(CaseHead, command.case_id, field="case_id")
    _demand_branch(unit, row.branch_id, "case_head", row.id, "case_id")
    unit.fresh(row, command.version, "case_head")
    if row.state != OPEN:
        raise Refusal("process.set_priority.not_open", title=row.title)
    unit.revise(CaseHead, row, priority=rules.PRIORITIES.index(command.priority))
    return {"id": row.id, "version": row.version + 1, "title": row.title}


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseFailure(Command):
    """Puts a failure aside that was mended outside the program, or is none any more, and says why."""

    failure_id: Annotated[str, Ref("failure")]
    reason: Annotated[str, Text(200)]
    version: Annotated[int, Version()] | None = None


def close_failure(unit: Unit, command: CloseFailure) -> Mapping[str, Any]:
    row = unit.one(FAILURE_WITH_CASE, failure_id=command.failure_id)
    if row is None:
        raise Missing("failure", command.failure_id, field="failure_id")
    if row.branch_id is not None:
        _demand_branch(unit, row.branch_id, "failure", row.id, "failure_id")
    unit.fresh(row, command.version, "failure")
    if row.state != FAILING:
        raise Refusal("process.close_failure.not_open")
    unit.revise(Failure, row, state=CLOSED, closed_at=unit.now)
    return {"id": row.id, "version": row.version + 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class SnoozeStep(Command):
    """Puts a step out of the way until it is time for it: it comes back into the queue by itself."""

    step_id: Annotated[str, Ref("case_step")]
    until: Annotated[str, Choice(rules.SNOOZES, "process.snooze")]
    version: Annotated[int, Version()] | None = None


def snooze_step(unit: Unit, command: SnoozeStep) -> Mapping[str, Any]:
    row = _open_step(unit, command.step_id, command.version, "process.snooze_step.not_open")
    if row.person_id not in (None, unit.actor.person_id):
        unit.demand("process.assign_step", person=row.person_name)
    until = rules.snoozed_until(company.calendar_of(unit, row.branch_id), unit.now, command.until)
    unit.revise(CaseStep, row, snoozed_until=until)
    return {**_changed(row, undo="process.wake_step"), "until": until}


@dataclass(frozen=True, slots=True, kw_only=True)
class WakeStep(Command):
    """Brings a step back into the queue before its time."""

    step_id: Annotated[str, Ref("case_step")]
    version: Annotated[int, Version()] | None = None


def wake_step(unit: Unit, command: WakeStep) -> Mapping[str, Any]:
    row = _open_step(unit, command.step_id, command.version, "process.wake_step.not_open")
    if row.snoozed_until is None or row.snoozed_until <= unit.now:
        raise Refusal("process.wake_step.awake", title=row.title)
    unit.revise(CaseStep, row, snoozed_until=None)
    return _changed(row)


def _open_step(unit: Unit, step_id: str, version: int | None, refusal: str) -> Any:
    """The step with its case's title and branch; refuses one that is done, with the code `refusal`."""
    row = unit.one(STEP_WITH_CASE, step_id=step_id)
    if row is None:
        raise Missing("case_step", step_id, field="step_id")
    _demand_branch(unit, row.branch_id, "case_step", step_id, "step_id")
    unit.fresh(row, version, "case_step")
    if row.state != OPEN:
        raise Refusal(refusal, title=row.title)
    return row


def _demand_branch(unit: Unit, branch_id: str, table: str, key: str, field: str) -> None:
    """Work of a branch that is not the actor's does not exist for them."""
    if not unit.actor.all_branches and branch_id not in unit.actor.branch_ids:
        raise Missing(table, key, field=field)


def _changed(row: Any, undo: str = "") -> dict[str, Any]:
    value: dict[str, Any] = {"id": row.id, "version": row.version + 1, "title": row.title}
    if undo:
        value["undo"] = [undo, {"step_id": row.id, "version": row.version + 1}]
    return value
