"""The public door of delivery: its selectables and the shipment of an order."""

from __future__ import annotations

from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.model import table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.modules.delivery import model, rules

shipment = table_of(model.Shipment)
shipment_line = table_of(model.ShipmentLine)
volume = table_of(model.Volume)
volume_line = table_of(model.VolumeLine)
carrier_terms = table_of(model.CarrierTerms)
delivery_attempt = table_of(model.DeliveryAttempt)
delivery_signature = table_of(model.DeliverySignature)
delivery_route = table_of(model.DeliveryRoute)
route_stop = table_of(model.RouteStop)
pick_list = table_of(model.PickList)
pick_task = table_of(model.PickTask)
pick_entry = table_of(model.PickEntry)

LIVE = shipment.c.state != rules.RETURNED
"""A shipment that came back is no longer the order's; the next one is."""
SHIPMENT_OF = Statement(
    select(shipment).where(shipment.c.order_id == bindparam("order_id", type_=shipment.c.order_id.type), LIVE)
)


def shipment_of(reads: Reads, order_id: str) -> Any | None:
    """The shipment of an order, None before it was picked and after it came back."""
    return reads.one(SHIPMENT_OF, order_id=order_id)
