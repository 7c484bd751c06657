"""Tills: sessions with what their closing found, their entries, and what a closing counts by method."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.kernel.model import digits
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api
from retaguarda.modules.billing.queries.parts import READ_TILLS
from retaguarda.modules.company import api as company

_T, _B, _C, _E, _M = (
    api.till_session,
    api.till_balance,
    api.till_closing,
    api.till_entry,
    api.settlement_money,
)
_ACCOUNT, _PERSON, _CLOSER = accounting.money_account_table, company.person, company.person.alias("closer")


@dataclass(frozen=True, slots=True)
class TillRow:
    """A till session. What is expected in the drawer is told once it was counted, never before."""

    id: str
    number: int
    branch_name: str
    account_name: str
    station: str
    person_id: str
    person_name: str
    opened_at: dt.datetime
    state: str
    float_amount: Decimal
    expected_amount: Decimal | None
    counted_amount: Decimal | None
    difference_amount: Decimal | None
    closed_at: dt.datetime | None
    closer_name: str | None
    reason: str | None
    allowed: tuple[str, ...] = ()


_WHILE_OPEN = ("billing.supply_till", "billing.withdraw_till", "billing.close_till")


def _till_allowed(row: Any) -> tuple[str, ...]:
    return _WHILE_OPEN if row.state == "open" else ()


tills = Query(
    "billing.tills",
    TillRow,
    select(
        _T.c.id,
        _T.c.number,
        company.branch.c.name.label("branch_name"),
        _ACCOUNT.c.name.label("account_name"),
        _T.c.station,
        _T.c.person_id,
        _PERSON.c.name.label("person_name"),
        _T.c.at.label("opened_at"),
        _B.c.state,
        _T.c.float_amount,
        _C.c.expected_amount,
        _C.c.counted_amount,
        _C.c.difference_amount,
        _C.c.at.label("closed_at"),
        _CLOSER.c.name.label("closer_name"),
        _C.c.reason,
    ).select_from(
        _T.join(_B, _B.c.session_id == _T.c.id)
        .join(company.branch, company.branch.c.id == _T.c.branch_id)
        .join(_ACCOUNT, _ACCOUNT.c.id == _T.c.money_account_id)
        .join(_PERSON, _PERSON.c.id == _T.c.person_id)
        .outerjoin(_C, _C.c.session_id == _T.c.id)
        .outerjoin(_CLOSER, _CLOSER.c.id == _C.c.person_id)
    ),
    permission=READ_TILLS,
    key=_T.c.id,
    order="-opened_at",
    branch=_T.c.branch_id,
    allowed=_till_allowed,
)


@dataclass(frozen=True, slots=True)
class TillCardRow(company.Issuer):
    """A session with who issued its paper."""

    id: str
    number: int
    branch_name: str
    account_name: str
    station: str
    person_name: str
    opened_at: dt.datetime
    state: str
    float_amount: Decimal
    expected_amount: Decimal | None
    counted_amount: Decimal | None
    difference_amount: Decimal | None
    closed_at: dt.datetime | None
    closer_name: str | None
    reason: str | None


till_card = Query(
    "billing.till_card",
    TillCardRow,
    select(
        *company.ISSUER,
        _T.c.id,
        _T.c.number,
        company.branch.c.name.label("branch_name"),
        _ACCOUNT.c.name.label("account_name"),
        _T.c.station,
        _PERSON.c.name.label("person_name"),
        _T.c.at.label("opened_at"),
        _B.c.state,
        _T.c.float_amount,
        _C.c.expected_amount,
        _C.c.counted_amount,
        _C.c.difference_amount,
        _C.c.at.label("closed_at"),
        _CLOSER.c.name.label("closer_name"),
        _C.c.reason,
    ).select_from(
        _T.join(_B, _B.c.session_id == _T.c.id)
        .join(company.branch, company.branch.c.id == _T.c.branch_id)
        .join(company.company, company.company.c.single == 1)
        .join(_ACCOUNT, _ACCOUNT.c.id == _T.c.money_account_id)
        .join(_PERSON, _PERSON.c.id == _T.c.person_id)
        .outerjoin(_C, _C.c.session_id == _T.c.id)
        .outerjoin(_CLOSER, _CLOSER.c.id == _C.c.person_id)
    ),
    permission=READ_TILLS,
    key=_T.c.id,
    order="number",
    branch=_T.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class TillEntryRow:
    """Cash put in, taken out, found over or short, or emptied at the end."""

    id: str
    session_id: str
    at: dt.datetime
    kind: str
    amount: Decimal
    other_name: str | None
    person_name: str | None
    reason: str


till_entries = Query(
    "billing.till_entries",
    TillEntryRow,
    select(
        _E.c.id,
        _E.c.session_id,
        _E.c.at,
        _E.c.kind,
        _E.c.amount,
        _ACCOUNT.c.name.label("other_name"),
        _PERSON.c.name.label("person_name"),
        _E.c.reason,
    ).select_from(
        _E.join(_T, _T.c.id == _E.c.session_id)
        .outerjoin(_ACCOUNT, _ACCOUNT.c.id == _E.c.other_account_id)
        .outerjoin(_PERSON, _PERSON.c.id == _E.c.person_id)
    ),
    permission=READ_TILLS,
    key=_E.c.id,
    order="at",
    branch=_T.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class TillMethodRow:
    """What came in at a closed till by one method."""

    id: str
    session_id: str
    method: str
    count: int
    amount: Decimal


_by_method = (
    select(
        digits(_M.c.till_session_id).op("||")("/").op("||")(_M.c.method).label("id"),
        _M.c.till_session_id.label("session_id"),
        _M.c.method,
        func.count().label("count"),
        func.sum(_M.c.amount).label("amount"),
        _T.c.branch_id,
    )
    .join(_T, _T.c.id == _M.c.till_session_id)
    # The sums of an open till would say what is expected in its drawer.
    .join(_C, _C.c.session_id == _T.c.id)
    .group_by(_M.c.till_session_id, _M.c.method, _T.c.branch_id)
    .subquery("by_method")
)
till_methods = Query(
    "billing.till_methods",
    TillMethodRow,
    select(_by_method.c.id, _by_method.c.session_id, _by_method.c.method, _by_method.c.count, _by_method.c.amount),
    permission=READ_TILLS,
    key=_by_method.c.id,
    order="method",
    branch=_by_method.c.branch_id,
)
