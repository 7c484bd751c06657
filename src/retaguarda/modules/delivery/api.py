"""The public door of delivery: its selectables and the shipment of an order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from retaguarda.kernel.model import table_of
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import model, rules
from retaguarda.modules.sales import api as sales

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
_BESIDE = [column.label(f"shipment_{column.key}") for column in shipment.c]
ORDER_WITH_SHIPMENT = Statement(
    sales.ORDER_LOAD.add_columns(*_BESIDE).outerjoin(shipment, (shipment.c.order_id == sales.sales_order.c.id) & LIVE)
)


def load_both(unit: Unit, order_id: str) -> tuple[Any, Any | None]:
    """An order as `sales.load_order` gives it and its shipment, in one statement."""
    row = sales.load_order(unit, order_id, load=ORDER_WITH_SHIPMENT)
    if row.shipment_id is None:
        return row, None
    return row, SimpleNamespace(**{column.key: getattr(row, f"shipment_{column.key}") for column in shipment.c})
