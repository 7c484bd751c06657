"""Contracts that are billed again and again: the list, one with its lines, the periods that were billed."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import case, func, or_, select

from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api
from retaguarda.modules.billing.queries.parts import READ, TODAY
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.party import api as party

_C, _L, _P, _I = api.recurring_invoice, api.recurring_line, api.recurring_period, api.invoice
_PRODUCT, _PARTY = catalog.product, party.party


@dataclass(frozen=True, slots=True)
class RecurringRow:
    """A contract with its lines and where it stands: running, due, ended."""

    id: str
    version: int
    name: str
    party_id: str
    customer_name: str
    payment_terms: str
    every_months: int
    starts_on: dt.date
    ends_on: dt.date | None
    next_on: dt.date
    state: str
    billed: int
    lines: tuple[NestedRow, ...]
    allowed: tuple[str, ...] = ()


def _recurring_allowed(row: Any) -> tuple[str, ...]:
    if row.state == "ended":
        return ()
    due = ("billing.issue_recurring",) if row.state == "due" else ()
    return ("billing.revise_recurring", "billing.end_recurring", *due)


_BILLED = select(func.count()).where(_P.c.recurring_id == _C.c.id).correlate(_C).scalar_subquery()
recurring = Query(
    "billing.recurring",
    RecurringRow,
    select(
        _C.c.id,
        _C.c.version,
        _C.c.name,
        _C.c.party_id,
        _PARTY.c.name.label("customer_name"),
        _C.c.payment_terms,
        _C.c.every_months,
        _C.c.starts_on,
        _C.c.ends_on,
        _C.c.next_on,
        case(
            (or_(_C.c.ended, _C.c.next_on > _C.c.ends_on), "ended"),
            (_C.c.next_on <= TODAY, "due"),
            else_="running",
        ).label("state"),
        _BILLED.label("billed"),
        nested(
            [
                _L.c.position,
                _L.c.product_id,
                _PRODUCT.c.name.label("product_name"),
                _L.c.quantity,
                _L.c.unit_price,
                _L.c.discount_rate,
            ],
            _L.c.recurring_id == _C.c.id,
            _L.c.active,
            _PRODUCT.c.id == _L.c.product_id,
            order="position",
        ).label("lines"),
    ).join(_PARTY, _PARTY.c.id == _C.c.party_id),
    permission=READ,
    key=_C.c.id,
    order="next_on",
    search=_C.c.folded,
    branch=_C.c.branch_id,
    allowed=_recurring_allowed,
)


@dataclass(frozen=True, slots=True)
class RecurringPeriodRow:
    """A period that was billed, with its invoice."""

    id: str
    recurring_id: str
    period_on: dt.date
    invoice_id: str
    invoice_number: int
    total_amount: Decimal


recurring_periods = Query(
    "billing.recurring_periods",
    RecurringPeriodRow,
    select(
        _P.c.id,
        _P.c.recurring_id,
        _P.c.period_on,
        _I.c.id.label("invoice_id"),
        _I.c.number.label("invoice_number"),
        _I.c.total_amount,
    ).join(_I, _I.c.source_id == _P.c.id),
    permission=READ,
    key=_P.c.id,
    order="-period_on",
    branch=_I.c.branch_id,
)
