"""Purchase orders as lists show them: how far they have come, which are late."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, String, and_, bindparam, case, func, literal_column, select, true

from retaguarda.kernel.literal import word
from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules

READ = "purchasing.read"
TODAY = bindparam("today", type_=Date())
ZERO: ColumnElement[Any] = literal_column("0")
_O, _L, _B = api.purchase_order.c, api.purchase_order_line.c, api.purchase_line_balance.c
SUPPLIER = party.party.alias("supplier_party")
BUYER = company.person.alias("buyer")
COMMANDS = {
    "revise": "purchasing.revise_order",
    "send": "purchasing.send_order",
    "confirm": "purchasing.confirm_order",
    "amend": "purchasing.amend_order",
    "postpone": "purchasing.postpone_order",
    "receive": "purchasing.receive_order",
    "cancel": "purchasing.cancel_order",
    "close": "purchasing.close_order",
}
"""The command behind each verb."""


@dataclass(frozen=True, slots=True)
class PurchaseOrderRow:
    """An order in the list; `standing` is its state, or partly once something of it has come."""

    id: str
    version: int
    number: int
    supplier_id: str
    supplier_name: str
    ordered_at: dt.datetime
    expected_on: dt.date
    total_amount: Decimal
    state: str
    standing: str
    late: bool
    received: bool
    payment_terms: str
    supplier_reference: str
    warehouse_name: str
    branch_name: str
    buyer_name: str | None
    reason: str
    allowed: tuple[str, ...] = ()


def order_allowed(row: Any) -> tuple[str, ...]:
    """The commands an order offers in its state."""
    found = [COMMANDS[verb] for verb in rules.verbs(row.state, row.received)]
    if row.state in rules.BILLABLE:
        found.append("purchasing.record_invoice")
    return (*found, "purchasing.return_goods") if row.received else tuple(found)


_LINE = api.purchase_order_line.outerjoin(api.purchase_line_balance, _B.id == _L.id)
RECEIVED = (
    select(true()).select_from(_LINE).where(_L.order_id == _O.id, _B.received > ZERO).correlate(api.purchase_order)
).exists()
"""Whether something of the order has come."""
AWAITED = _O.state.in_([word(state) for state in rules.AWAITED])
LATE = and_(
    AWAITED,
    select(true())
    .select_from(_LINE)
    .where(_L.order_id == _O.id, _L.active, _L.expected_on < TODAY, func.coalesce(_B.received, ZERO) < _L.quantity)
    .correlate(api.purchase_order)
    .exists(),
)
"""Whether something of the order should have come before today."""
STANDING = case((and_(AWAITED, RECEIVED), literal_column("'partly'", String())), else_=_O.state)

orders = Query(
    "purchasing.orders",
    PurchaseOrderRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        _O.supplier_id,
        SUPPLIER.c.name.label("supplier_name"),
        _O.ordered_at,
        _O.expected_on,
        _O.total_amount,
        _O.state,
        STANDING.label("standing"),
        LATE.label("late"),
        RECEIVED.label("received"),
        _O.payment_terms,
        _O.supplier_reference,
        inventory.warehouse.c.name.label("warehouse_name"),
        company.branch.c.name.label("branch_name"),
        BUYER.c.name.label("buyer_name"),
        _O.reason,
    ).select_from(
        api.purchase_order.join(SUPPLIER, SUPPLIER.c.id == _O.supplier_id)
        .join(company.branch, company.branch.c.id == _O.branch_id)
        .join(inventory.warehouse, inventory.warehouse.c.id == _O.warehouse_id)
        .outerjoin(BUYER, BUYER.c.id == _O.buyer_id)
    ),
    permission=READ,
    key=_O.id,
    order="-number",
    search=_O.folded,
    branch=_O.branch_id,
    allowed=order_allowed,
    extra={"branch_id": _O.branch_id, "warehouse_id": _O.warehouse_id},
)
