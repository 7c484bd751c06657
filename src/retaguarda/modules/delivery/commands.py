"""What changes a shipment: picking, shipping and delivering an order, one command each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal, Shortfall
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Ref, Text, Version
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.events import OrderDelivered, OrderPicked, OrderShipped
from retaguarda.modules.delivery.model import Shipment, ShipmentLine
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
    order, shipment = _load(unit, command)
    invoice = billing.invoice_of(unit, (sales.DOCUMENT, order.id))
    if invoice is None:
        raise Refusal("delivery.pick_order.not_invoiced", number=order.number)
    state = _step(order, shipment, "pick")
    lines = _kept_lines(unit, order)
    _demand_reserved(unit, order, lines, "delivery.pick_order.not_reserved")
    result = inventory.pick(unit, (sales.DOCUMENT, order.id))
    if result.missing:
        # Sold by an authorised negative before its entry was typed: it leaves by the same authorisation.
        unit.warn("delivery.pick_order.not_on_shelf", number=order.number, lines=len(result.missing))
    shipment_id = unit.new_id()
    unit.append(
        ShipmentLine,
        [
            {
                "shipment_id": shipment_id,
                "position": position,
                "order_line_id": line.id,
                "product_id": line.product_id,
                "quantity": line.quantity,
            }
            for position, line in enumerate(lines, 1)
        ],
    )
    unit.add(
        Shipment,
        id=shipment_id,
        order_id=order.id,
        branch_id=order.branch_id,
        invoice_id=invoice.id,
        state=state,
        picked_at=unit.now,
        picker_id=unit.actor.person_id,
        tracking_code="",
        receiver_name="",
        receiver_document="",
    )
    unit.emit(OrderPicked(order.id, shipment_id))
    return {"id": shipment_id, "version": 1, "number": order.number}


def ship_order(unit: Unit, command: ShipOrder) -> Mapping[str, Any]:
    order, shipment = _load(unit, command)
    state = _step(order, shipment, "ship")
    if command.carrier_id is not None and unit.one(CARRIER, party_id=command.carrier_id) is None:
        raise Invalid(Fault("carrier_id", "delivery.not_a_carrier"))
    lines = _kept_lines(unit, order)
    _demand_reserved(unit, order, lines, "delivery.ship_order.not_reserved")
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
    order, shipment = _load(unit, command)
    state = _step(order, shipment, "deliver")
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


def _load(unit: Unit, command: PickOrder | ShipOrder | DeliverOrder) -> tuple[Any, Any]:
    """The order as its sender saw it, and its shipment; refuses an order that nobody may work on."""
    order = sales.load_order(unit, command.order_id)
    unit.fresh(order, command.version, sales.DOCUMENT)
    if order.state != rules.IN_HAND:
        raise Refusal("delivery.order_not_in_hand", number=order.number, state=f"sales.order.state.{order.state}")
    return order, api.shipment_of(unit, order.id)


def _step(order: Any, shipment: Any, verb: str) -> str:
    """The state `verb` leads the shipment to; refuses when it has no place now."""
    now = rules.NONE if shipment is None else shipment.state
    state = rules.next_state(now, verb)
    if state is None:
        raise Refusal("delivery.out_of_turn", number=order.number, state=f"delivery.shipment.state.{now}")
    return state


def _kept_lines(unit: Unit, order: Any) -> list[Any]:
    """The order's lines that are kept in stock; services need no picking."""
    return [line for line in sales.order_lines(unit, order.id) if line.kind == catalog.STOCK]


def _demand_reserved(unit: Unit, order: Any, lines: Sequence[Any], code: str) -> None:
    """Refuses, naming every line, what a count, a hold or a late receipt took from the order since it was confirmed."""
    there: dict[str, Decimal] = {}
    for row in inventory.reserved_of(unit, (sales.DOCUMENT, order.id)):
        if row.expected_id is None:
            there[row.line_id] = there.get(row.line_id, Decimal(0)) + row.quantity
    short = [
        {
            "line_id": line.id,
            "position": line.position,
            "product_id": line.product_id,
            "name": line.name,
            "needed": line.quantity,
            "reserved": there.get(line.id, Decimal(0)),
        }
        for line in lines
        if there.get(line.id, Decimal(0)) < line.quantity
    ]
    if short:
        names = [row["name"] for row in short]
        raise Shortfall(
            code, subject=(sales.DOCUMENT, order.id), cause_key=code, number=order.number, names=names, lines=short
        )
    close_failures(unit, order.id, code)
