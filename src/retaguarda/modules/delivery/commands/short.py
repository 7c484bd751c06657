"""Going on with an order of which not all was found: what was found goes out, what was billed beyond it is credited."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Choice, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.commands.parts import load, step
from retaguarda.modules.delivery.commands.picking import MISSING, NOT_RESERVED
from retaguarda.modules.delivery.commands.shipments import begin_shipment
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

BROKEN = "inventory.reservation_broken"
NOT_FOUND = "delivery.accept_short.not_found"
"""Why what was billed is credited, by the code of its words."""
_K, _I, _L = api.pick_list.c, billing.invoice.c, billing.invoice_line.c
BILLED = Statement(
    select(_L.id, _L.invoice_id, _L.source_line_id)
    .join(billing.invoice, _I.id == _L.invoice_id)
    .where(_I.source_table == sales.DOCUMENT, _I.source_id == bindparam("order_id", type_=Key()))
)
LISTS = Statement(
    select(_K.state, func.count().label("count"))
    .where(_K.order_id == bindparam("order_id", type_=Key()))
    .group_by(_K.state)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AcceptShort(Command):
    """Goes on with what was found of an order whose list ended short: that much is shipped and billed, the rest is
    taken out of the order and given free. What was billed of the rest is credited by a credit note.

    With the customer's consent the promise is what was found. Without it the promise stands, and is broken.
    """

    order_id: Annotated[str, Ref("sales_order")]
    consent_by: Annotated[str, Text(120)] = ""
    consent_channel: Annotated[str, Choice(sales.CHANNELS, "sales.channel")] | None = None
    consent_note: Annotated[str, Text(2000, lines=True)] = ""
    version: Annotated[int, Version()] | None = None


def accept_short(unit: Unit, command: AcceptShort) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    step(order, shipment, "pick")
    consent = _consent(command)
    lists = {row.state: row.count for row in unit.all(LISTS, order_id=order.id)}
    lines = sales.order_lines(unit, order.id)
    document = (sales.DOCUMENT, order.id)
    picked = inventory.picked_by_line(unit, document)
    found = {line.id: picked.get(line.id, rules.ZERO) for line in lines if line.kind == catalog.STOCK}
    short = {line.id: found[line.id] for line in lines if line.id in found and found[line.id] < line.quantity}
    if rules.OPEN in lists or rules.SHORT not in lists or not short:
        raise Refusal("delivery.accept_short.not_short", number=order.number)
    if not any(found.values()):
        raise Refusal("delivery.accept_short.nothing_found", number=order.number)
    inventory.keep_picked(unit, document, short)
    standing = sales.shorten(unit, order, lines, short, consent)
    close_failures(unit, order.id, MISSING, NOT_RESERVED, BROKEN)
    begun = begin_shipment(unit, order, [line for line in standing if line.kind == catalog.STOCK])
    if order.invoiced_at is not None:
        _credit(unit, order, {line.id: line.quantity - short[line.id] for line in lines if line.id in short})
    return {**begun, "lines": len(short)}


def _credit(unit: Unit, order: Any, missing: Mapping[str, Decimal]) -> None:
    """The credit note for what was billed and not found."""
    billed = {row.source_line_id: row for row in unit.all(BILLED, order_id=order.id)}
    lines = [billing.CreditLine(invoice_line_id=billed[key].id, quantity=missing[key]) for key in missing]
    invoice_id = next(iter(billed.values())).invoice_id
    billing.credit_note(unit, billing.CreditRequest(invoice_id=invoice_id, reason=NOT_FOUND, lines=lines))


def _consent(command: AcceptShort) -> sales.Consent | None:
    """What the customer agreed to, said whole or not at all."""
    if not command.consent_by and command.consent_channel is None:
        return None
    if not command.consent_by or command.consent_channel is None:
        missing = "consent_by" if not command.consent_by else "consent_channel"
        raise Invalid(Fault(missing, "kernel.required"))
    return sales.Consent(given_by=command.consent_by, channel=command.consent_channel, note=command.consent_note)
