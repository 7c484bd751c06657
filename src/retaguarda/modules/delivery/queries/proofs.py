"""What `check` proves of delivery: each ledger against what it stands for."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select

from retaguarda.kernel.module import Proof
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

_S, _L, _O = api.shipment, api.shipment_line, sales.sales_order
_VL = api.volume_line
_IN_VOLUMES = (
    select(func.coalesce(func.sum(_VL.c.quantity), 0))
    .where(_VL.c.shipment_id == _L.c.shipment_id, _VL.c.order_line_id == _L.c.order_line_id)
    .scalar_subquery()
)
_SL, _RL = inventory.shipped_line, inventory.returned_line
_LEFT_STOCK = (
    select(func.coalesce(func.sum(_SL.c.quantity), 0))
    .where(_SL.c.line_id == _L.c.order_line_id, _SL.c.at == _S.c.shipped_at)
    .scalar_subquery()
)

_K, _T, _E, _SP = api.pick_list, api.pick_task, api.pick_entry, inventory.stock_pick


def _entries(*kinds: str) -> ColumnElement[Any]:
    return (
        select(func.coalesce(func.sum(_E.c.quantity), 0))
        .where(_E.c.task_id == _T.c.id, _E.c.kind.in_(kinds))
        .scalar_subquery()
    )


_STOCK_PICKED = (
    select(func.coalesce(func.sum(_SP.c.quantity), 0))
    .where(
        _SP.c.kind == "pick",
        _SP.c.line_id == _T.c.order_line_id,
        _SP.c.location_id == _T.c.location_id,
        _SP.c.lot == _T.c.lot,
    )
    .scalar_subquery()
)

_CAME_BACK = (
    select(func.coalesce(func.sum(_RL.c.quantity), 0))
    .where(_RL.c.document_id == _S.c.id, _RL.c.line_id == _L.c.order_line_id)
    .scalar_subquery()
)

PROOFS = (
    Proof(
        "delivery.ended_list_is_done",
        select(_T.c.id, _T.c.quantity.label("expected"), _entries(rules.PICK, rules.SHORT).label("found"))
        .join(_K, _K.c.id == _T.c.pick_list_id)
        .where(_K.c.state.in_((rules.DONE, rules.SHORT)), _T.c.quantity != _entries(rules.PICK, rules.SHORT)),
    ),
    Proof(
        "delivery.picked_in_stock",
        select(_T.c.id, _entries(rules.PICK).label("expected"), _STOCK_PICKED.label("found")).where(
            _entries(rules.PICK) > _STOCK_PICKED
        ),
    ),
    Proof(
        "delivery.packed_is_picked",
        select(_L.c.id, _L.c.quantity.label("expected"), _IN_VOLUMES.label("found"))
        .join(_S, _S.c.id == _L.c.shipment_id)
        .where(or_(_L.c.quantity < _IN_VOLUMES, and_(_S.c.packed_at.is_not(None), _L.c.quantity != _IN_VOLUMES))),
    ),
    Proof(
        "delivery.shipped_left_stock",
        select(_L.c.id, _L.c.quantity.label("expected"), _LEFT_STOCK.label("found"))
        .join(_S, _S.c.id == _L.c.shipment_id)
        .where(_S.c.shipped_at.is_not(None), _L.c.quantity != _LEFT_STOCK),
    ),
    Proof(
        "delivery.returned_came_back",
        select(_L.c.id, _L.c.quantity.label("expected"), _CAME_BACK.label("found"))
        .join(_S, _S.c.id == _L.c.shipment_id)
        .where(_S.c.state == rules.RETURNED, _S.c.shipped_at.is_not(None), _L.c.quantity != _CAME_BACK),
    ),
    Proof(
        "delivery.delivered_order_is_closed",
        select(_S.c.id, _S.c.state.label("expected"), _O.c.state.label("found"))
        .join(_O, _O.c.id == _S.c.order_id)
        .where(and_(_S.c.state == rules.DELIVERED, _O.c.state != "closed")),
    ),
)
