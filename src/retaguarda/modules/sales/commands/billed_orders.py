"""The end of an order that was billed and comes to nothing: its invoice is credited, then it is cancelled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.writing import revised
from retaguarda.modules.sales.events import OrderCancelled
from retaguarda.modules.sales.model import SalesOrder

_I, _L, _C = billing.invoice.c, billing.invoice_line.c, billing.credited_line.c
_CREDITED = func.coalesce(_C.credited_quantity, Decimal(0))
STILL_BILLED = Statement(
    select(_I.id)
    .join(billing.invoice_line, _L.invoice_id == _I.id)
    .outerjoin(billing.credited_line, _C.invoice_line_id == _L.id)
    .where(
        _I.source_table == api.DOCUMENT,
        _I.source_id == bindparam("order_id", type_=Key()),
        _L.quantity > _CREDITED,
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelBilledOrder(Command):
    """Ends an order that was billed, with the reason, as long as none of its goods is out: what was billed is credited
    by a credit note (off what is owed, the rest as the customer's credit), what was reserved is free again."""

    order_id: Annotated[str, Ref("sales_order")]
    reason: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def cancel_billed_order(unit: Unit, command: CancelBilledOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    if row.state not in (rules.CONFIRMED, rules.HELD):
        state = f"sales.order.state.{row.state}"
        raise Refusal("sales.cancel_billed_order.not_in_state", number=row.number, state=state)
    if row.invoiced_at is None:
        raise Refusal("sales.cancel_billed_order.not_billed", number=row.number)
    document = (api.DOCUMENT, row.id)
    if any(inventory.still_out(unit, document).values()):
        raise Refusal("sales.cancel_billed_order.goods_out", number=row.number)
    inventory.release(unit, document)
    unit.revise(SalesOrder, row, state=rules.CANCELLED, reason=command.reason, ended_at=unit.now)
    close_failures(unit, row.id)
    unit.emit(OrderCancelled(row.id, command.reason))
    billed = unit.one(STILL_BILLED, order_id=row.id)
    if billed is None:
        return revised(row, amount="0.00")
    made = billing.credit_note(unit, billing.CreditRequest(invoice_id=billed.id, reason=command.reason))
    return revised(row, amount=str(made.amount), credit_note_id=made.id, prints={"settlement_id": made.id})
