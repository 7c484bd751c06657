"""Reserving what is still on its way: what a document needs and is not free now, kept from what comes in time."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.reserving import EXPECTED, TO_COME, Need, figures_of
from retaguarda.modules.inventory.rules import ZERO, Reserved


def met_by_arrivals(unit: Unit, needs: Sequence[Need], until: dt.date) -> list[Need]:
    """The needs, each as much from what is free as there is, then from what is expected by `until` and promised to
    nobody, the earliest first. What neither has stays a need of what is there; a kit is put together of what is there.
    """
    products = [need.product_id for need in needs]
    if not products:
        return []
    figures = figures_of(unit, products)
    statement, values = TO_COME.of(tuple(dict.fromkeys(products)))
    left = {key: max(ZERO, facts.free) for key, facts in figures.there.items()}
    comes: dict[tuple[str, str], list[tuple[str, Decimal]]] = {}
    for row in unit.all(statement, today=unit.today, **values):
        if row.expected_on <= until:
            comes.setdefault((row.product_id, row.warehouse_id), []).append((row.id, row.quantity - row.pegged))
    found: list[Need] = []
    for need in needs:
        key = (need.product_id, need.warehouse_id)
        now = need.quantity if need.product_id in figures.parts else min(need.quantity, left.get(key, ZERO))
        left[key] = left.get(key, ZERO) - now
        later = list(_awaited(comes.get(key, []), need, need.quantity - now))
        now = need.quantity - sum((one.quantity for one in later), ZERO)
        found += [replace(need, quantity=now)] if now else []
        found += later
    return found


def _awaited(comes: list[tuple[str, Decimal]], need: Need, missing: Decimal) -> Iterator[Need]:
    """What of the missing is taken of the arrivals, which have less from then on."""
    for n, (expected_id, there) in enumerate(comes):
        taken = min(there, missing)
        if taken > ZERO:
            comes[n] = (expected_id, there - taken)
            missing -= taken
            yield replace(need, quantity=taken, expected_id=expected_id)


def refuse_awaited(unit: Unit, reserved: Sequence[Reserved], lacking: Mapping[str, Decimal], *, number: int) -> None:
    """Refuses with `inventory.awaits_goods` where all that the lines lack is kept from what is on its way: nothing
    went wrong, the goods are not there yet."""
    awaited: dict[str, Decimal] = {}
    for row in reserved:
        if row.expected_id is not None:
            awaited[row.line_id] = awaited.get(row.line_id, ZERO) + row.quantity
    if any(awaited.get(line_id, ZERO) < short for line_id, short in lacking.items()):
        return
    keys = dict.fromkeys(row.expected_id for row in reserved if row.expected_id is not None and row.line_id in lacking)
    statement, values = EXPECTED.of(tuple(keys))
    day = max(row.expected_on for row in unit.all(statement, **values))
    raise Refusal("inventory.awaits_goods", number=number, day=day)


def complete_on(unit: Unit, missing: Mapping[str, Decimal], warehouse_id: str) -> Mapping[str, dt.date | None]:
    """The first day by which so much more of each product has come that is promised to nobody; None where nothing
    expected is enough."""
    if not missing:
        return {}
    found: dict[str, dt.date | None] = dict.fromkeys(missing)
    comes = dict.fromkeys(missing, ZERO)
    statement, values = TO_COME.of(tuple(missing))
    for row in unit.all(statement, today=unit.today, **values):
        if row.warehouse_id == warehouse_id:
            comes[row.product_id] += row.quantity - row.pegged
            if found[row.product_id] is None and comes[row.product_id] >= missing[row.product_id]:
                found[row.product_id] = row.expected_on
    return found
