"""How work really went: the ways cases took through their steps, and where and how they strayed from the script.

Both tell of past orders too, so they ask for the right to read those.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Select,
    String,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    select,
    union_all,
)

from retaguarda.kernel.case import CLOSED, DONE, HEAD, LEFT, SKIPPED, STEP, UNDONE
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.model import table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.process import rules
from retaguarda.modules.process.model import PastCase, PastTime
from retaguarda.modules.process.queries.past import READ_PAST
from retaguarda.modules.process.queries.standing import sees
from retaguarda.modules.process.queries.times import PERIOD, in_period

ORIGIN = bindparam("origin", type_=String())
GIVEN = {"period": PERIOD, "origin": ORIGIN}
LIVE, PAST = "live", "past"
EARLY, BACK, MISSED, LATE = "early", "back", "missed", "late"
"""A step recorded before the one it follows; one that had to be done again or was left; one that was passed over; one
that ended after its limit."""
_THEN = " > "


@dataclass(frozen=True, slots=True)
class PathTakenRow:
    """A way that closed cases took through their steps, in the order in which these ended; `of` are all cases."""

    id: str
    way: str
    steps: int
    cases: int
    of: int | None

    @property
    def share_rate(self) -> Decimal | None:
        """The share of all that took this way; nothing of a sum of ways."""
        return Decimal(self.cases) / self.of if self.of else None

    @property
    def path(self) -> tuple[str, ...]:
        """The codes of its steps, under `process.step`."""
        return tuple(self.way.split(_THEN))


@dataclass(frozen=True, slots=True)
class DeviationRow:
    """How often, and in how many cases, a step strayed in one way (`kind`)."""

    id: str
    kind: str
    step: str
    times: int
    cases: int


def _asked(ended_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """What the branches of the person ended in the period, of the origin that is asked for and not undone since."""
    past = table_of(PastCase).c
    undone = exists(select(past.id).where(past.id == HEAD.c.subject_id, past.archived))
    origin = case((HEAD.c.subject_table == word(rules.PAST_CASE), word(PAST)), else_=word(LIVE))
    return and_(
        sees(HEAD.c.branch_id),
        ~undone,
        origin == func.coalesce(ORIGIN, word(LIVE)),
        in_period(ended_at),
    )


def _key(name: ColumnElement[str]) -> ColumnElement[str]:
    return cast(HEAD.c.flow.op("||")(word(".")).op("||")(name), String)


def _ways() -> FromClause:
    """Every closed case with its steps in one text."""
    ended = (STEP.c.closed_at, STEP.c.position, STEP.c.id)
    names = func.aggregate_strings(_key(STEP.c.name), _THEN)
    each = (
        select(
            STEP.c.case_id,
            names.over(partition_by=STEP.c.case_id, order_by=ended, rows=(None, None)).label("way"),
            func.count().over(partition_by=STEP.c.case_id).label("steps"),
        )
        .select_from(STEP.join(HEAD, HEAD.c.id == STEP.c.case_id))
        .where(HEAD.c.state == CLOSED, STEP.c.state.in_((DONE, UNDONE, LEFT)), _asked(HEAD.c.closed_at))
        .distinct()
        .subquery("each_way")
    ).c
    many = func.count()
    return (
        select(
            each.way.label("id"),
            each.way,
            cast(each.steps, BigInteger).label("steps"),
            cast(many, BigInteger).label("cases"),
            cast(func.sum(many).over(), BigInteger).label("of"),
        )
        .group_by(each.way, each.steps)
        .subquery("way_taken")
    )


def _strayed(kind: str, which: ColumnElement[bool]) -> Select[Any]:
    steps = STEP.join(HEAD, HEAD.c.id == STEP.c.case_id)
    return (
        select(word(kind).label("kind"), _key(STEP.c.name).label("step"), HEAD.c.id.label("case_id"))
        .select_from(steps)
        .where(which, _asked(STEP.c.closed_at))
    )


def _early() -> Select[Any]:
    time = table_of(PastTime).c
    return (
        select(
            word(EARLY).label("kind"),
            cast(time.flow.op("||")(word(".")).op("||")(time.step), String).label("step"),
            HEAD.c.id.label("case_id"),
        )
        .select_from(time.id.table.join(HEAD, HEAD.c.subject_id == time.past_case_id))
        .where(time.seconds < number(0), _asked(HEAD.c.closed_at))
    )


_W = _ways().c
paths_taken = Query(
    "process.paths_taken", PathTakenRow, select(*_W), permission=READ_PAST, key=_W.id, order="-cases", given=GIVEN
)


def _deviations() -> FromClause:
    late = and_(STEP.c.state == DONE, STEP.c.closed_at > STEP.c.due_at)
    found = union_all(
        _early(),
        _strayed(BACK, STEP.c.state.in_((UNDONE, LEFT))),
        _strayed(MISSED, STEP.c.state == SKIPPED),
        _strayed(LATE, late),
    ).subquery("strayed")
    kind, step, case_id = found.c
    return (
        select(
            cast(kind.op("||")(word(".")).op("||")(step), String).label("id"),
            kind.label("kind"),
            step.label("step"),
            cast(func.count(), BigInteger).label("times"),
            cast(func.count(func.distinct(case_id)), BigInteger).label("cases"),
        )
        .group_by(kind, step)
        .subquery("deviation")
    )


_D = _deviations().c
deviations = Query(
    "process.deviations", DeviationRow, select(*_D), permission=READ_PAST, key=_D.id, order="-times", given=GIVEN
)
