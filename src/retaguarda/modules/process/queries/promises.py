"""Promises of the day: how many are due, kept, on their way, at risk, and which ones are still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Integer, String, and_, case, cast, func, literal_column, not_, or_, select

from retaguarda.kernel.case import STEP
from retaguarda.kernel.query import Query
from retaguarda.modules.party import api as party
from retaguarda.modules.process.queries.queues import READ
from retaguarda.modules.process.queries.standing import AT_RISK, ORDER, SITUATION, STANDS, TODAY, with_order_case


@dataclass(frozen=True, slots=True)
class PromisesTodayRow:
    """Today's promises, by order: `due` is the sum of the other three."""

    id: str
    due: int
    kept: int
    on_way: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class OpenPromiseRow:
    """An order promised for today that is not handed over yet; those at risk come first."""

    id: str
    number: int
    customer_name: str
    situation: str
    due_at: dt.datetime | None
    total_amount: Decimal
    turn: int


_CLOSED = ORDER.state == "closed"
_IN_DANGER = func.coalesce(AT_RISK, literal_column("false"))


def _how_many(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.sum(case((condition, 1), else_=0))


_by_branch = (
    select(
        ORDER.branch_id,
        func.count().label("due"),
        _how_many(_CLOSED).label("kept"),
        _how_many(and_(not_(_CLOSED), not_(_IN_DANGER))).label("on_way"),
        _how_many(and_(not_(_CLOSED), _IN_DANGER)).label("at_risk"),
    )
    .select_from(with_order_case())
    .where(ORDER.promised_on == TODAY, or_(STANDS, _CLOSED))
    .group_by(ORDER.branch_id)
    .subquery("by_branch")
).c
_ID = func.coalesce(func.min(literal_column("'today'", String)), "today")

_FIGURES: list[ColumnElement[Any]] = [
    cast(func.coalesce(func.sum(_by_branch[name]), 0), Integer).label(name)
    for name in ("due", "kept", "on_way", "at_risk")
]
_COLUMNS: list[ColumnElement[Any]] = [_ID.label("id"), *_FIGURES]

promises_today = Query(
    "process.promises_today",
    PromisesTodayRow,
    select(*_COLUMNS),
    permission=READ,
    key=_ID,
    order="id",
    branch=_by_branch.branch_id,
)

_TURN = case((_IN_DANGER, 0), else_=1)
promises_open_today = Query(
    "process.promises_open_today",
    OpenPromiseRow,
    select(
        ORDER.id,
        ORDER.number,
        party.party.c.name.label("customer_name"),
        SITUATION.label("situation"),
        STEP.c.due_at,
        ORDER.total_amount,
        _TURN.label("turn"),
    )
    .select_from(with_order_case().join(party.party, party.party.c.id == ORDER.customer_id))
    .where(ORDER.promised_on == TODAY, STANDS),
    permission=READ,
    key=ORDER.id,
    order="turn",
    branch=ORDER.branch_id,
)
