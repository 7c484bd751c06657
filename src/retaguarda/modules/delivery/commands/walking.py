"""The short way of an order: picked, shipped and delivered whole, one command each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.delivery.commands.parts import demand_reserved, kept_lines, load, step
from retaguarda.modules.delivery.commands.shipments import begin_shipment
from retaguarda.modules.delivery.events import OrderDelivered, OrderShipped
from retaguarda.modules.delivery.model import Shipment
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

CARRIER = Statement(
    select(party.carrier.c.id).where(
        party.carrier.c.party_id == bindparam("party_id", type_=party.carrier.c.party_id.type), party.carrier.c.active
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PickOrder(Command):
    """Takes an invoiced order's goods off their places and opens its shipment. All of it is picked at once."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipOrder(Command):
    """Hands a picked order to the carrier, or to our own driver: the goods leave the stock."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None
    carrier_id: Annotated[str, Ref("party")] | None = None
    tracking_code: Annotated[str, Text(60)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverOrder(Command):
    """Says that the customer has the goods, and who took them. The promise is judged by today, and the order ends."""

    order_id: Annotated[str, Ref("sales_order")]
    receiver_name: Annotated[str, Text(80)]
    receiver_document: Annotated[str, Text(30)] = ""
    version: Annotated[int, Version()] | None = None


def pick_order(unit: Unit, command: PickOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    invoice = billing.invoice_of(unit, (sales.DOCUMENT, order.id))
    if invoice is None:
        raise Refusal("delivery.pick_order.not_invoiced", number=order.number)
    step(order, shipment, "pick")
    lines = kept_lines(unit, order)
    demand_reserved(unit, order, lines, "delivery.pick_order.not_reserved")
    result = inventory.pick(unit, (sales.DOCUMENT, order.id))
    if result.missing:
        # Sold by an authorised negative before its entry was typed: it leaves by the same authorisation.
        unit.warn("delivery.pick_order.not_on_shelf", number=order.number, lines=len(result.missing))
    return begin_shipment(unit, order, lines, invoice.id)


def ship_order(unit: Unit, command: ShipOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    state = step(order, shipment, "ship")
    if command.carrier_id is not None and unit.one(CARRIER, party_id=command.carrier_id) is None:
        raise Invalid(Fault("carrier_id", "delivery.not_a_carrier"))
    lines = kept_lines(unit, order)
    demand_reserved(unit, order, lines, "delivery.ship_order.not_reserved")
    inventory.ship(unit, (sales.DOCUMENT, order.id))
    unit.revise(
        Shipment,
        shipment,
        state=state,
        shipped_at=unit.now,
        carrier_id=command.carrier_id,
        tracking_code=command.tracking_code,
    )
    unit.emit(OrderShipped(order.id, shipment.id, command.carrier_id))
    return {"id": shipment.id, "version": shipment.version + 1, "number": order.number}


def deliver_order(unit: Unit, command: DeliverOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    state = step(order, shipment, "deliver")
    lines = sales.order_lines(unit, order.id)
    kept = sales.keep_promises(unit, order.id, unit.today) == len(lines)
    unit.revise(
        Shipment,
        shipment,
        state=state,
        delivered_at=unit.now,
        delivered_on=unit.today,
        receiver_name=command.receiver_name,
        receiver_document=command.receiver_document,
        kept=kept,
    )
    unit.emit(OrderDelivered(order.id, shipment.id, unit.today, kept))
    sales.close_order(unit, order.id)
    return {"id": shipment.id, "version": shipment.version + 1, "number": order.number}
