"""Orders on their way to the customer, each brought in a few commands to where something fails."""

from __future__ import annotations

from typing import Any

from tests.modules.contingency.shortage import Shop


def under_way(store: Shop, *steps: str, quantity: str = "10", **more: Any) -> str:
    """An order of ten screws that has gone so far."""
    order_id = store.order(quantity, **more)
    for name in ("sales.confirm_order", "sales.invoice_order", *steps):
        store.do(name, order_id=order_id)
    return order_id


def not_found(store: Shop, found: str = "6", **more: Any) -> str:
    """`delivery.goods_missing`: an order of ten screws of which a picker finds so many, and no more."""
    order_id = under_way(store, **more)
    pick_list = store.do("delivery.start_picking", order_id=order_id)["id"]
    (stop,) = store.office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows
    if found != "0":
        store.do("delivery.type_pick", task_id=stop.id, quantity=found)
    store.do("delivery.short_pick", task_id=stop.id, reason="missing")
    return order_id


def not_delivered(store: Shop, reason: str, quantity: str = "10", **more: Any) -> str:
    """`delivery.attempt_failed`: an order that was shipped and not handed over, for that reason."""
    order_id = under_way(store, "delivery.pick_order", quantity=quantity)
    store.do("delivery.ship_order", order_id=order_id, **more)
    store.do("delivery.fail_delivery", order_id=order_id, reason=reason)
    return order_id


def came_back(store: Shop, **more: Any) -> str:
    """`delivery.came_back`: an order whose goods were shipped and are in the house again."""
    order_id = under_way(store, "delivery.pick_order", "delivery.ship_order")
    store.do("delivery.return_shipment", order_id=order_id, reason="cliente viajou", **more)
    return order_id


def deliver(store: Shop, order_id: str, *steps: str) -> None:
    """Drives the order to its end by these steps, and the hand-over."""
    for name in steps:
        store.do(f"delivery.{name}_order", order_id=order_id)
    store.do("delivery.deliver_order", order_id=order_id, receiver_name="Porteiro Zé")
    assert store.office.one("sales.orders", order_id).state == "closed"


def ways(store: Shop, order_id: str) -> dict[str, Any]:
    """The ways out of what is open about an order, by kind, in their order."""
    mishap = store.office.do("contingency.find_ways", order_id=order_id).mishap
    assert mishap is not None
    assert mishap.left_out == (), mishap.__notes__
    return {one.reason.rsplit(".", 1)[1]: one for one in mishap.remedies}
