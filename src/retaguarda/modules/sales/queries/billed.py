"""What sales are made of: every line of an invoice, and every line of a credit note, which takes off.

A sale counts on the day of its invoice, what is credited on the day of its credit note, so that a month that is over
stays as it was reported; both on the product, customer, seller and place of the invoice. What goods cost is the cost of
the moves that took them away, less of those that came back without having been handed over; a return gives back what
its goods cost when they came. A credit note for which no goods came back (a price that was mended) gives back no cost.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Subquery,
    and_,
    case,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Minor
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api

SALE, CREDIT = "sale", "credit"
_I, _L, _O = billing.invoice.c, billing.invoice_line.c, api.sales_order.c
_N, _S, _R = billing.credit_note_line.c, billing.settlement.c, api.sales_return.c
_PERSON, _PLACE, _M = company.person.c, company.branch.c, inventory.stock_move.c
_NOTHING = literal_column("0", Minor(2))


def _invoiced() -> FromClause:
    """Invoices with their lines, their order where there is one, its seller, and the branch."""
    return (
        billing.invoice.join(billing.invoice_line, _L.invoice_id == _I.id)
        .join(company.branch, _PLACE.id == _I.branch_id)
        .outerjoin(api.sales_order, and_(_I.source_table == "sales_order", _O.id == _I.source_id))
        .outerjoin(company.person, _PERSON.id == _O.seller_id)
    )


def _credited() -> FromClause:
    """The same for each line of a credit note, with its head."""
    return (
        _invoiced()
        .join(billing.credit_note_line, _N.invoice_line_id == _L.id)
        .join(billing.settlement, _S.id == _N.settlement_id)
    )


def _columns(kind: str, key: Any, number: Any, day: Any) -> list[ColumnElement[Any]]:
    return [
        key.label("id"),
        word(kind).label("kind"),
        _I.id.label("invoice_id"),
        number.label("number"),
        day.label("counted_on"),
        _I.folded,
        _I.branch_id,
        _PLACE.name.label("branch_name"),
        _I.party_id.label("customer_id"),
        _I.buyer_name.label("customer_name"),
        _O.seller_id,
        _PERSON.name.label("seller_name"),
        _L.product_id,
        _L.code,
        _L.name,
        _L.unit_code,
    ]


def _amounts(quantity: Any, sold: Any, credited: Any) -> list[ColumnElement[Any]]:
    return [
        quantity.label("quantity"),
        sold.label("sold_amount"),
        credited.label("credited_amount"),
        type_coerce(sold - credited, Minor(2)).label("net_amount"),
    ]


_SOLD = (*_columns(SALE, _L.id, _I.number, _I.issued_on), *_amounts(_L.quantity, _L.net_amount, _NOTHING))
_BACK = (*_columns(CREDIT, _N.id, _S.number, _S.occurred_on), *_amounts(-_N.quantity, _NOTHING, _N.net_amount))


def billed(since: Any = None, until: Any = None, branch_id: Any = None) -> Subquery:
    """Every line; with the three bound parameters those of a time and a place that whoever asks may see."""
    arms = [select(*_SOLD).select_from(_invoiced()), select(*_BACK).select_from(_credited())]
    if since is not None:
        arms = [
            arm.where(*_asked(day, since, until, branch_id))
            for arm, day in zip(arms, (_I.issued_on, _S.occurred_on), strict=True)
        ]
    return union_all(*arms).subquery("billed")


def _asked(day: Any, since: Any, until: Any, branch_id: Any) -> tuple[ColumnElement[bool], ...]:
    return (
        since.is_(None) | (day >= since),
        until.is_(None) | (day <= until),
        branch_id.is_(None) | (_I.branch_id == branch_id),
        company.sees(_I.branch_id),
    )


_HANDED_BACK = _M.document_table == "sales_return"
_GONE = (
    select(_M.line_id, func.sum(case((_M.kind == "ship", _M.cost), else_=-_M.cost)).label("cost"))
    .where(_M.line_id.is_not(None), (_M.kind == "ship") | ((_M.kind == "return") & ~_HANDED_BACK))
    .group_by(_M.line_id)
    .subquery("gone")
)
_RETURNED = (
    select(_R.credit_note_id, _M.line_id, func.sum(_M.cost).label("cost"))
    .select_from(inventory.stock_move.join(api.sales_return, _R.id == _M.document_id))
    .where(_M.kind == "return", _HANDED_BACK)
    .group_by(_R.credit_note_id, _M.line_id)
    .subquery("returned")
)


def costs() -> Subquery:
    """What each line of `billed` had cost, by its id: below nothing where it came back."""
    gone = select(_L.id, func.coalesce(_GONE.c.cost, Decimal(0), type_=Minor(2)).label("cost_amount")).join(
        _GONE, _GONE.c.line_id == _L.source_line_id
    )
    back = (
        select(_N.id, (-_RETURNED.c.cost).label("cost_amount"))
        .join(billing.invoice_line, _L.id == _N.invoice_line_id)
        .join(_RETURNED, and_(_RETURNED.c.credit_note_id == _N.settlement_id, _RETURNED.c.line_id == _L.source_line_id))
    )
    return union_all(gone, back).subquery("cost_of_lines")
