"""How long steps take: waiting until somebody takes them, work from then on; median and nine in ten, week against week.

Of each step that was done the figure is the one of nearest rank: a time that really was, not a mean of two.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    Integer,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from retaguarda.kernel.case import DONE, HEAD, STEP
from retaguarda.kernel.figures import MEDIAN, NINE_IN_TEN, nearest_rank, ranked
from retaguarda.kernel.literal import number, word
from retaguarda.kernel.query import Query
from retaguarda.modules.process import rules
from retaguarda.modules.process.queries.standing import NOW, READ, in_force, sees, steps_of_flows

_F = steps_of_flows().c
EVER = "ever"
WEEK_S = 7 * 24 * 3600
PERIODS: dict[str, tuple[int, int]] = {
    "week": (0, WEEK_S),
    "last_week": (WEEK_S, 2 * WEEK_S),
    "month": (0, 30 * 24 * 3600),
    "year": (0, 365 * 24 * 3600),
    EVER: (0, 1_000 * 365 * 24 * 3600),
}
"""What a figure looks back on: from so many seconds ago on, until so many before that."""
PERIOD = bindparam("period", type_=String())


class _SecondsBetween(FunctionElement[int]):
    """Whole seconds from one instant to a later one."""

    name = "seconds_between"
    type = Integer()
    inherit_cache = True


@compiles(_SecondsBetween, "sqlite")
def _sqlite(element: _SecondsBetween, compiler: SQLCompiler, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"({end} / 1000000 - {start} / 1000000)"


@compiles(_SecondsBetween, "postgresql")
def _postgres(element: _SecondsBetween, compiler: SQLCompiler, **more: Any) -> str:
    start, end = (compiler.process(one, **more) for one in element.clauses)
    return f"CAST(floor(extract(epoch FROM {end})) - floor(extract(epoch FROM {start})) AS INTEGER)"


@dataclass(frozen=True, slots=True)
class StepTimesRow:
    """The times of a step in the `period` that is asked for (all there is, when none is), in minutes: `done` is how
    many were done, of which `taken` somebody took first.

    `hot` is the bottleneck: the step that most of them waited longest for.
    """

    id: str
    step: str
    position: int
    done: int
    taken: int
    wait_minutes: int | None
    wait_p90: int | None
    work_minutes: int | None
    work_p90: int | None
    hot: bool

    @property
    def wait_hours(self) -> Decimal | None:
        """The waiting time in hours."""
        return _hours(self.wait_minutes)

    @property
    def wait_hours_p90(self) -> Decimal | None:
        """Nine in ten waited no longer, in hours."""
        return _hours(self.wait_p90)

    @property
    def work_hours(self) -> Decimal | None:
        """The working time in hours."""
        return _hours(self.work_minutes)

    @property
    def work_hours_p90(self) -> Decimal | None:
        """Nine in ten took no longer, in hours."""
        return _hours(self.work_p90)


def _hours(minutes: int | None) -> Decimal | None:
    return None if minutes is None else (Decimal(minutes) / 60).quantize(Decimal("0.1"))


def _measured() -> FromClause:
    """Each step that was done here in the period. What was only recorded of the past lay with nobody here."""
    wait = _SecondsBetween(STEP.c.opened_at, func.coalesce(STEP.c.started_at, STEP.c.closed_at))
    work = case((STEP.c.started_at.is_not(None), _SecondsBetween(STEP.c.started_at, STEP.c.closed_at)))
    return (
        select(HEAD.c.flow, STEP.c.name, wait.label("wait"), work.label("work"))
        .select_from(STEP.join(HEAD, HEAD.c.id == STEP.c.case_id))
        .where(
            STEP.c.state == DONE,
            in_period(STEP.c.closed_at),
            HEAD.c.subject_table != word(rules.PAST_CASE),
            sees(HEAD.c.branch_id),
        )
        .subquery("measured")
    )


def in_period(ended_at: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether something ended in the period that is asked for."""
    age, period = _SecondsBetween(ended_at, NOW), func.coalesce(PERIOD, word(EVER))
    return or_(*(and_(period == word(name), age >= number(a), age < number(b)) for name, (a, b) in PERIODS.items()))


def _ranks(measured: Any, measure: str) -> FromClause:
    """Median and ninth tenth of a measure, for each step that has one."""
    value = measured.c[measure]
    part = (measured.c.flow, measured.c.name)
    rows = (
        select(
            *part,
            value.label("value"),
            *ranked(part, value),
        )
        .where(value.is_not(None))
        .subquery(f"{measure}_ranked")
    ).c
    return (
        select(
            rows.flow,
            rows.name,
            func.max(rows.many).label("many"),
            nearest_rank(rows, MEDIAN, rows.value).label("median"),
            nearest_rank(rows, NINE_IN_TEN, rows.value).label("p90"),
        )
        .group_by(rows.flow, rows.name)
        .subquery(f"{measure}_figures")
    )


_MEASURED = _measured()
_WAIT, _WORK = _ranks(_MEASURED, "wait").c, _ranks(_MEASURED, "work").c


def _minutes(seconds: ColumnElement[int]) -> ColumnElement[int]:
    return cast(seconds // number(60), Integer)


def _of(figures: Any) -> ColumnElement[bool]:
    return and_(figures.flow == _F.flow, figures.name == _F.name)


_STEP_KEY = cast(_F.flow.op("||")(word(".")).op("||")(_F.name), String)
_LONGEST = func.row_number().over(
    partition_by=_F.flow, order_by=(func.coalesce(_WAIT.median, number(0)).desc(), _F.position)
)
_T = (
    select(
        _STEP_KEY.label("id"),
        _STEP_KEY.label("step"),
        _F.position,
        cast(func.coalesce(_WAIT.many, number(0)), BigInteger).label("done"),
        cast(func.coalesce(_WORK.many, number(0)), BigInteger).label("taken"),
        _minutes(_WAIT.median).label("wait_minutes"),
        _minutes(_WAIT.p90).label("wait_p90"),
        _minutes(_WORK.median).label("work_minutes"),
        _minutes(_WORK.p90).label("work_p90"),
        case((and_(number(1) == _LONGEST, _WAIT.median > number(0)), True), else_=False).label("hot"),
    )
    .select_from(_F.name.table.outerjoin(_WAIT.flow.table, _of(_WAIT)).outerjoin(_WORK.flow.table, _of(_WORK)))
    .where(or_(_WAIT.many > number(0), in_force(_F.flow)))
    .subquery("step_times")
).c

step_times = Query(
    "process.step_times",
    StepTimesRow,
    select(*_T),
    permission=READ,
    key=_T.id,
    order="position",
    given={"period": PERIOD},
)
