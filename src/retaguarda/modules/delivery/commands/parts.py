"""What the commands of delivery share: the order with its shipment, the next state, what is still reserved."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from retaguarda.kernel.errors import Refusal, Shortfall
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.model import Shipment
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales


def load(unit: Unit, order_id: str, version: int | None = None) -> tuple[Any, Any]:
    """The order as its sender saw it, and its shipment; refuses an order that nobody may work on."""
    order, shipment = api.load_both(unit, order_id)
    in_hand(order)
    unit.fresh(order, version, sales.DOCUMENT)
    return order, shipment


def load_shipment(unit: Unit, shipment_id: str, field: str = "shipment_id") -> tuple[Any, Any]:
    """A shipment and its order; refuses an order that nobody may work on."""
    shipment = unit.get(Shipment, shipment_id, field=field)
    return in_hand(sales.load_order(unit, shipment.order_id, field)), shipment


def in_hand(order: Any) -> Any:
    """The order, if delivery may work on it."""
    if order.state != rules.IN_HAND:
        raise Refusal("delivery.order_not_in_hand", number=order.number, state=f"sales.order.state.{order.state}")
    return order


def billed_in_time(order: Any) -> None:
    """Refuses an order whose goods stay until it is invoiced; of one that is billed when shipped they need not."""
    if order.invoiced_at is None and order.invoice_policy == sales.BILLED_CONFIRMED:
        raise Refusal("delivery.pick_order.not_invoiced", number=order.number)


def step(order: Any, shipment: Any, verb: str) -> str:
    """The state `verb` leads the shipment to; refuses when it has no place now."""
    now = rules.NONE if shipment is None else shipment.state
    state = rules.next_state(now, verb)
    if state is None:
        raise Refusal("delivery.out_of_turn", number=order.number, state=f"delivery.shipment.state.{now}")
    return state


def kept_lines(unit: Unit, order: Any) -> list[Any]:
    """The order's lines that are kept in stock; services need no picking."""
    return [line for line in sales.order_lines(unit, order.id) if line.kind == catalog.STOCK]


def not_reserved(lines: Sequence[Any], reserved: inventory.Reservations) -> list[dict[str, Any]]:
    """The lines of which a count, a hold or a late receipt took something since the order was confirmed."""
    there: dict[str, Decimal] = {}
    for row in reserved.by_line:
        if row.expected_id is None:
            there[row.line_id] = there.get(row.line_id, Decimal(0)) + row.quantity
    return [
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


def demand_reserved(unit: Unit, order: Any, lines: Sequence[Any], code: str) -> inventory.Reservations:
    """What is reserved for the order; refuses, naming every line, what is not any more."""
    reserved = inventory.reservations_of(unit, (sales.DOCUMENT, order.id))
    short = not_reserved(lines, reserved)
    if short:
        lacking = {row["line_id"]: row["needed"] - row["reserved"] for row in short}
        inventory.refuse_awaited(unit, reserved.by_line, lacking, number=order.number)
        names = [row["name"] for row in short]
        raise Shortfall(
            code, subject=(sales.DOCUMENT, order.id), cause_key=code, number=order.number, names=names, lines=short
        )
    if order.fails:
        close_failures(unit, order.id, code)
    return reserved
