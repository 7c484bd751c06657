"""A shipment that is on its way goes on with somebody else: another carrier, or our own driver."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Money, Ref, Text, Version
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.commands.carriers import expected_by
from retaguarda.modules.delivery.commands.parts import load, step
from retaguarda.modules.delivery.model import Shipment

_ROUTE, _STOP = api.delivery_route.c, api.route_stop.c
PLANNED_ON = Statement(
    select(_ROUTE.number)
    .join(api.route_stop, _STOP.route_id == _ROUTE.id)
    .where(_STOP.shipment_id == bindparam("shipment_id", type_=Key()), _ROUTE.state == rules.PLANNED)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ForwardShipment(Command):
    """Hands a shipment that left and did not reach the customer to another carrier, or without one to our own driver.
    What is paid for it is added to the freight."""

    order_id: Annotated[str, Ref("sales_order")]
    carrier_id: Annotated[str, Ref("party")] | None = None
    tracking_code: Annotated[str, Text(60)] = ""
    freight_amount: Annotated[Decimal, Money(least=Decimal(0))] | None = None
    version: Annotated[int, Version()] | None = None


def forward_shipment(unit: Unit, command: ForwardShipment) -> Mapping[str, Any]:
    order, shipment = load(unit, command.order_id, command.version)
    step(order, shipment, "fail")
    if command.carrier_id == shipment.carrier_id:
        raise Refusal("delivery.forward_shipment.same", field="carrier_id", number=order.number)
    planned = unit.one(PLANNED_ON, shipment_id=shipment.id)
    if planned is not None:
        raise Refusal("delivery.forward_shipment.planned", number=order.number, route=planned.number)
    expected_on = expected_by(unit, order, command.carrier_id)
    freight = shipment.freight_amount
    if command.freight_amount is not None:
        freight = (freight or Decimal(0)) + command.freight_amount
    unit.revise(
        Shipment,
        shipment,
        carrier_id=command.carrier_id,
        tracking_code=command.tracking_code,
        freight_amount=freight,
        expected_on=expected_on,
    )
    if expected_on is not None and expected_on > order.promised_on:
        unit.warn("delivery.after_promise", number=order.number, day=expected_on, promised_on=order.promised_on)
    return {"id": shipment.id, "version": shipment.version + 1, "number": order.number}
