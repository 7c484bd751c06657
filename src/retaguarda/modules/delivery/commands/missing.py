"""Where a picker did not find what the books have: all that they have there is held back until somebody counts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.kinds import Ref
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.delivery.commands.parts import load
from retaguarda.modules.delivery.model import PickList
from retaguarda.modules.inventory import api as inventory


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMissing(Command):
    """Holds back what the books have at the places where the picker of an order found too little, beyond what was
    taken: nobody else is sold it until the place is counted. What was kept of it for orders is open again."""

    order_id: Annotated[str, Ref("sales_order")]


def hold_missing(unit: Unit, command: HoldMissing) -> Mapping[str, Any]:
    order, _ = load(unit, command.order_id)
    held = rules.ZERO
    for row in api.not_found(unit, order.id):
        change = inventory.Change(
            product_id=row.product_id,
            warehouse_id=row.warehouse_id,
            location_id=row.location_id,
            lot=row.lot,
        )
        held += inventory.hold_unpicked(unit, change, f"{row.name} ({row.code})", (PickList.__tablename__, row.id))
    if not held:
        raise Refusal("delivery.hold_missing.nothing", number=order.number)
    return {"id": order.id, "version": order.version, "number": order.number, "held": held}
