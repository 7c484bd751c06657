"""How cases walk: within the transaction of what happened, the open step is closed and the next one opened.

An event that ends another step than the open one came out of order: the case is flagged "fora do roteiro", what was
done is kept as done, and the open step stays open, so that no department's work is lost from its queue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.calendar import WorkingCalendar
from retaguarda.kernel.case import (
    CLOSED,
    DONE,
    LEFT,
    OPEN,
    SKIPPED,
    STEP,
    CaseStep,
    case_columns,
    case_of,
    close_case,
    close_step,
    mark_off_script,
    open_case,
    open_step,
    remember_case,
    set_due,
    undo_steps,
)
from retaguarda.kernel.command import name_of
from retaguarda.kernel.module import Listener, event_name
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.process import rules
from retaguarda.modules.process.commands import RecordPastCase, put_away
from retaguarda.modules.process.flows import Flow, Step

DONE_STEPS = Statement(
    select(STEP.c.name).where(STEP.c.case_id == bindparam("case_id", type_=STEP.c.case_id.type), STEP.c.state == DONE)
)
HOURS_KEPT = dt.timedelta(minutes=1)
"""A branch's hours are read once a minute: what changes about them holds for the steps opened after that."""
_NAMES = tuple(str(column.key) for column in case_columns())


def listeners_of(flows: Sequence[Flow]) -> tuple[Listener, ...]:
    """The listeners that walk the cases about one table, each by its flow."""
    act: Callable[[Unit, Any], None] = partial(advance, {flow.name: flow for flow in flows})
    events = dict.fromkeys(event for flow in flows for event in flow.events())
    return tuple(Listener(event, f"process.{flows[0].name}.{event}", act) for event in events)


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """What an import had brought of the past is put away with it."""
    if event.brings == name_of(RecordPastCase):
        put_away(unit, event.batch_id)


def advance(flows: Mapping[str, Flow], unit: Unit, event: Any) -> None:
    """What an event does to the case of its subject."""
    name, key = event_name(type(event)), next(iter(flows.values())).key
    subject_id = str(getattr(event, key))
    found = case_of(unit, subject_id)
    if found is None:
        for flow in flows.values():
            if name == flow.opens_by and getattr(event, flow.when[0]) == flow.when[1]:
                _open(flow, unit, event, subject_id)
        return
    flow = flows[found.case_flow]
    # A copy that walks along: the next event of this command finds the case where this one left it.
    case = SimpleNamespace(**{key: getattr(found, key) for key in _NAMES}, done=getattr(found, "done", None))
    remember_case(unit, subject_id, case)
    before, promised_on = case.step_promised_on, getattr(event, flow.promise, case.step_promised_on)
    case.step_promised_on = promised_on
    step = flow.ended_by(name)
    if case.case_state != OPEN:
        if name not in (flow.opens_by, flow.moved_by, flow.closed_by):
            _flag(unit, case)
    elif name in flow.ends:
        _end(unit, case, SKIPPED, flow.ends[name])
    elif name == flow.closed_by:
        _flag(unit, case)
        _end(unit, case, SKIPPED, flow.outcome)
    elif name in (flow.held_by, flow.resumed_by, flow.moved_by):
        _wind(flow, unit, case, name, moved=promised_on != before)
    elif name in flow.returns:
        _begin_again(flow, unit, case, flow.step(flow.returns[name]))
    elif step is None:
        _flag(unit, case)
    elif step.name == case.step_name:
        _go_on(flow, unit, case, step)
    else:
        _out_of_order(flow, unit, case, step)


def _open(flow: Flow, unit: Unit, event: Any, subject_id: str) -> None:
    title = " · ".join(str(getattr(event, part)) for part in flow.title)
    case_id = open_case(
        unit, flow.name, subject=(flow.subject, subject_id), title=title[:160], branch_id=event.branch_id
    )
    case = SimpleNamespace(**dict.fromkeys(_NAMES), done=None)
    case.case_id, case.case_version, case.case_state, case.case_flow = case_id, 1, OPEN, flow.name
    case.case_branch_id, case.case_off_script = event.branch_id, False
    remember_case(unit, subject_id, case)
    _open_step(flow, unit, case, flow.steps[0])


