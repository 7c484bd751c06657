"""What of the orders that went out no supplier has billed yet, in money."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal_column, or_, select, type_coerce

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Minor
from retaguarda.modules.purchasing import rules
from retaguarda.modules.purchasing.api.tables import (
    purchase_line_balance,
    purchase_order,
    purchase_order_line,
    supplier_invoice,
    supplier_invoice_line,
)

_O, _L, _B = purchase_order.c, purchase_order_line.c, purchase_line_balance.c
_V, _I = supplier_invoice.c, supplier_invoice_line.c
_NOTHING: ColumnElement[Any] = literal_column("0")
POSTED = "posted"

_billed = (
    select(_I.line_id, func.sum(_I.net_amount, type_=Minor(2)).label("amount"))
    .join(supplier_invoice, _V.id == _I.invoice_id)
    .where(_V.state == word(POSTED))
    .group_by(_I.line_id)
    .subquery("line_billed")
)


def _so_far(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(column, _NOTHING)


_not_billed = _L.quantity - _so_far(_B.returned) - _so_far(_B.invoiced) + _so_far(_B.credited) > _NOTHING
_awaited = or_(*(_O.state == word(state) for state in rules.AWAITED))
_all_came = and_(_O.state == word(rules.CLOSED), _so_far(_B.received) >= _L.quantity)
_left = type_coerce(_L.net_amount - _so_far(_billed.c.amount), Minor(2))
to_be_billed = (
    select(_L.order_id, func.sum(case((_left > _NOTHING, _left), else_=_NOTHING), type_=Minor(2)).label("amount"))
    .select_from(
        purchase_order_line.join(purchase_order, _O.id == _L.order_id)
        .outerjoin(purchase_line_balance, _B.id == _L.id)
        .outerjoin(_billed, _billed.c.line_id == _L.id)
    )
    .where(_L.active, or_(_awaited, _all_came), _not_billed)
    .group_by(_L.order_id)
    .subquery("to_be_billed")
)
"""Of each order: its lines that are awaited, or all came, and are not billed in full, less what was billed of them."""
