"""How a shipment begins once an order's goods are picked, and how its packing ends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import rules
from retaguarda.modules.delivery.events import OrderPacked, OrderPicked
from retaguarda.modules.delivery.model import Shipment, ShipmentLine, Volume, VolumeLine


def begin_shipment(unit: Unit, order: Any, lines: Sequence[Any]) -> Mapping[str, Any]:
    """Opens the shipment of an order whose goods (`lines` of it) are all picked.

    It still has to be packed where the company packs by a step of its own; elsewhere it lies in one volume already.
    """
    shipment_id, settings = unit.new_id(), company.settings(unit)
    packs = settings["packing"] == rules.OWN_STEP and bool(lines)
    unit.append(ShipmentLine, [_line(shipment_id, n, line) for n, line in enumerate(lines, 1)])
    if lines and not packs:
        volume_id = unit.new_id()
        rows = [volume_row(shipment_id, volume_id, line.id, line.product_id, line.quantity) for line in lines]
        unit.append(VolumeLine, rows)
        unit.add(Volume, id=volume_id, shipment_id=shipment_id, number=1, **closed_by(unit))
    unit.add(
        Shipment,
        id=shipment_id,
        order_id=order.id,
        branch_id=order.branch_id,
        state=rules.PICKED if packs else rules.PACKED,
        picked_at=unit.now,
        picker_id=unit.actor.person_id,
        second_check=packs and settings["second_check"] == "yes",
        packed_at=None if packs else unit.now,
        tracking_code="",
        receiver_name="",
        receiver_document="",
        return_reason="",
    )
    unit.emit(OrderPicked(order.id, shipment_id))
    if not packs:
        unit.emit(OrderPacked(order.id, shipment_id))
    return {"id": shipment_id, "version": 1, "number": order.number, "packed": not packs}


def _line(shipment_id: str, position: int, line: Any) -> dict[str, Any]:
    return {
        "shipment_id": shipment_id,
        "position": position,
        "order_line_id": line.id,
        "product_id": line.product_id,
        "quantity": line.quantity,
    }


def volume_row(shipment_id: str, volume_id: str, order_line_id: str, product_id: str, quantity: Any) -> dict[str, Any]:
    """A row of the ledger of volumes."""
    return {
        "shipment_id": shipment_id,
        "volume_id": volume_id,
        "order_line_id": order_line_id,
        "product_id": product_id,
        "quantity": quantity,
    }


def closed_by(unit: Unit) -> dict[str, Any]:
    """What a volume says that the actor has closed."""
    return {"state": rules.CLOSED, "packer_id": unit.actor.person_id, "packed_at": unit.now}


def end_packing(unit: Unit, order: Any, shipment: Any) -> None:
    """The shipment is packed; the database refuses it unless what was packed is exactly what was picked."""
    unit.revise(Shipment, shipment, state=rules.PACKED, packed_at=unit.now)
    unit.emit(OrderPacked(order.id, shipment.id))
