"""Early warning over the orders that are open: who is in danger is named, and no more when the danger has passed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import Date, and_, bindparam, case, or_, select

from retaguarda.kernel.case import DONE, HEAD, OPEN, STEP
from retaguarda.kernel.command import Command
from retaguarda.kernel.model import UtcDateTime, table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.contingency import rules
from retaguarda.modules.contingency.model import CaseAlert
from retaguarda.modules.sales import api as sales

CLOSED = "closed"
AHEAD = dt.timedelta(days=max(rule.days for rule in rules.RULES))
"""No rule speaks of a promise that is farther away, but of one that was handed over."""
_STANDS, _ORDER, _ALERT = STEP.alias("standing"), sales.sales_order.c, table_of(CaseAlert)
CASES = Statement(
    select(
        HEAD.c.id.label("case_id"),
        HEAD.c.subject_id,
        HEAD.c.branch_id,
        HEAD.c.opened_at,
        case((_ORDER.state != "quotation", _ORDER.promised_on)).label("promised_on"),
        STEP.c.name,
        STEP.c.state.label("step_state"),
        STEP.c.due_at,
        STEP.c.closed_at,
    )
    .select_from(
        HEAD.join(_STANDS, and_(_STANDS.c.case_id == HEAD.c.id, _STANDS.c.state == OPEN))
        .join(STEP, STEP.c.case_id == HEAD.c.id)
        .join(sales.sales_order, _ORDER.id == HEAD.c.subject_id)
    )
    .where(
        HEAD.c.state == OPEN,
        STEP.c.state.in_((OPEN, DONE)),
        or_(
            _ORDER.promised_on <= bindparam("horizon", type_=Date()),
            _STANDS.c.due_at < bindparam("now", type_=UtcDateTime()),
            _STANDS.c.name == rules.DELIVER,
        ),
    )
    .order_by(HEAD.c.id, STEP.c.position, STEP.c.opened_at)
)
RAISED = Statement(
    select(
        _ALERT.c.id, _ALERT.c.version, _ALERT.c.case_id, _ALERT.c.branch_id, _ALERT.c.rule, _ALERT.c.step
    ).where(_ALERT.c.state == OPEN)
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewAlerts(Command):
    """Looks at every open order by the rules of early warning: not delivered five or two days before the promise, sent
    after its time or with less than seven days left, a step over its time. What is in danger stands in the list of
    early warnings; what is in danger no more leaves it."""


def review_alerts(unit: Unit, command: ReviewAlerts) -> Mapping[str, Any]:
    found = {(one["case_id"], one["rule"], one["step"]): one for one in _standing(unit)}
    raised = {(row.case_id, row.rule, row.step): row for row in unit.all(RAISED) if _sees(unit, row.branch_id)}
    fresh = [one for key, one in found.items() if key not in raised]
    gone = [(row, {"state": CLOSED, "closed_at": unit.now}) for key, row in raised.items() if key not in found]
    unit.revise_all(CaseAlert, gone)
    unit.add_all(CaseAlert, fresh)
    return {"raised": len(fresh), "closed": len(gone), "open": len(found)}


def _standing(unit: Unit) -> Iterator[dict[str, Any]]:
    """Every alert that stands now, of the branches that the actor sees."""
    rows = unit.all(CASES, horizon=unit.today + AHEAD, now=unit.now)
    for _, steps in groupby(rows, key=attrgetter("case_id")):
        some = list(steps)
        head = some[0]
        if not _sees(unit, head.branch_id):
            continue
        zone = company.calendar_of(unit, head.branch_id).zone
        for alert in rules.news(facts_of(some, zone), _wall(unit.now, zone)):
            yield {
                "case_id": head.case_id,
                "subject_id": head.subject_id,
                "branch_id": head.branch_id,
                "rule": alert.rule,
                "step": alert.step,
                "since_at": alert.since.replace(tzinfo=zone).astimezone(dt.UTC),
                "raised_at": unit.now,
                "state": OPEN,
            }


def facts_of(steps: Sequence[Any], zone: dt.tzinfo) -> rules.CaseFacts:
    """The steps of a case, in their order, as the rules know it, by the clock of its branch."""
    head = steps[0]
    return rules.CaseFacts(
        tuple(dict.fromkeys(step.name for step in steps)),
        _wall(head.opened_at, zone),
        head.promised_on,
        {step.name: _wall(step.due_at, zone) for step in steps if step.due_at is not None},
        {},
        {step.name: _wall(step.closed_at, zone) for step in steps if step.step_state == DONE},
    )


def _wall(at: dt.datetime, zone: dt.tzinfo) -> dt.datetime:
    return at.astimezone(zone).replace(tzinfo=None)


def _sees(unit: Unit, branch_id: str) -> bool:
    return unit.actor.all_branches or branch_id in unit.actor.branch_ids