def _go_on(flow: Flow, unit: Unit, case: Any, step: Step) -> None:
    done = {s.name for s in flow.steps[: flow.position(step.name)]}
    following = flow.next_after(done | _done_before(flow, unit, case, step))
    if following is None:
        _end(unit, case, DONE, flow.outcome)
    else:
        close_step(unit, case)
        if case.done is not None:
            case.done.add(step.name)
        _open_step(flow, unit, case, following)


def _begin_again(flow: Flow, unit: Unit, case: Any, step: Step) -> None:
    """Work begins again at `step`: what was done from there on has come undone."""
    close_step(unit, case, LEFT)
    case.done = None
    undo_steps(unit, case.case_id, flow.position(step.name), flow.lasting())
    _open_step(flow, unit, case, step)


def _end(unit: Unit, case: Any, state: str, outcome: str) -> None:
    close_step(unit, case, state)
    close_case(unit, case, outcome)
    case.case_version += 1
    case.case_state = CLOSED


def _out_of_order(flow: Flow, unit: Unit, case: Any, step: Step) -> None:
    _flag(unit, case)
    done = _done(unit, case)
    if step.name not in done:
        done.add(step.name)
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


def _wind(flow: Flow, unit: Unit, case: Any, name: str, *, moved: bool) -> None:
    """Sets the clock of the open step: none runs while held; a moved promise does not start the one of a held step."""
    if name == flow.held_by:
        _set_due(unit, case, None)
    elif name == flow.resumed_by:
        _set_due(unit, case, _due(flow, unit, case, flow.step(case.step_name)))
    elif moved:
        _set_due(unit, case, case.step_due_at and _due(flow, unit, case, flow.step(case.step_name)))


def _flag(unit: Unit, case: Any) -> None:
    if not case.case_off_script:
        mark_off_script(unit, case)
        case.case_version += 1
        case.case_off_script = True


def _done_before(flow: Flow, unit: Unit, case: Any, step: Step) -> set[str]:
    """Steps behind that one that may be done already: said out of order, or done for good before work began again."""
    return _done(unit, case) if case.case_off_script or flow.comes_back_to(step.name) else set()


def _done(unit: Unit, case: Any) -> set[str]:
    """The steps of the case that are done, read once in a command."""
    if case.done is None:
        case.done = {row.name for row in unit.all(DONE_STEPS, case_id=case.case_id)}
    done: set[str] = case.done
    return done


def _open_step(flow: Flow, unit: Unit, case: Any, step: Step) -> None:
    position, due_at = flow.position(step.name), _due(flow, unit, case, step)
    case.step_id = open_step(
        unit,
        case.case_id,
        step.name,
        position=position,
        department=step.department,
        due_at=due_at,
        promised_on=case.step_promised_on,
    )
    case.step_version, case.step_name, case.step_position = 1, step.name, position
    case.step_department, case.step_due_at, case.step_opened_at = step.department, due_at, unit.now
    case.step_person_id = None


def _set_due(unit: Unit, case: Any, due_at: dt.datetime | None) -> None:
    set_due(unit, case, due_at, case.step_promised_on)
    case.step_version += 1
    case.step_due_at = due_at


def _due(flow: Flow, unit: Unit, case: Any, step: Step) -> dt.datetime | None:
    """When a step of the case is to be done, counted back from its promise."""
    later = flow.limit_after(step.name, _done_before(flow, unit, case, step))
    return rules.due_at(_calendar(unit, case.case_branch_id), unit.now, case.step_promised_on, step.limit, later)


def _calendar(unit: Unit, branch_id: str) -> WorkingCalendar:
    """The branch's hours, kept by the office for a while: orders are confirmed far more often than hours change."""
    key = ("process.calendar", branch_id)
    read_at, calendar = unit.kept.get(key, (None, None))
    if read_at is None or abs(unit.now - read_at) > HOURS_KEPT:
        calendar = company.calendar_of(unit, branch_id)
        unit.kept[key] = (unit.now, calendar)
    assert isinstance(calendar, WorkingCalendar)
    return calendar
