"""Two thousand commands at random on each engine, every invariant proved after each; who was never accepted or never
refused is named. Every other walk is through a company that bills what was shipped."""

from __future__ import annotations

import contextlib
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from bench.databases import Bed
from retaguarda.app.headless import Office
from retaguarda.app.sample import make
from retaguarda.kernel.clock import FixedClock
from tests.helpers.company import MONDAY, open_as
from tests.stateful.machine import walk
from tests.stateful.walk import ONCE, Tally

WALKS = 4
STEPS = 500


def walks(bed: Bed, *, short: bool = False) -> tuple[bool, Mapping[str, Any]]:
    """Whether every command was accepted and refused, and the figures; raises where an invariant broke."""
    sample = bed.fresh("sample")
    make(sample, clock=FixedClock(MONDAY))
    numbers = itertools.count()

    @contextlib.contextmanager
    def copy() -> Iterator[Office]:
        number = next(numbers)
        with contextlib.closing(open_as(bed.copy(sample, f"walk-{number}"))) as office:
            if number % 2:
                ship_first(office)
            yield office

    tally = walk(copy, walks=1 if short else WALKS, steps=STEPS)
    return short or not (tally.never_accepted or tally.never_refused), facts(tally)


def ship_first(office: Office) -> None:
    """The company bills what was shipped from now on, and of its first order not all was found."""

    def do(name: str, /, **payload: Any) -> str:
        return str(office.do((name, payload)).value["id"])

    do("company.change_setting", code="invoice_policy", value="shipped")
    customer = do("party.add_party", name="Dona Zuleica", customer=True)
    product = do("catalog.add_product", code="SHORT-1", name="Rolo", price="9")
    asked = [{"product_id": product, "quantity": "5"}]
    do("inventory.receive_stock", lines=[{**asked[0], "unit_cost": "4"}])
    order = do("sales.place_order", customer_id=customer, lines=asked)
    do("delivery.start_picking", order_id=order)
    (stop,) = office.show("delivery.pick_stops", {"order_id": order}).rows
    do("delivery.type_pick", task_id=stop.id, quantity="3")
    do("delivery.short_pick", task_id=stop.id, reason="missing")


def facts(tally: Tally) -> Mapping[str, Any]:
    """What is printed of a walk."""
    return {
        "steps": tally.steps,
        "accepted": tally.accepted.total(),
        "refused": tally.refused.total(),
        "commands accepted": len(tally.accepted),
        "commands refused": len(tally.refused),
        "codes of refusals": len(tally.codes),
        "only at a company's beginning": sorted(ONCE),
        "never accepted": tally.never_accepted,
        "never refused": tally.never_refused,
    }
