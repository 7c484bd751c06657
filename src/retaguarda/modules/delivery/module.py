"""Delivery: shipments of orders, picked, shipped and delivered, one command each."""

from __future__ import annotations

from sqlalchemy import and_, func, select

from retaguarda.kernel.module import Handled, Module, Proof
from retaguarda.modules.delivery import api, commands, events, model, queries, rules, screens
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

_S, _L, _M, _O = api.shipment, api.shipment_line, inventory.stock_move, sales.sales_order
_LEFT_STOCK = (
    select(func.coalesce(func.sum(_M.c.quantity), 0))
    .where(_M.c.line_id == _L.c.order_line_id, _M.c.kind == "ship")
    .scalar_subquery()
)

PROOFS = (
    Proof(
        "delivery.shipped_left_stock",
        select(_L.c.id, _L.c.quantity.label("expected"), _LEFT_STOCK.label("found"))
        .join(_S, _S.c.id == _L.c.shipment_id)
        .where(_S.c.state != rules.PICKED, _L.c.quantity != _LEFT_STOCK),
    ),
    Proof(
        "delivery.delivered_order_is_closed",
        select(_S.c.id, _S.c.state.label("expected"), _O.c.state.label("found"))
        .join(_O, _O.c.id == _S.c.order_id)
        .where(and_(_S.c.state == rules.DELIVERED, _O.c.state != "closed")),
    ),
)

READERS = ("picking", "shipping", "delivery", "sales", "commercial", "relations", "stock", "finance", "analyst")
DOES = {
    "picking": ("delivery.pick_order",),
    "shipping": ("delivery.ship_order",),
    "delivery": ("delivery.deliver_order",),
}

MODULE = Module(
    name="delivery",
    needs=("company", "party", "catalog", "inventory", "billing", "sales"),
    models=(model.Shipment, model.ShipmentLine),
    commands=(
        Handled(commands.PickOrder, commands.pick_order, rows=("delivery.shipments", "id")),
        Handled(commands.ShipOrder, commands.ship_order, rows=("delivery.shipments", "id")),
        Handled(commands.DeliverOrder, commands.deliver_order, rows=("delivery.shipments", "id")),
    ),
    queries=(
        queries.orders_to_pick,
        queries.orders_to_ship,
        queries.orders_to_deliver,
        queries.order_steps,
        queries.shipments,
    ),
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    failures=("delivery.pick_order.not_reserved", "delivery.ship_order.not_reserved"),
    events=(events.OrderPicked, events.OrderShipped, events.OrderDelivered),
    grants={role: (queries.READ, *DOES.get(role, ())) for role in READERS},
    proofs=PROOFS,
)
