"""The short way of an order: picked, shipped and delivered whole, one command each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Money, Picture, Ref, Text, Version
from retaguarda.kernel.picture import png_size
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery.commands.carriers import expected_by
from retaguarda.modules.delivery.commands.carrying import CAME_BACK, FAILED
from retaguarda.modules.delivery.commands.parts import billed_in_time, demand_reserved, kept_lines, load, step
from retaguarda.modules.delivery.commands.shipments import begin_shipment
from retaguarda.modules.delivery.events import OrderDelivered, OrderShipped
from retaguarda.modules.delivery.model import DeliverySignature, Shipment
from retaguarda.modules.delivery.model.carrying import MOST_BYTES
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales


@dataclass(frozen=True, slots=True, kw_only=True)
class PickOrder(Command):
    """Takes an order's goods off their places and opens its shipment. All of it is picked at once."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ShipOrder(Command):
    """Hands a picked order to the carrier, or to our own driver: the goods leave the stock."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None
    carrier_id: Annotated[str, Ref("party")] | None = None
    tracking_code: Annotated[str, Text(60)] = ""
    freight_amount: Annotated[Decimal, Money(least=Decimal(0))] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliverOrder(Command):
    """Says that the customer has the goods, who took them, and what they signed with (a PNG of at most 64 KB). The
    promise is judged by today, and the order ends."""

    order_id: Annotated[str, Ref("sales_order")]
    receiver_name: Annotated[str, Text(80)]
    receiver_document: Annotated[str, Text(30)] = ""
    signature: Annotated[bytes, Picture(MOST_BYTES)] | None = None
    version: Annotated[int, Version()] | None = None


def pick_order(unit: Unit, command: PickOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    billed_in_time(order)
    step(order, shipment, "pick")
    lines = kept_lines(unit, order)
    reserved = demand_reserved(unit, order, lines, "delivery.pick_order.not_reserved")
    result = inventory.pick(unit, (sales.DOCUMENT, order.id), reserved=reserved)
    if result.missing:
        # Sold by an authorised negative before its entry was typed: it leaves by the same authorisation.
        unit.warn("delivery.pick_order.not_on_shelf", number=order.number, lines=len(result.missing))
    return begin_shipment(unit, order, lines)


def ship_order(unit: Unit, command: ShipOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    state = step(order, shipment, "ship")
    expected_on = expected_by(unit, order, command.carrier_id)
    lines = kept_lines(unit, order)
    reserved = demand_reserved(unit, order, lines, "delivery.ship_order.not_reserved")
    unit.numbered((sales.DOCUMENT, order.id), order.number)
    inventory.ship(unit, (sales.DOCUMENT, order.id), reserved=reserved)
    unit.revise(
        Shipment,
        shipment,
        state=state,
        shipped_at=unit.now,
        carrier_id=command.carrier_id,
        tracking_code=command.tracking_code,
        freight_amount=command.freight_amount,
        expected_on=expected_on,
    )
    if expected_on is not None and expected_on > order.promised_on:
        unit.warn("delivery.after_promise", number=order.number, day=expected_on, promised_on=order.promised_on)
    if order.fails:
        close_failures(unit, order.id, CAME_BACK)
    unit.emit(OrderShipped(order.id, shipment.id, command.carrier_id))
    return {"id": shipment.id, "version": shipment.version + 1, "number": order.number}


def deliver_order(unit: Unit, command: DeliverOrder) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    state = step(order, shipment, "deliver")
    if order.invoiced_at is None:
        raise Refusal("delivery.deliver_order.not_invoiced", number=order.number)
    lines = sales.order_lines(unit, order.id)
    if command.signature is not None:
        width, height = png_size(command.signature)
        unit.append(
            DeliverySignature,
            [{"shipment_id": shipment.id, "picture": command.signature, "width": width, "height": height}],
        )
    if order.fails:
        close_failures(unit, order.id, FAILED)
    kept = sales.keep_promises(unit, order.id, unit.today, lines)
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
    sales.close_order(unit, order)
    return {"id": shipment.id, "version": shipment.version + 1, "number": order.number}
