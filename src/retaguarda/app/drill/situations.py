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


SITUATIONS: Mapping[str, Situation] = {
    "sales.confirm_order.no_stock": _confirmed_short,
    "sales.place_order.no_stock": _placed_short,
    "sales.sell_at_counter.no_stock": _sold_short,
    "sales.amend_order.no_stock": _amended_short,
    "sales.invoice_order.not_reserved": _invoiced_robbed,
    "delivery.pick_order.not_reserved": _picked_robbed,
    "sales.reserve_again.no_stock": _reserved_again_short,
    "sales.confirm_order.credit": _confirmed_over_limit,
    "sales.place_order.credit": _placed_over_limit,
    "sales.amend_order.credit": _amended_over_limit,
}
"""By the failure's code. docs/plan-b.md tells them."""
