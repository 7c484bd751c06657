"""Promises of the day: how many are due, kept, on course, at risk, and which ones are still open."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, or_, select

from retaguarda.kernel.case import STEP
from retaguarda.kernel.literal import word
from retaguarda.kernel.query import Query
from retaguarda.modules.party import api as party
from retaguarda.modules.process.queries.standing import (
    IN_DANGER,
    ORDER,
    READ,
    SITUATION,
    STANDS,
    TODAY,
    sees,
    with_order_case,
)


@dataclass(frozen=True, slots=True)
class PromisesTodayRow:
    """The promises of today and those of earlier days that are still open, by order: `due` is the sum of the others."""

    id: str
    due: int
    kept: int
    on_way: int
    at_risk: int


@dataclass(frozen=True, slots=True)
class OpenPromiseRow:
    """An order promised for today or earlier that is not handed over yet; those at risk come first."""

    id: str
    number: int
    customer_name: str
    promised_on: dt.date
    situation: str
    state: str
    due_at: dt.datetime | None
    total_amount: Decimal
    turn: int


_CLOSED = ORDER.state == "closed"
_OPEN = and_(STANDS, ORDER.promised_on <= TODAY)
_AT_RISK = IN_DANGER.is_(True)


def _how_many(name: str, condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0).label(name)


_sums = (
    select(
        word("today").label("id"),
        func.count().label("due"),
        _how_many("kept", _CLOSED),
        _how_many("on_way", and_(STANDS, ~_AT_RISK)),
        _how_many("at_risk", and_(STANDS, _AT_RISK)),
    )
    .select_from(with_order_case())
    .where(or_(_OPEN, and_(_CLOSED, ORDER.promised_on == TODAY)), sees(ORDER.branch_id))
    .subquery("promises_today")
).c

promises_today = Query(
    "process.promises_today",
    PromisesTodayRow,
    select(*_sums),
    permission=READ,
    key=_sums.id,
    order="id",
)

_TURN = case((_AT_RISK, 0), else_=1)
promises_open_today = Query(
    "process.promises_open_today",
    OpenPromiseRow,
    select(
        ORDER.id,
        ORDER.number,
        party.party.c.name.label("customer_name"),
        ORDER.promised_on,
        SITUATION.label("situation"),
        case((_AT_RISK, "at_risk"), else_="on_way").label("state"),
        STEP.c.due_at,
        ORDER.total_amount,
        _TURN.label("turn"),
    )
    .select_from(with_order_case().join(party.party, party.party.c.id == ORDER.customer_id))
    .where(_OPEN),
    permission=READ,
    key=ORDER.id,
    order="turn",
    branch=ORDER.branch_id,
)
