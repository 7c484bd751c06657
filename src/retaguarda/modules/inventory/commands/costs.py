"""What stock stands at, where somebody knows better than the average."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Invalid
from retaguarda.kernel.kinds import Price, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import product_faults
from retaguarda.modules.inventory.model import CostDifference
from retaguarda.modules.inventory.rules import ZERO

TABLE = "cost_difference"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustCost(Command):
    """Puts the average cost of a product right, with the reason. The difference to the present value is posted today;
    what has left keeps the cost it left with."""

    product_id: Annotated[str, Ref("product")]
    unit_cost: Annotated[Decimal, Price()]
    reason: Annotated[str, Text(200, least=3)]


def adjust_cost(unit: Unit, command: AdjustCost) -> Mapping[str, Any]:
    product = catalog.products(unit, [command.product_id]).get(command.product_id)
    faults = product_faults(product, ZERO, "")
    if faults:
        raise Invalid(*faults)
    api.lock_stock(unit, [command.product_id])
    there = api.standing_of(unit, [command.product_id])[command.product_id]
    difference = rules.worth(there.quantity, command.unit_cost) - there.amount
    key = unit.new_id()
    row = api.difference_row(
        unit, command.product_id, difference, command.unit_cost, (TABLE, key), reason=command.reason
    )
    unit.append(CostDifference, [{"id": key, **row}])
    api.book_difference(unit, difference, (TABLE, key))
    return {"id": command.product_id, "difference": difference}
