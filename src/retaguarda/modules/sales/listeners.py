"""What sales does when others say something: commissions are earned and taken back, the unnamed customer stays one, a
product that is on an open order stays one."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog.events import ProductsMerged
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.counter import parties_merged
from retaguarda.modules.sales.commands.earning import (
    invoice_credited,
    invoice_issued,
    payment_received,
    payment_reversed,
)

__all__ = [
    "invoice_credited", "invoice_issued", "parties_merged", "payment_received", "payment_reversed", "products_merged",
]  # fmt: skip
_O, _L = api.sales_order.c, api.sales_order_line.c
OPEN_ORDER = Statement(
    select(_O.number)
    .join(api.sales_order_line, _L.order_id == _O.id)
    .where(
        _L.product_id == bindparam("product_id", type_=Key()),
        _L.active,
        _O.state.in_((rules.QUOTATION, rules.CONFIRMED, rules.HELD)),
    )
    .order_by(_O.number)
)


def products_merged(unit: Unit, event: ProductsMerged) -> None:
    """Refuses a record that somebody still asks for."""
    order = unit.one(OPEN_ORDER, product_id=event.merged_id)
    if order is not None:
        raise Refusal("sales.merged.open_order", number=order.number)
