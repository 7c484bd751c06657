"""What waits for picking, packing, shipping and delivery."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, and_, func, or_, select, type_coerce

from retaguarda.kernel.query import Query
from retaguarda.modules.company import api as company
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_S, _O, _P = api.shipment, sales.sales_order, party.party
_ORDERS = _O.join(_P, _P.c.id == _O.c.customer_id).outerjoin(_S, and_(_S.c.order_id == _O.c.id, api.LIVE))
_IN_HAND = and_(
    _O.c.state == rules.IN_HAND,
    or_(_O.c.invoiced_at.is_not(None), _O.c.invoice_policy == sales.BILLED_SHIPPED),
)
_LINES = (
    select(func.count())
    .select_from(sales.sales_order_line)
    .where(sales.sales_order_line.c.order_id == _O.c.id, sales.sales_order_line.c.active)
    .scalar_subquery()
)
_L, _V, _VL = api.shipment_line, api.volume, api.volume_line
_VOLUMES = (
    select(func.count()).select_from(_V).where(_V.c.shipment_id == _S.c.id, _V.c.state != rules.VOID).scalar_subquery()
)


def _sum_of(table: FromClause) -> ColumnElement[Any]:
    total = func.coalesce(func.sum(table.c.quantity), rules.ZERO)
    return select(total).where(table.c.shipment_id == _S.c.id).scalar_subquery()


_LEFT = type_coerce(_sum_of(_L) - _sum_of(_VL), _L.c.quantity.type)
_A = api.delivery_attempt
_TRIES = select(func.count()).select_from(_A).where(_A.c.shipment_id == _S.c.id).scalar_subquery()
_NEXT = select(_A.c.next_on).where(_A.c.shipment_id == _S.c.id, _A.c.number == _TRIES).scalar_subquery()
_K, _picker = api.pick_list, company.person.alias("order_picker")
_ended = _K.alias("ended_list")
_ENDED_SHORT = select(_ended.c.id).where(_ended.c.order_id == _O.c.id, _ended.c.state == rules.SHORT).exists()
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
    """An order whose goods are not all taken off their places yet; with its open list, if it has one. `short` says
    that a list has ended without all of them."""

    id: str
    version: int
    number: int
    branch_id: str
    customer_name: str
    handover: str
    promised_on: dt.date
    line_count: int
    invoiced_at: dt.datetime | None
    pick_list_id: str | None
    picker_name: str | None
    short: bool
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderToPackRow:
    """A picked order whose goods do not all lie in closed and checked volumes; `left` is still to be packed."""

    id: str
    version: int
    number: int
    branch_id: str
    customer_name: str
    handover: str
    promised_on: dt.date
    line_count: int
    left: Decimal
    volume_count: int
    picked_at: dt.datetime
    shipment_id: str
    allowed: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OrderToShipRow:
    """A packed order that waits for the carrier."""

    id: str
    version: int
    number: int
    branch_id: str
    customer_name: str
    handover: str
    promised_on: dt.date
    line_count: int
    volume_count: int
    packed_at: dt.datetime
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
    expected_on: dt.date | None
    attempt_count: int
    next_on: dt.date | None
    invoiced_at: dt.datetime | None
    allowed: tuple[str, ...] = ()


def _offers(*commands: str) -> Any:
    return lambda _row: commands


def _to_pick(row: OrderToPickRow) -> tuple[str, ...]:
    if row.pick_list_id:
        return ()
    go_on = ("delivery.accept_short",) if row.short else ()
    return ("delivery.start_picking", "delivery.pick_order", *go_on)


def _on_the_way(row: OrderToDeliverRow) -> tuple[str, ...]:
    """What was shipped before it is billed is handed over only then."""
    deliver = ("delivery.deliver_order",) if row.invoiced_at is not None else ()
    return (*deliver, "delivery.fail_delivery", "delivery.return_shipment")


orders_to_pick = Query(
    "delivery.orders_to_pick",
    OrderToPickRow,
    select(
        *_HEAD,
        _LINES.label("line_count"),
        _O.c.invoiced_at,
        _K.c.id.label("pick_list_id"),
        _picker.c.name.label("picker_name"),
        _ENDED_SHORT.label("short"),
    )
    .select_from(
        _ORDERS.outerjoin(_K, and_(_K.c.order_id == _O.c.id, _K.c.state == rules.OPEN)).outerjoin(
            _picker, _picker.c.id == _K.c.picker_id
        )
    )
    .where(_IN_HAND, _S.c.id.is_(None)),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_to_pick,
)

orders_to_pack = Query(
    "delivery.orders_to_pack",
    OrderToPackRow,
    select(
        *_HEAD,
        _LINES.label("line_count"),
        _LEFT.label("left"),
        _VOLUMES.label("volume_count"),
        _S.c.picked_at,
        _S.c.id.label("shipment_id"),
    )
    .select_from(_ORDERS)
    .where(_IN_HAND, _S.c.state == rules.PICKED),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_offers("delivery.pack_order", "delivery.return_shipment"),
)

orders_to_ship = Query(
    "delivery.orders_to_ship",
    OrderToShipRow,
    select(
        *_HEAD,
        _LINES.label("line_count"),
        _VOLUMES.label("volume_count"),
        _S.c.packed_at,
        _S.c.id.label("shipment_id"),
    )
    .select_from(_ORDERS)
    .where(_IN_HAND, _S.c.state == rules.PACKED),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_offers("delivery.ship_order", "delivery.return_shipment"),
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
        _S.c.expected_on,
        _TRIES.label("attempt_count"),
        _NEXT.label("next_on"),
        _O.c.invoiced_at,
    )
    .select_from(party.with_main_address(_ORDERS).outerjoin(_carrier, _carrier.c.id == _S.c.carrier_id))
    .where(_IN_HAND, _S.c.state == rules.SHIPPED),
    permission=READ,
    key=_O.c.id,
    order="promised_on",
    search=_O.c.folded,
    branch=_O.c.branch_id,
    allowed=_on_the_way,
)
