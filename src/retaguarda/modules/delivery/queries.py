"""What screens and scripts ask of delivery: what waits for picking, shipping and delivery, and every shipment."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from sqlalchemy import and_, func, select

from retaguarda.kernel.query import Query
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

READ = "delivery.read"
_S, _O, _P = api.shipment, sales.sales_order, party.party
_ORDERS = _O.join(_P, _P.c.id == _O.c.customer_id).outerjoin(_S, _S.c.order_id == _O.c.id)
_IN_HAND = and_(_O.c.state == rules.IN_HAND, _O.c.invoiced_at.is_not(None))
_LINES = (
    select(func.count())
    .select_from(sales.sales_order_line)
    .where(sales.sales_order_line.c.order_id == _O.c.id, sales.sales_order_line.c.active)
    .scalar_subquery()
)
_carrier = _P.alias("carrier_party")
_HEAD = (
    _O.c.id,
    _O.c.version,
    _O.c.number,
    _O.c.branch_id,
    _P.c.name.label("customer_name"),
    _O.c.handover,
    _O.c.promised_on,
)


@dataclass(frozen=True, slots=True)
class OrderToPickRow:
    """An invoiced order whose goods nobody has taken off their places yet."""

    id: str
    version: int
    number: int
    branch_id: str
    customer_name: str
    handover: str
    promised_on: dt.date
    line_count: int
    invoiced_at: dt.datetime
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderToShipRow:
    """A picked order that waits for the carrier."""

    id: str
    version: int
    number: int
    branch_id: str
    customer_name: str
    handover: str
    promised_on: dt.date
    line_count: int
    picked_at: dt.datetime
    shipment_id: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderToDeliverRow:
    """A shipped order on its way to the customer."""

    id: str
    version: int
    number: int
    branch_id: str
    customer_name: str
    handover: str
    promised_on: dt.date
    city: str | None
    shipped_at: dt.datetime
    carrier_name: str | None
    tracking_code: str
    shipment_id: str
    allowed: tuple[str, ...] = ()


def _offers(*commands: str) -> Any:
    return lambda _row: commands


orders_to_pick = Query(
    "delivery.orders_to_pick",
    OrderToPickRow,
    select(*_HEAD, _LINES.label("line_count"), _O.c.invoiced_at)
    .select_from(_ORDERS)
    .where(_IN_HAND, _S.c.id.is_(None)),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_offers("delivery.pick_order"),
)

orders_to_ship = Query(
    "delivery.orders_to_ship",
    OrderToShipRow,
    select(*_HEAD, _LINES.label("line_count"), _S.c.picked_at, _S.c.id.label("shipment_id"))
    .select_from(_ORDERS)
    .where(_IN_HAND, _S.c.state == rules.PICKED),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_offers("delivery.ship_order"),
)

orders_to_deliver = Query(
    "delivery.orders_to_deliver",
    OrderToDeliverRow,
    select(
        *_HEAD,
        party.main_address.c.city,
        _S.c.shipped_at,
        _carrier.c.name.label("carrier_name"),
        _S.c.tracking_code,
        _S.c.id.label("shipment_id"),
    )
    .select_from(party.with_main_address(_ORDERS).outerjoin(_carrier, _carrier.c.id == _S.c.carrier_id))
    .where(_IN_HAND, _S.c.state == rules.SHIPPED),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_offers("delivery.deliver_order"),
)


@dataclass(frozen=True, slots=True)
class OrderStepsRow:
    """What delivery offers on an order's page, by the order's key."""

    id: str
    version: int
    state: str
    billed: bool
    shipment_state: str | None
    allowed: tuple[str, ...] = ()


def _next_steps(row: OrderStepsRow) -> tuple[str, ...]:
    if row.state != rules.IN_HAND or not row.billed:
        return ()
    return tuple(f"delivery.{verb}_order" for verb in rules.verbs(row.shipment_state or rules.NONE))


order_steps = Query(
    "delivery.order_steps",
    OrderStepsRow,
    select(
        _O.c.id,
        _O.c.version,
        _O.c.state,
        _O.c.invoiced_at.is_not(None).label("billed"),
        _S.c.state.label("shipment_state"),
    ).select_from(_O.outerjoin(_S, _S.c.order_id == _O.c.id)),
    permission=READ,
    key=_O.c.id,
    order="id",
    branch=_O.c.branch_id,
    allowed=_next_steps,
)


@dataclass(frozen=True, slots=True)
class ShipmentRow:
    """A shipment with its order: where it stands, who took it, whether the promise was kept."""

    id: str
    version: int
    order_id: str
    order_number: int
    branch_id: str
    customer_name: str
    state: str
    promised_on: dt.date
    picked_at: dt.datetime
    shipped_at: dt.datetime | None
    carrier_name: str | None
    tracking_code: str
    delivered_at: dt.datetime | None
    delivered_on: dt.date | None
    receiver_name: str
    receiver_document: str
    kept: bool | None


shipments = Query(
    "delivery.shipments",
    ShipmentRow,
    select(
        _S.c.id,
        _S.c.version,
        _S.c.order_id,
        _O.c.number.label("order_number"),
        _S.c.branch_id,
        _P.c.name.label("customer_name"),
        _S.c.state,
        _O.c.promised_on,
        _S.c.picked_at,
        _S.c.shipped_at,
        _carrier.c.name.label("carrier_name"),
        _S.c.tracking_code,
        _S.c.delivered_at,
        _S.c.delivered_on,
        _S.c.receiver_name,
        _S.c.receiver_document,
        _S.c.kept,
    ).select_from(
        _S.join(_O, _O.c.id == _S.c.order_id)
        .join(_P, _P.c.id == _O.c.customer_id)
        .outerjoin(_carrier, _carrier.c.id == _S.c.carrier_id)
    ),
    permission=READ,
    key=_S.c.id,
    order="-picked_at",
    search=_O.c.folded,
    branch=_S.c.branch_id,
)
