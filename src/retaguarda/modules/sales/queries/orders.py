"""Orders: the list, what is noted for ourselves, what each row offers."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, case, func, select

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api, rules

_O, _L = api.sales_order.c, api.sales_order_line.c
COMMANDS = {
    "revise": "sales.revise_quotation",
    "confirm": "sales.confirm_order",
    "decline": "sales.decline_quotation",
    "amend": "sales.amend_order",
    "hold": "sales.hold_order",
    "invoice": "sales.invoice_order",
    "cancel": "sales.cancel_order",
    "resume": "sales.resume_order",
}
"""The command behind each verb; `close` belongs to delivery."""


@dataclass(frozen=True, slots=True)
class OrderRow:
    """An order in the list. Where its work stands comes from its case, by slot."""

    id: str
    version: int
    number: int
    customer_id: str
    customer_name: str
    ordered_at: dt.datetime
    promised_on: dt.date
    total_amount: Decimal
    state: str
    channel: str
    handover: str
    payment_terms: str
    seller_name: str | None
    branch_name: str
    confirmed_at: dt.datetime | None
    invoiced_at: dt.datetime | None
    goods: str
    reason: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class InternalNoteRow:
    """What is noted about an order for ourselves alone."""

    id: str
    number: int
    internal_note: str


def order_allowed(row: Any) -> tuple[str, ...]:
    """The commands an order offers in its state."""
    billed, goods = getattr(row, "invoiced_at", None) is not None, getattr(row, "goods", ANY)
    verbs = [verb for verb in rules.verbs(row.state, billed) if goods in _WHILE.get(verb, (goods,))]
    return tuple(COMMANDS[verb] for verb in verbs if verb in COMMANDS)


ANY, NONE, HERE, PICKED, OUT = "any", "none", "here", "picked", "out"
_WHILE = {"invoice": (ANY, NONE, OUT), "amend": (ANY, NONE, HERE), "cancel": (ANY, NONE, HERE)}
"""Where the goods have to be for a verb."""


def _some(moved: FromClause, *where: ColumnElement[bool]) -> Any:
    found = select(func.coalesce(func.sum(moved.c.quantity), Decimal(0))).where(*where)
    return found.correlate(api.sales_order).scalar_subquery()


_M, _K = inventory.stock_move, inventory.stock_pick
_OWN = select(_L.id).where(_L.order_id == _O.id).correlate(api.sales_order)
_KEPT = _OWN.where(_L.active, _L.kind == rules.STOCK).exists()
_LEFT = _some(_M, _M.c.document_id == _O.id, _M.c.kind == "ship")
_CAME_BACK = _some(_M, _M.c.line_id.in_(_OWN), _M.c.kind == "return")
GOODS: ColumnElement[str] = case(
    (_O.invoice_policy == rules.BILLED_CONFIRMED, ANY),
    (~_KEPT, NONE),
    (_LEFT > _CAME_BACK, OUT),
    (_some(_K, _K.c.document_id == _O.id) > Decimal(0), PICKED),
    else_=HERE,
)
"""Where the goods are of an order that is billed when they have left; of any other nobody asks."""

SELLER = company.person.alias("seller")
_CUSTOMER = party.party.alias("customer_party")


def _order_source() -> Any:
    # Every order has both. Said as inner joins SQLite would, once it has statistics, begin at the customers and sort
    # all orders for one page (2 s in place of 3 ms); and what nobody asked for could not be left out of a count.
    return (
        api.sales_order.outerjoin(_CUSTOMER, _CUSTOMER.c.id == _O.customer_id)
        .outerjoin(company.branch, company.branch.c.id == _O.branch_id)
        .outerjoin(SELLER, SELLER.c.id == _O.seller_id)
    )


orders = Query(
    "sales.orders",
    OrderRow,
    select(
        _O.id,
        _O.version,
        _O.number,
        func.coalesce(_CUSTOMER.c.merged_into_id, _O.customer_id).label("customer_id"),
        _CUSTOMER.c.name.label("customer_name"),
        _O.ordered_at,
        _O.promised_on,
        _O.total_amount,
        _O.state,
        _O.channel,
        _O.handover,
        _O.payment_terms,
        SELLER.c.name.label("seller_name"),
        company.branch.c.name.label("branch_name"),
        _O.confirmed_at,
        _O.invoiced_at,
        GOODS.label("goods"),
        _O.reason,
    ).select_from(_order_source()),
    permission="sales.read",
    key=_O.id,
    order="-ordered_at",
    search=_O.folded,
    branch=_O.branch_id,
    allowed=order_allowed,
    extra={"branch_id": _O.branch_id, "seller_id": _O.seller_id, "contact_id": _O.contact_id},
)

order_notes = Query(
    "sales.order_notes",
    InternalNoteRow,
    select(_O.id, _O.number, _O.internal_note),
    permission="sales.read_internal",
    key=_O.id,
    order="number",
    branch=_O.branch_id,
)
