"""How cases walk: within the transaction of what happened, the open step is closed and the next one opened.

An event that ends another step than the open one came out of order: the case is flagged "fora do roteiro", what was
done is kept as done, and the open step stays open, so that no department's work is lost from its queue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.calendar import NeverOpen
from retaguarda.kernel.case import (
    DONE,
    OPEN,
    SKIPPED,
    STEP,
    CaseStep,
    case_of,
    close_case,
    close_step,
    mark_off_script,
    open_case,
    open_step,
)
from retaguarda.kernel.module import Listener, event_name
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.process.flows import Flow, Step

DONE_STEPS = Statement(
    select(STEP.c.name).where(STEP.c.case_id == bindparam("case_id", type_=STEP.c.case_id.type), STEP.c.state == DONE)
)


def listeners_of(flow: Flow) -> tuple[Listener, ...]:
    """The listeners that walk the cases of a flow."""
    act: Callable[[Unit, Any], None] = partial(advance, flow)
    return tuple(Listener(event, f"process.{flow.name}.{event}", act) for event in flow.events())


def advance(flow: Flow, unit: Unit, event: Any) -> None:
    """What an event does to the case of its subject."""
    name, subject_id = event_name(type(event)), str(getattr(event, flow.key))
    if name == flow.opens_by:
        _open(flow, unit, event, subject_id)
        return
    case = case_of(unit, subject_id)
    if case is None or case.case_state != OPEN:
        return
    # What was read of the case is not true any more after this.
    unit.memo.pop(("case", subject_id), None)
    if name in flow.ends:
        close_step(unit, case, SKIPPED)
        close_case(unit, case, flow.ends[name])
        return
    step = flow.ended_by(name)
    assert step is not None, f"{flow.name} does not listen to {name}"
    if step.name == case.step_name:
        _go_on(flow, unit, case, step)
    else:
        _out_of_order(flow, unit, case, step)


def _open(flow: Flow, unit: Unit, event: Any, subject_id: str) -> None:
    title = " · ".join(str(getattr(event, part)) for part in flow.title)
    case_id = open_case(unit, flow.name, subject=(flow.subject, subject_id), title=title, branch_id=event.branch_id)
    _open_step(flow, unit, case_id, event.branch_id, flow.steps[0])


def _go_on(flow: Flow, unit: Unit, case: Any, step: Step) -> None:
    done = {s.name for s in flow.steps[: flow.position(step.name)]}
    if case.case_off_script:
        done |= _done(unit, case)
    close_step(unit, case)
    following = flow.next_after(done)
    if following is None:
        close_case(unit, case, flow.outcome)
    else:
        _open_step(flow, unit, case.case_id, case.case_branch_id, following)


def _out_of_order(flow: Flow, unit: Unit, case: Any, step: Step) -> None:
    if not case.case_off_script:
        mark_off_script(unit, case)
    if step.name not in _done(unit, case):
        unit.add(
            CaseStep,
            case_id=case.case_id,
            name=step.name,
            position=flow.position(step.name),
            department=step.department,
            state=DONE,
            person_id=unit.actor.person_id,
            opened_at=unit.now,
            closed_at=unit.now,
        )


def _done(unit: Unit, case: Any) -> set[str]:
    return {row.name for row in unit.all(DONE_STEPS, case_id=case.case_id)}


def _open_step(flow: Flow, unit: Unit, case_id: str, branch_id: str, step: Step) -> None:
    open_step(
        unit,
        case_id,
        step.name,
        position=flow.position(step.name),
        department=step.department,
        due_at=_due(unit, branch_id, step.limit),
    )


def _due(unit: Unit, branch_id: str, limit: dt.timedelta) -> dt.datetime | None:
    """When so much working time has passed; a branch without hours sets no deadline."""
    try:
        return company.calendar_of(unit, branch_id).add_working(unit.now, limit)
    except NeverOpen:
        return None
