"""Ways forward when a picker did not find everything and the list has ended.

The places that were found wanting are held back first: what lacks is then looked for as for any order that has lost its
goods, and what is there again is picked at once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.failure import FailureFacts
from retaguarda.kernel.steps import Step, Steps
from retaguarda.kernel.unit import Unit
from retaguarda.modules.contingency.api import Ground, Provider
from retaguarda.modules.contingency.providers.stock import STOCK, Lack, lack
from retaguarda.modules.contingency.rules import ZERO, Way
from retaguarda.modules.delivery import api as delivery
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.sales import api as sales

ELSEWHERE = ("other_warehouse", "transfer", "buy", "arriving", "substitute", "negative", "request")
"""What an order that has lost its goods is helped by, and one whose goods were not found as well."""
AT_ONCE = frozenset({"available", "fetch", "other_warehouse", "substitute", "negative"})
"""After these the goods are there: they are picked."""


def _searched(unit: Unit, failure: FailureFacts) -> Mapping[str, list[Way]]:
    """The ways by their kind, as they are once the places that were found wanting are held back."""
    order, shipment = delivery.load_both(unit, failure.subject_id)
    if order.state != sales.CONFIRMED or shipment is not None or delivery.being_picked(unit, order.id):
        return {}
    about = {"order_id": order.id}
    hold: tuple[Step, ...] = (("delivery.hold_missing", about),) if delivery.not_found(unit, order.id) else ()
    found: dict[str, list[Way]] = {}
    with unit.trial() as trial:
        try:
            for step in hold:
                trial.port(Steps).carry_out(trial, step)
        except Refusal:  # whoever may not hold back is offered nothing of it
            return {}
        ground = Ground(trial, failure)
        short = lack(trial, failure)
        if short is not None:
            own = _there(short) if not short.missing else [*_fetched(short), *_shortened(short, order.id)]
            asked = [way for name in ELSEWHERE for way in STOCK[name](ground)]
            for way in (*own, *asked):
                then: tuple[Step, ...] = (("delivery.start_picking", about),) if way.kind in AT_ONCE else ()
                found.setdefault(way.kind, []).append(replace(way, steps=(*hold, *way.steps, *then)))
    return found


def _there(short: Lack) -> Iterator[Way]:
    """What lacked is free again in the order's own warehouse, or was not lost by it at all."""
    day = short.want.promised_on
    again = short.want.write()
    for steps in (() if again is None else again, ()):
        yield Way("available", steps, {}, day, group="available")


def _fetched(short: Lack) -> Iterator[Way]:
    """Somebody fetches what lacks out of another warehouse of the same branch."""
    want = short.want
    again = want.write()
    home = inventory.place_of(short.unit, want.warehouse_id)
    for place in inventory.warehouses(short.unit):
        if again is None or place.id == home.id or place.branch_id != want.branch_id:
            continue
        lines = list(_taken(short, place.id, home.location_id))
        if lines:
            step: Step = ("inventory.move_stock", {"lines": lines, "reason": want.named})
            params = {"warehouse": place.name, "names": list(short.names.values())}
            yield Way("fetch", (step, *again), params, want.promised_on, group="fetch")


def _taken(short: Lack, warehouse_id: str, to_location_id: str) -> Iterator[dict[str, Any]]:
    """From which places of a warehouse all that lacks is taken; nothing where it has less."""
    left = dict(short.missing)
    rows = []
    for place, lies, _ in inventory.places_with(short.unit, tuple(left)):
        part = min(lies, left[place.product_id]) if place.warehouse_id == warehouse_id else ZERO
        if part > ZERO:
            left[place.product_id] -= part
            rows.append(
                {
                    "product_id": place.product_id,
                    "from_location_id": place.location_id,
                    "to_location_id": to_location_id,
                    "lot": place.lot,
                    "quantity": str(part),
                }
            )
    if not any(left.values()):
        yield from rows


def _shortened(short: Lack, order_id: str) -> Iterator[Way]:
    """What was found goes out, what was billed beyond it is credited; the customer has not agreed to it yet."""
    if not any(inventory.picked_by_line(short.unit, (sales.DOCUMENT, order_id)).values()):
        return
    day = short.want.promised_on
    params = {"names": list(short.names.values()), "day": day}
    step = ("delivery.accept_short", {"order_id": order_id})
    yield Way("ship_short", (step,), params, day, complete=False, counts=False)


def _of_kind(kind: str, ground: Ground) -> list[Way]:
    return ground.once(_searched).get(kind, [])


NOT_FOUND: Mapping[str, Provider] = {
    kind: partial(_of_kind, kind) for kind in ("available", "fetch", "ship_short", *ELSEWHERE, "later")
}
"""Who knows what goods that were not found could be answered with, by the kind of way."""
