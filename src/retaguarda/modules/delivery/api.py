"""The public door of delivery: its selectables and the shipment of an order."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import model, rules
from retaguarda.modules.inventory import api as inventory
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


_LIST, _TASK, _ENTRY, _PLACE = pick_list.c, pick_task.c, pick_entry.c, inventory.location.c
_PAPER, _PAPER_LINE = inventory.stock_document.c, inventory.stock_document_line.c
# A place where somebody found less than the books have is left out until a paper of the warehouse names it again.
LOOKED_AFTER = (
    select(_PAPER_LINE.id)
    .where(
        _PAPER_LINE.product_id == _TASK.product_id,
        (_PAPER_LINE.location_id == _TASK.location_id) | (_PAPER_LINE.to_location_id == _TASK.location_id),
        _PAPER_LINE.at > _ENTRY.at,
    )
    .exists()
)
_HOLD, _LINE = inventory.stock_hold.c, sales.sales_order_line.c
_HELD = (
    select(_HOLD.id)
    .where(
        _HOLD.document_id == _LIST.id,
        _HOLD.product_id == _TASK.product_id,
        _HOLD.location_id == _TASK.location_id,
        _HOLD.lot == _TASK.lot,
        _HOLD.at >= _ENTRY.at,
    )
    .exists()
)
_WHERE = (_LIST.id, _TASK.product_id, _TASK.location_id, _PLACE.warehouse_id, _TASK.lot, _PLACE.code)
NOT_FOUND = Statement(
    select(*_WHERE, func.min(_LINE.name).label("name"))
    .join(pick_task, _TASK.pick_list_id == _LIST.id)
    .join(pick_entry, _ENTRY.task_id == _TASK.id)
    .join(inventory.location, _PLACE.id == _TASK.location_id)
    .join(sales.sales_order_line, _LINE.id == _TASK.order_line_id)
    .where(
        _LIST.order_id == bindparam("order_id", type_=Key()),
        _LIST.state != rules.OPEN,
        _ENTRY.kind == rules.SHORT,
        _ENTRY.reason != rules.DAMAGED,
        ~LOOKED_AFTER,
        ~_HELD,
    )
    .group_by(*_WHERE)
    .order_by(_TASK.product_id, _TASK.location_id, _TASK.lot)
)


def not_found(reads: Reads, order_id: str) -> list[Any]:
    """Where pickers of an order did not find what the books have, as long as nobody has looked after it or held it
    back."""
    return reads.all(NOT_FOUND, order_id=order_id)
