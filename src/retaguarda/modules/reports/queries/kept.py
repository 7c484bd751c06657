"""Promises judged: every order that was handed over, and every one that should have been by now, against its day.

An order counts in the period of the day it was promised for, as it was agreed last. It was kept when everything came by
then; `short` when it came in time and something was missing; `open` when its day is over and it has not come. How late
says the median of those that were late and the day by which nine in ten of them had come, each a figure that really was
(the nearest rank). Where it failed is the first step of its way that went over its time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    cast,
    func,
    or_,
    select,
)

from retaguarda.kernel.case import HEAD, STEP
from retaguarda.kernel.figures import MEDIAN, NINE_IN_TEN, nearest_rank, ranked
from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Key, Minor, UtcDateTime, digits
from retaguarda.kernel.periods import MONTH, days_between, period_begin
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

READ = "reports.read_promises"
TODAY, NOW = bindparam("today", type_=Date()), bindparam("now", type_=UtcDateTime())
SINCE, UNTIL = bindparam("since", type_=Date()), bindparam("until", type_=Date())
BRANCH, GRAIN = bindparam("of_branch", type_=Key()), bindparam("grain", type_=String())
DAYS: Mapping[str, BindParameter[Any]] = {"since": SINCE, "until": UNTIL, "branch_id": BRANCH}
STATES = ("kept", "late", "short", "open")
NOWHERE = "none"
_O, _RESULT, _PLACE = sales.sales_order.c, sales.promise_result.c, company.branch.c


_CAME = (
    select(
        _RESULT.order_id,
        func.max(_RESULT.delivered_on).label("delivered_on"),
        func.min(case((_RESULT.kept, 1), else_=0)).label("kept"),
    )
    .group_by(_RESULT.order_id)
    .subquery("came")
)
_OVER = (
    select(HEAD.c.flow.op("||")(word(".")).op("||")(STEP.c.name))
    .select_from(STEP.join(HEAD, HEAD.c.id == STEP.c.case_id))
    .where(HEAD.c.subject_id == _O.id, STEP.c.due_at < func.coalesce(STEP.c.closed_at, NOW))
    .order_by(STEP.c.position)
    .limit(1)
    .correlate(sales.sales_order)
    .scalar_subquery()
)
_AWAY = days_between(_O.promised_on, func.coalesce(_CAME.c.delivered_on, TODAY))
_JUDGED = (
    select(
        _O.id,
        _O.number,
        _O.branch_id,
        _PLACE.name.label("branch_name"),
        party.party.c.name.label("customer_name"),
        party.party.c.folded,
        _O.promised_on,
        _CAME.c.delivered_on,
        _O.total_amount,
        case((_AWAY > 0, _AWAY), else_=0).label("late_days"),
        case(
            (_CAME.c.order_id.is_(None), word("open")),
            (_CAME.c.kept == 1, word("kept")),
            (_AWAY > 0, word("late")),
            else_=word("short"),
        ).label("state"),
        func.coalesce(_OVER, word(NOWHERE), type_=String()).label("step"),
    )
    .select_from(
        sales.sales_order.join(party.party, party.party.c.id == _O.customer_id)
        .join(company.branch, _PLACE.id == _O.branch_id)
        .outerjoin(_CAME, _CAME.c.order_id == _O.id)
    )
    .where(
        or_(
            _CAME.c.order_id.is_not(None),
            and_(or_(_O.state == "confirmed", _O.state == "held"), _O.promised_on < TODAY),
        )
    )
    .subquery("promise_judged")
)
_J = _JUDGED.c


@dataclass(frozen=True, slots=True)
class JudgedRow:
    """An order with what became of its promise; `late_days` is how many days after the promised one it came."""

    id: str
    number: int
    branch_id: str
    branch_name: str
    customer_name: str
    promised_on: dt.date
    delivered_on: dt.date | None
    total_amount: Decimal
    late_days: int
    state: str
    step: str


judged = Query(
    "reports.promises_judged",
    JudgedRow,
    select(*(_J[one.name] for one in fields(JudgedRow))),
    permission=READ,
    key=_J.id,
    order="-promised_on",
    search=_J.folded,
    branch=_J.branch_id,
)


@dataclass(frozen=True, slots=True)
class KeptRow:
    """The promises of a time, a place or a step (`record_id`): how many, what became of them, how late the late ones
    were; `first_on` and `last_on` are the first and last promised day."""

    id: str
    record_id: str | None
    name: str
    first_on: dt.date
    last_on: dt.date
    orders: int
    kept: int
    late: int
    short: int
    open: int
    median_days: int | None
    p90_days: int | None
    total_amount: Decimal

    @property
    def kept_rate(self) -> Decimal | None:
        """The share that was kept; none of nothing."""
        return (Decimal(self.kept) / self.orders).quantize(Decimal("0.0001")) if self.orders else None

    @property
    def begun_on(self) -> dt.date | None:
        """The first day of the time that the row is of."""
        return dt.date.fromisoformat(self.name) if self.name else None

    @property
    def but(self) -> str:
        """What a row of broken promises leaves out."""
        return STATES[0]


def _by(name: str, key: Any, words: Any, only: tuple[ColumnElement[bool], ...] = (), grain: bool = False) -> Query:
    asked = (
        or_(SINCE.is_(None), _J.promised_on >= SINCE),
        or_(UNTIL.is_(None), _J.promised_on <= UNTIL),
        or_(BRANCH.is_(None), _J.branch_id == BRANCH),
        company.sees(_J.branch_id),
    )
    each = select(key.label("key"), words.label("words"), *_J).where(*asked, *only).subquery(f"each_{name}").c
    alike = (each.key, each.late_days > 0)
    r = select(*each, *ranked(alike, each.late_days, each.id)).subquery(f"ranked_{name}").c
    late = r.late_days > 0
    ident = digits(r.key) if isinstance(r.key.type, Key) else cast(r.key, String)
    rows = (
        select(
            ident.label("id"),
            (r.key if isinstance(r.key.type, Key) else cast(r.key, String)).label("record_id"),
            func.max(cast(r.words, String)).label("name"),
            func.min(r.promised_on).label("first_on"),
            func.max(r.promised_on).label("last_on"),
            func.count().label("orders"),
            *(func.sum(case((r.state == word(state), 1), else_=0)).label(state) for state in STATES),
            nearest_rank(r, MEDIAN, r.late_days, late).label("median_days"),
            nearest_rank(r, NINE_IN_TEN, r.late_days, late).label("p90_days"),
            func.sum(r.total_amount, type_=Minor(2)).label("total_amount"),
        )
        .group_by(r.key)
        .subquery(f"kept_by_{name}")
    ).c
    return Query(
        f"reports.kept_by_{name}",
        KeptRow,
        select(*rows),
        permission=READ,
        key=rows.id,
        order="id",
        given={**DAYS, "grain": GRAIN} if grain else DAYS,
    )


_BEGUN = period_begin(_J.promised_on, func.coalesce(GRAIN, MONTH))
kept_by_period = _by("period", _BEGUN, _BEGUN, grain=True)
kept_by_place = _by("place", _J.branch_id, _J.branch_name)
kept_by_step = _by("step", _J.step, _J.step, only=(_J.state != word("kept"),))

KEPT = (judged, kept_by_period, kept_by_place, kept_by_step)
