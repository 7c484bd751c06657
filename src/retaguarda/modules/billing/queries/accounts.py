"""What customers owe together: by how late it is, today's figures, the account of each."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, func, literal, or_, select

from retaguarda.kernel.periods import days_between
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api
from retaguarda.modules.billing.api.debts import credit_of
from retaguarda.modules.billing.api.tables import is_open, open_amount
from retaguarda.modules.billing.queries.parts import READ, RECEIVE, TODAY, sees
from retaguarda.modules.party import api as party

_R, _PARTY, _CREDIT = api.receivable, party.party, api.customer_credit
_OWNER = party.party.alias("owner")
_ZERO = Decimal(0)
_DAYS_LATE = days_between(_R.c.due_on, TODAY)


def _sum_of(condition: ColumnElement[bool]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(case((condition, open_amount), else_=_ZERO)), _ZERO)


def _late(least: int, most: int | None = None) -> ColumnElement[Any]:
    beyond = least <= _DAYS_LATE if most is None else and_(least <= _DAYS_LATE, most >= _DAYS_LATE)
    return _sum_of(beyond)


@dataclass(frozen=True, slots=True)
class AgeingRow:
    """What a customer owes by how late it is, in the branches one sees."""

    id: str
    customer_name: str
    not_due: Decimal
    days_30: Decimal
    days_60: Decimal
    days_90: Decimal
    older: Decimal
    open_amount: Decimal


_aged = (
    select(
        _PARTY.c.id,
        _PARTY.c.name.label("customer_name"),
        _PARTY.c.folded.label("folded"),
        _sum_of(_DAYS_LATE <= 0).label("not_due"),
        _late(1, 30).label("days_30"),
        _late(31, 60).label("days_60"),
        _late(61, 90).label("days_90"),
        _late(91).label("older"),
        func.sum(open_amount).label("open_amount"),
    )
    .join(_OWNER, _OWNER.c.id == _R.c.party_id)
    .join(_PARTY, _PARTY.c.id == func.coalesce(_OWNER.c.merged_into_id, _OWNER.c.id))
    .where(is_open, sees(_R.c.branch_id))
    .group_by(_PARTY.c.id, _PARTY.c.name, _PARTY.c.folded)
    .subquery("aged")
)
ageing = Query(
    "billing.ageing",
    AgeingRow,
    select(*(column for column in _aged.c if column.key != "folded")),
    permission=READ,
    key=_aged.c.id,
    order="-open_amount",
    search=_aged.c.folded,
)


@dataclass(frozen=True, slots=True)
class ReceivableFiguresRow:
    """What is due today, overdue, due within a week and open altogether, in the branches one sees."""

    id: str
    overdue: Decimal
    today: Decimal
    week: Decimal
    open: Decimal


_figures = (
    select(
        literal("receivables", String).label("id"),
        _sum_of(_R.c.due_on < TODAY).label("overdue"),
        _sum_of(_R.c.due_on == TODAY).label("today"),
        _sum_of(and_(_DAYS_LATE < 0, _DAYS_LATE >= -7)).label("week"),
        func.coalesce(func.sum(open_amount), _ZERO).label("open"),
    )
    .where(is_open, sees(_R.c.branch_id))
    .subquery("receivable_figures")
)
receivable_figures = Query(
    "billing.receivable_figures",
    ReceivableFiguresRow,
    select(*_figures.c),
    permission=READ,
    key=_figures.c.id,
    order="id",
)


@dataclass(frozen=True, slots=True)
class CustomerAccountRow:
    """A customer's account: what it owes, what of it is late, its credit, in every branch."""

    id: str
    name: str
    sub: str
    open_amount: Decimal
    overdue_amount: Decimal
    credit_amount: Decimal
    credit_limit: Decimal | None
    allowed: tuple[str, ...] = ()


def _account_allowed(row: Any) -> tuple[str, ...]:
    owes = (RECEIVE, "billing.renegotiate_debt") if row.open_amount else ()
    return (*owes, *(("billing.refund_credit",) if row.credit_amount else ()))


def _of_party(value: ColumnElement[Any], *where: ColumnElement[bool]) -> ColumnElement[Any]:
    ours = _R.c.party_id.in_(party.one_with(_PARTY.c.id))
    found = select(func.sum(value)).where(ours, is_open, *where).correlate(_PARTY)
    return func.coalesce(found.scalar_subquery(), _ZERO)


customer_accounts = Query(
    "billing.customer_accounts",
    CustomerAccountRow,
    select(
        _PARTY.c.id,
        _PARTY.c.name,
        party.sub_line().label("sub"),
        _of_party(open_amount).label("open_amount"),
        _of_party(open_amount, _R.c.due_on < TODAY).label("overdue_amount"),
        credit_of(_PARTY.c.id).label("credit_amount"),
        party.customer.c.credit_limit_amount.label("credit_limit"),
    )
    .select_from(
        party.with_main_address(_PARTY.join(party.customer, party.customer.c.party_id == _PARTY.c.id)).outerjoin(
            _CREDIT, _CREDIT.c.party_id == _PARTY.c.id
        )
    )
    .where(_PARTY.c.merged_into_id.is_(None), or_(party.customer.c.active, _CREDIT.c.party_id.is_not(None))),
    permission=READ,
    key=_PARTY.c.id,
    order="name",
    search=_PARTY.c.folded,
    allowed=_account_allowed,
)
