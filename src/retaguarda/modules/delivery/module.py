"""Delivery: shipments of orders, picked, shipped and delivered, one command each."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from retaguarda.kernel.module import Handled, Module, Proof
from retaguarda.modules.delivery import api, commands, events, model, queries, rules, screens
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

_S, _L, _M, _O = api.shipment, api.shipment_line, inventory.stock_move, sales.sales_order
_VL = api.volume_line
_IN_VOLUMES = (
    select(func.coalesce(func.sum(_VL.c.quantity), 0))
    .where(_VL.c.shipment_id == _L.c.shipment_id, _VL.c.order_line_id == _L.c.order_line_id)
    .scalar_subquery()
)
_LEFT_STOCK = (
    select(func.coalesce(func.sum(_M.c.quantity), 0))
    .where(_M.c.line_id == _L.c.order_line_id, _M.c.kind == "ship")
    .scalar_subquery()
)

PROOFS = (
    Proof(
        "delivery.packed_is_picked",
        select(_L.c.id, _L.c.quantity.label("expected"), _IN_VOLUMES.label("found"))
        .join(_S, _S.c.id == _L.c.shipment_id)
        .where(or_(_L.c.quantity < _IN_VOLUMES, and_(_S.c.state != rules.PICKED, _L.c.quantity != _IN_VOLUMES))),
    ),
    Proof(
        "delivery.shipped_left_stock",
        select(_L.c.id, _L.c.quantity.label("expected"), _LEFT_STOCK.label("found"))
        .join(_S, _S.c.id == _L.c.shipment_id)
        .where(_S.c.state.in_((rules.SHIPPED, rules.DELIVERED)), _L.c.quantity != _LEFT_STOCK),
    ),
    Proof(
        "delivery.delivered_order_is_closed",
        select(_S.c.id, _S.c.state.label("expected"), _O.c.state.label("found"))
        .join(_O, _O.c.id == _S.c.order_id)
        .where(and_(_S.c.state == rules.DELIVERED, _O.c.state != "closed")),
    ),
)

READERS = ("picking", "shipping", "delivery", "sales", "commercial", "relations", "stock", "finance", "analyst")
PACKS = ("delivery.pack_order", "delivery.check_volume")
DOES = {
    "picking": ("delivery.pick_order", *PACKS),
    "shipping": ("delivery.ship_order", *PACKS),
    "delivery": ("delivery.deliver_order",),
}
_SHIPMENT, _VOLUME = ("delivery.shipments", "id"), ("delivery.volumes", "volume_id")
_PACKING = "delivery.pack_order"
"""Who may pack an order may do all that packing it takes, but for the check of another person's work."""

MODULE = Module(
    name="delivery",
    needs=("company", "party", "catalog", "inventory", "billing", "sales"),
    models=tuple(getattr(model, name) for name in model.__all__),
    commands=(
        Handled(commands.PickOrder, commands.pick_order, rows=_SHIPMENT),
        Handled(commands.PackOrder, commands.pack_order, rows=_SHIPMENT),
        Handled(commands.ScanPack, commands.scan_pack, rows=_SHIPMENT, permission=_PACKING),
        Handled(commands.TakeOut, commands.take_out, rows=_SHIPMENT, permission=_PACKING),
        Handled(commands.CloseVolume, commands.close_volume, rows=_VOLUME, permission=_PACKING),
        Handled(commands.CheckVolume, commands.check_volume, rows=_VOLUME),
        Handled(commands.ShipOrder, commands.ship_order, rows=_SHIPMENT),
        Handled(commands.DeliverOrder, commands.deliver_order, rows=_SHIPMENT),
    ),
    queries=queries.ALL,
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    failures=("delivery.pick_order.not_reserved", "delivery.ship_order.not_reserved"),
    events=(events.OrderPicked, events.OrderPacked, events.OrderShipped, events.OrderDelivered),
    grants={role: (queries.READ, *DOES.get(role, ())) for role in READERS},
    proofs=PROOFS,
    guards={"ck_volume_checker": "delivery.check_volume.same_person"},
)
