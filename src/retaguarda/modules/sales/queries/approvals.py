"""What was let through beyond somebody's rights."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api

READ = "sales.read_approvals"
_A, _O, _L = api.approval.c, api.sales_order.c, api.sales_order_line.c
_ASKED, _BY = company.person.alias("asked_person"), company.person.alias("approving_person")


@dataclass(frozen=True, slots=True)
class ApprovalRow:
    """One approval: discounts in percent, prices and credit in money."""

    id: str
    at: dt.datetime
    order_id: str
    order_number: int
    customer_name: str
    kind: str
    line_name: str | None
    asked_value: Decimal
    limit_value: Decimal
    asked_name: str | None
    approved_name: str | None
    reason: str


approvals = Query(
    "sales.approvals",
    ApprovalRow,
    select(
        _A.id,
        _A.at,
        _A.order_id,
        _O.number.label("order_number"),
        party.party.c.name.label("customer_name"),
        _A.kind,
        _L.name.label("line_name"),
        _A.asked_value,
        _A.limit_value,
        _ASKED.c.name.label("asked_name"),
        _BY.c.name.label("approved_name"),
        _A.reason,
    ).select_from(
        api.approval.join(api.sales_order, _O.id == _A.order_id)
        .join(party.party, party.party.c.id == _O.customer_id)
        .outerjoin(api.sales_order_line, _L.id == _A.line_id)
        .outerjoin(_ASKED, _ASKED.c.id == _A.asked_by)
        .outerjoin(_BY, _BY.c.id == _A.approved_by)
    ),
    permission=READ,
    key=_A.id,
    order="-at",
    branch=_O.branch_id,
)
