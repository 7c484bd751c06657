"""Commissions: the rules that stand, and what was earned."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

READ = "sales.read_commissions"
_R, _E, _O = api.commission_rule.c, api.commission_entry.c, api.sales_order.c
_PERSON, _ROLE = company.person.c, company.role.c


@dataclass(frozen=True, slots=True)
class CommissionRuleRow:
    """A rule that stands."""

    id: str
    version: int
    name: str
    basis: str
    rate: Decimal
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CommissionRow:
    """Commission that was earned, or taken back (below zero)."""

    id: str
    on_day: dt.date
    seller_id: str
    seller_name: str
    order_id: str
    order_number: int
    customer_name: str
    basis: str
    base_amount: Decimal
    rate: Decimal
    commission_amount: Decimal


def _ends(row: Any) -> tuple[str, ...]:
    return ("sales.end_commission",)


commission_rules = Query(
    "sales.commission_rules",
    CommissionRuleRow,
    select(_R.id, _R.version, func.coalesce(_PERSON.name, _ROLE.name).label("name"), _R.basis, _R.rate)
    .select_from(
        api.commission_rule.outerjoin(company.person, _PERSON.id == _R.person_id).outerjoin(
            company.role, _ROLE.id == _R.role_id
        )
    )
    .where(_R.active),
    permission=READ,
    key=_R.id,
    order="name",
    allowed=_ends,
)

commissions = Query(
    "sales.commissions",
    CommissionRow,
    select(
        _E.id,
        _E.on_day,
        _E.seller_id,
        _PERSON.name.label("seller_name"),
        _E.order_id,
        _O.number.label("order_number"),
        party.party.c.name.label("customer_name"),
        _E.basis,
        _E.base_amount,
        _E.rate,
        _E.commission_amount,
    ).select_from(
        api.commission_entry.join(api.sales_order, _O.id == _E.order_id)
        .join(party.party, party.party.c.id == _O.customer_id)
        .join(company.person, _PERSON.id == _E.seller_id)
    ),
    permission=READ,
    key=_E.id,
    order="-on_day",
    branch=_O.branch_id,
)
