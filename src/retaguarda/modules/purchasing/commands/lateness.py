"""Orders whose day has passed: who waits for them loses what cannot come in time, and somebody has to deal with it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, bindparam, select

from retaguarda.kernel import failure
from retaguarda.kernel.command import Command
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.commands.orders import LATE

_O, _L, _X = api.purchase_order.c, api.purchase_order_line.c, inventory.expected_movement.c
LATE_LINES = Statement(
    select(
        _O.id.label("order_id"),
        _O.number,
        _O.branch_id,
        party.party.c.name.label("supplier"),
        _L.name,
        _L.expected_on,
        _L.expected_id,
    )
    .select_from(
        api.purchase_order_line.join(api.purchase_order, _O.id == _L.order_id)
        .join(party.party, party.party.c.id == _O.supplier_id)
        .join(inventory.expected_movement, _X.id == _L.expected_id)
    )
    .where(
        _O.state.in_(rules.AWAITED),
        _L.active,
        _L.expected_on < bindparam("today", type_=Date()),
        _X.quantity > rules.ZERO,
    )
    .order_by(_O.number, _L.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewLateOrders(Command):
    """Looks for orders whose day has passed without their goods: each opens a failure that names what is late, and
    customers' orders promised for before today lose what cannot come in time any more."""


def review_late_orders(unit: Unit, command: ReviewLateOrders) -> Mapping[str, Any]:
    late: dict[str, list[Any]] = {}
    for row in unit.all(LATE_LINES, today=unit.today):
        if unit.actor.all_branches or row.branch_id in unit.actor.branch_ids:
            late.setdefault(row.order_id, []).append(row)
    broken = 0
    for order_id, lines in late.items():
        document = (api.DOCUMENT, order_id)
        lost = inventory.break_late(unit, document, [line.expected_id for line in lines], unit.today)
        broken += len(lost)
        failure.record(
            unit,
            LATE,
            subject=document,
            cause_key=LATE,
            params={
                "number": lines[0].number,
                "supplier": lines[0].supplier,
                "names": [line.name for line in lines],
                "day": min(line.expected_on for line in lines),
            },
        )
    return {"late": len(late), "broken": broken}
