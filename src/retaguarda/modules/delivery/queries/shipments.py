"""Every shipment, and what delivery offers on an order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import and_, func, select

from retaguarda.kernel.query import Query
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.queries.parts import READ
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api as sales

_S, _O, _P = api.shipment, sales.sales_order, party.party
_carrier = _P.alias("carrier_party")


@dataclass(frozen=True, slots=True)
class OrderStepsRow:
    """What delivery offers on an order's page, by the order's key."""

    id: str
    version: int
    state: str
    billed: bool
    invoice_policy: str
    shipment_state: str | None
    list_state: str | None
    allowed: tuple[str, ...] = ()


def _next_steps(row: OrderStepsRow) -> tuple[str, ...]:
    shipped_first = row.invoice_policy == sales.BILLED_SHIPPED
    if row.state != rules.IN_HAND or not (row.billed or shipped_first):
        return ()
    verbs = [verb for verb in rules.verbs(row.shipment_state or rules.NONE) if row.billed or verb != "deliver"]
    short = row.shipment_state is None and row.list_state == rules.SHORT
    return (*(rules.COMMANDS[verb] for verb in verbs), *(("delivery.accept_short",) if short else ()))


_K = api.pick_list
_LIST_STATE = select(_K.c.state).where(_K.c.order_id == _O.c.id).order_by(_K.c.number.desc()).limit(1).scalar_subquery()

order_steps = Query(
    "delivery.order_steps",
    OrderStepsRow,
    select(
        _O.c.id,
        _O.c.version,
        _O.c.state,
        _O.c.invoiced_at.is_not(None).label("billed"),
        _O.c.invoice_policy,
        _S.c.state.label("shipment_state"),
        _LIST_STATE.label("list_state"),
    ).select_from(_O.outerjoin(_S, and_(_S.c.order_id == _O.c.id, api.LIVE))),
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
    packed_at: dt.datetime | None
    shipped_at: dt.datetime | None
    carrier_name: str | None
    tracking_code: str
    delivered_at: dt.datetime | None
    delivered_on: dt.date | None
    receiver_name: str
    receiver_document: str
    kept: bool | None
    expected_on: dt.date | None
    freight_amount: Decimal | None
    attempt_count: int
    next_on: dt.date | None
    returned_at: dt.datetime | None
    return_reason: str
    allowed: tuple[str, ...] = ()


def _may(row: ShipmentRow) -> tuple[str, ...]:
    verbs = rules.verbs(row.state)
    return ("delivery.return_shipment",) if "return" in verbs else ()


_A = api.delivery_attempt
_TRIES = select(func.count()).select_from(_A).where(_A.c.shipment_id == _S.c.id).scalar_subquery()
_NEXT = select(_A.c.next_on).where(_A.c.shipment_id == _S.c.id, _A.c.number == _TRIES).scalar_subquery()


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
        _S.c.packed_at,
        _S.c.shipped_at,
        _carrier.c.name.label("carrier_name"),
        _S.c.tracking_code,
        _S.c.delivered_at,
        _S.c.delivered_on,
        _S.c.receiver_name,
        _S.c.receiver_document,
        _S.c.kept,
        _S.c.expected_on,
        _S.c.freight_amount,
        _TRIES.label("attempt_count"),
        _NEXT.label("next_on"),
        _S.c.returned_at,
        _S.c.return_reason,
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
    allowed=_may,
)
