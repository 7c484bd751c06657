"""The standard situation of every failure plan B answers: each makes its ground, and gives the command that fails."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from retaguarda.app.drill.scene import HERE, WANTED, Scene

type Failing = tuple[str, Mapping[str, Any]]
"""The command that runs into the failure."""
type Situation = Callable[[Scene], Failing]
LIMIT = "40"
"""What the customer may owe, in a shop where twenty screws cost forty."""


def _confirmed_short(scene: Scene) -> Failing:
    return "sales.confirm_order", {"order_id": scene.quotation()}


def _placed_short(scene: Scene) -> Failing:
    return "sales.place_order", {"customer_id": scene.customer, "lines": scene.lines()}


def _sold_short(scene: Scene) -> Failing:
    return "sales.sell_at_counter", {"customer_id": scene.customer, "lines": scene.lines(), "cash_amount": "40.00"}


def _amended_short(scene: Scene) -> Failing:
    return "sales.amend_order", {"order_id": scene.order("10"), "lines": scene.lines()}


def _robbed(scene: Scene) -> str:
    """An order of fourteen of which a count has found eight."""
    key = scene.order(HERE)
    scene.lose("8")
    return key


def _invoiced_robbed(scene: Scene) -> Failing:
    return "sales.invoice_order", {"order_id": _robbed(scene)}


def _known_robbed(scene: Scene) -> Failing:
    return "contingency.find_ways", {"order_id": _robbed(scene)}


def _picked_robbed(scene: Scene) -> Failing:
    key = scene.order(HERE)
    scene.do("sales.invoice_order", order_id=key)
    scene.lose("8")
    return "delivery.pick_order", {"order_id": key}


def _reserved_again_short(scene: Scene) -> Failing:
    return "sales.reserve_again", {"order_id": _robbed(scene)}


def _limited(scene: Scene) -> None:
    """A customer who owes twenty-four already and may owe forty."""
    scene.receive(scene.screw, WANTED)
    scene.do("sales.invoice_order", order_id=scene.order("12", payment_terms="30"))
    scene.do("party.set_credit_limit", party_id=scene.customer, credit_limit=LIMIT)


def _confirmed_over_limit(scene: Scene) -> Failing:
    _limited(scene)
    return "sales.confirm_order", {"order_id": scene.quotation()}


def _placed_over_limit(scene: Scene) -> Failing:
    _limited(scene)
    return "sales.place_order", {"customer_id": scene.customer, "lines": scene.lines()}


def _amended_over_limit(scene: Scene) -> Failing:
    _limited(scene)
    return "sales.amend_order", {"order_id": scene.order("5"), "lines": scene.lines()}


def _shipped_robbed(scene: Scene) -> Failing:
    key = scene.under_way(HERE, "delivery.pick_order")
    scene.lose("8")
    return "delivery.ship_order", {"order_id": key}


def _not_found(scene: Scene) -> Failing:
    """A picker finds six of ten."""
    pick_list = scene.do("delivery.start_picking", order_id=scene.under_way("10"))["id"]
    (stop,) = scene.office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows
    scene.do("delivery.type_pick", task_id=stop.id, quantity="6")
    return "delivery.short_pick", {"task_id": stop.id, "reason": "missing"}


def _nobody_at_home(scene: Scene) -> Failing:
    """Our driver finds nobody; a carrier that takes a day comes every day."""
    carrier = scene.do("party.add_party", name="Expresso Sul", kind="company", carrier=True)["id"]
    terms = {"weekdays": list("1234567"), "cut_off": "23:59", "transit_days": 1}
    scene.do("delivery.set_carrier_terms", party_id=carrier, **terms)
    key = scene.under_way("10", "delivery.pick_order", "delivery.ship_order")
    return "delivery.fail_delivery", {"order_id": key, "reason": "absent"}


def _came_back(scene: Scene) -> Failing:
    """What the customer did not take is in the house again."""
    key = scene.under_way("10", "delivery.pick_order", "delivery.ship_order")
    scene.do("delivery.fail_delivery", order_id=key, reason="refused")
    return "delivery.return_shipment", {"order_id": key, "reason": "caixa amassada"}


SITUATIONS: Mapping[str, Situation] = {
    "sales.confirm_order.no_stock": _confirmed_short,
    "sales.place_order.no_stock": _placed_short,
    "sales.sell_at_counter.no_stock": _sold_short,
    "sales.amend_order.no_stock": _amended_short,
    "inventory.reservation_broken": _known_robbed,
    "sales.invoice_order.not_reserved": _invoiced_robbed,
    "delivery.pick_order.not_reserved": _picked_robbed,
    "sales.reserve_again.no_stock": _reserved_again_short,
    "delivery.goods_missing": _not_found,
    "delivery.ship_order.not_reserved": _shipped_robbed,
    "delivery.attempt_failed": _nobody_at_home,
    "delivery.came_back": _came_back,
    "sales.confirm_order.credit": _confirmed_over_limit,
    "sales.place_order.credit": _placed_over_limit,
    "sales.amend_order.credit": _amended_over_limit,
}
"""By the failure's code. docs/plan-b.md tells them."""
