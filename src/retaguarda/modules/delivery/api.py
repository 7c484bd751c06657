"""The public door of delivery: its selectables and the shipment of an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select

from retaguarda.kernel.calendar import NeverOpen
from retaguarda.kernel.model import Key, table_of
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import model, rules
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
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
        # In the same instant (what is tried at once) the later one has the later key.
        or_(_PAPER_LINE.at > _ENTRY.at, and_(_PAPER_LINE.at == _ENTRY.at, _PAPER_LINE.id > _ENTRY.id)),
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


IN_PICKING = Statement(
    select(sales.sales_order.c.number)
    .join(pick_list, pick_list.c.order_id == sales.sales_order.c.id)
    .where(sales.sales_order.c.id == bindparam("order_id", type_=Key()), pick_list.c.state == rules.OPEN)
)


FAILED, CAME_BACK = "delivery.attempt_failed", "delivery.came_back"
"""The failures of a shipment that did not reach the customer, and of one that is in the house again."""
SHIPPED = rules.SHIPPED
_CARRIER, _PARTY = party.carrier, party.party
CARRIERS = Statement(
    select(_PARTY.c.id, _PARTY.c.name, carrier_terms.c.weekdays, carrier_terms.c.cut_off_minute,
           carrier_terms.c.transit_days)
    .join(_CARRIER, _CARRIER.c.party_id == _PARTY.c.id)
    .join(carrier_terms, carrier_terms.c.party_id == _PARTY.c.id)
    .where(_CARRIER.c.active, ~_PARTY.c.archived)
    .order_by(_PARTY.c.name, _PARTY.c.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CarrierFacts:
    """A carrier, and when it brings what it takes along the next time it comes; None where nobody knows."""

    id: str
    name: str
    expected_on: dt.date | None


def carriers(unit: Unit, branch_id: str) -> list[CarrierFacts]:
    """The carriers of which is known when they come, by name."""
    return [CarrierFacts(row.id, row.name, arrival(unit, branch_id, row)) for row in unit.all(CARRIERS)]


def arrival(unit: Unit, branch_id: str, terms: Any) -> dt.date | None:
    """The day on which a carrier with these terms brings what is ready at the branch now; None where nobody knows."""
    calendar = company.calendar_of(unit, branch_id)
    leaves = rules.next_pick_up(terms.weekdays, terms.cut_off_minute, unit.now.astimezone(calendar.zone))
    try:
        return calendar.add_working_days(leaves, terms.transit_days) if terms.transit_days else leaves
    except NeverOpen:
        return None


def being_picked(reads: Reads, order_id: str) -> int | None:
    """The order's number while somebody has its pick list in hand."""
    row = reads.one(IN_PICKING, order_id=order_id)
    return None if row is None else row.number


def not_found(reads: Reads, order_id: str) -> list[Any]:
    """Where pickers of an order did not find what the books have, as long as nobody has looked after it or held it
    back."""
    return reads.all(NOT_FOUND, order_id=order_id)
