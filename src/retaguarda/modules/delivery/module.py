"""Delivery: shipments of orders, picked, shipped and delivered, one command each."""

from __future__ import annotations

from retaguarda.kernel.module import DocumentSpec, Handled, Listener, Module
from retaguarda.modules.delivery import commands, documents, events, listeners, migrations, model, queries, screens

READERS = ("picking", "shipping", "delivery", "sales", "commercial", "relations", "stock", "finance", "analyst")
PACKS = ("delivery.pack_order", "delivery.check_volume")
ROUTES = ("delivery.plan_route", "delivery.start_route", "delivery.end_route", "delivery.forward_shipment")
DOES = {
    "picking": ("delivery.pick_order", "delivery.hold_missing", *PACKS),
    "sales": ("delivery.accept_short", "delivery.hold_missing"),
    "commercial": ("delivery.accept_short", "delivery.hold_missing"),
    "stock": ("delivery.return_shipment", "delivery.hold_missing"),
    "shipping": (
        "delivery.ship_order",
        "delivery.return_shipment",
        "delivery.set_carrier_terms",
        *PACKS,
        *ROUTES,
    ),
    "delivery": ("delivery.deliver_order", "delivery.fail_delivery", *ROUTES),
}
_LIST, _ROUTE = ("delivery.pick_lists", "id"), ("delivery.routes", "id")
_SHIPMENT, _VOLUME = ("delivery.shipments", "id"), ("delivery.volumes", "volume_id")
_PICKING, _PACKING = "delivery.pick_order", "delivery.pack_order"
"""Who may pick or pack an order may do all that it takes, but for the check of another person's work."""

MODULE = Module(
    name="delivery",
    needs=("company", "party", "catalog", "inventory", "billing", "sales"),
    models=tuple(getattr(model, name) for name in model.__all__),
    migrations=migrations.MIGRATIONS,
    commands=(
        Handled(commands.PickOrder, commands.pick_order, rows=_SHIPMENT),
        Handled(commands.StartPicking, commands.start_picking, rows=_LIST, permission=_PICKING),
        Handled(commands.ScanPick, commands.scan_pick, rows=_LIST, permission=_PICKING),
        Handled(commands.TypePick, commands.type_pick, rows=_LIST, permission=_PICKING),
        Handled(commands.ShortPick, commands.short_pick, rows=_LIST, permission=_PICKING),
        Handled(commands.SkipPick, commands.skip_pick, rows=_LIST, permission=_PICKING),
        Handled(commands.AcceptShort, commands.accept_short, rows=_SHIPMENT),
        Handled(commands.HoldMissing, commands.hold_missing),
        Handled(commands.DropPicking, commands.drop_picking, rows=_LIST, permission=_PICKING),
        Handled(commands.PackOrder, commands.pack_order, rows=_SHIPMENT),
        Handled(commands.ScanPack, commands.scan_pack, rows=_SHIPMENT, permission=_PACKING),
        Handled(commands.TakeOut, commands.take_out, rows=_SHIPMENT, permission=_PACKING),
        Handled(commands.CloseVolume, commands.close_volume, rows=_VOLUME, permission=_PACKING),
        Handled(commands.CheckVolume, commands.check_volume, rows=_VOLUME),
        Handled(commands.ShipOrder, commands.ship_order, rows=_SHIPMENT),
        Handled(commands.DeliverOrder, commands.deliver_order, rows=_SHIPMENT),
        Handled(commands.FailDelivery, commands.fail_delivery, rows=_SHIPMENT),
        Handled(commands.ForwardShipment, commands.forward_shipment, rows=_SHIPMENT),
        Handled(commands.ReturnShipment, commands.return_shipment, rows=_SHIPMENT),
        Handled(commands.PlanRoute, commands.plan_route, rows=_ROUTE, undo="delivery.drop_route"),
        Handled(commands.StartRoute, commands.start_route, rows=_ROUTE),
        Handled(commands.EndRoute, commands.end_route, rows=_ROUTE),
        Handled(commands.DropRoute, commands.drop_route, rows=_ROUTE, permission="delivery.plan_route"),
        Handled(commands.SetCarrierTerms, commands.set_carrier_terms, rows=("delivery.carriers", "party_id")),
    ),
    queries=queries.ALL,
    screens=screens.SCREENS,
    documents=(
        DocumentSpec("delivery.pick_list", queries.READ, documents.pick_list),
        DocumentSpec("delivery.packing_list", queries.READ, documents.packing_list),
        DocumentSpec("delivery.labels", queries.READ, documents.labels),
        DocumentSpec("delivery.receipt", queries.READ, documents.receipt),
    ),
    places=screens.PLACES,
    slots=screens.SLOTS,
    failures=(
        "delivery.pick_order.not_reserved",
        "delivery.goods_missing",
        "delivery.ship_order.not_reserved",
        "delivery.attempt_failed",
        "delivery.came_back",
    ),
    listeners=(
        Listener("sales.OrderAmended", "delivery.order_amended", listeners.order_changed),
        Listener("sales.OrderCancelled", "delivery.order_cancelled", listeners.order_changed),
    ),
    events=(
        events.OrderPicked,
        events.OrderPacked,
        events.OrderShipped,
        events.OrderDelivered,
        events.DeliveryFailed,
        events.ShipmentReturned,
    ),
    grants={role: (queries.READ, *DOES.get(role, ())) for role in READERS},
    proofs=queries.PROOFS,
    guards={
        "ck_volume_checker": "delivery.check_volume.same_person",
        "uq_pick_list_order_id": "delivery.start_picking.begun",
    },
    uses=queries.USES,
    data_rules=queries.DATA_RULES,
)
