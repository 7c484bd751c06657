"""What is still to come, where no purchase order says so."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Day, Quantity, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api
from retaguarda.modules.inventory.commands.papers import product_faults, warehouse_for
from retaguarda.modules.inventory.model import ExpectedMovement

TABLE = "expected_movement"


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpectStock(Command):
    """Writes down that goods will come on a day. They can be promised to customers from that day on."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    expected_on: Annotated[dt.date, Day()]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None


def expect_stock(unit: Unit, command: ExpectStock) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    product = catalog.products(unit, [command.product_id]).get(command.product_id)
    faults = product_faults(product, command.quantity, "")
    if command.expected_on < unit.today:
        faults.append(Fault("expected_on", "inventory.day_is_past", {"day": command.expected_on}))
    if faults:
        raise Invalid(*faults)
    row = api.Expect(command.product_id, warehouse.id, command.quantity, command.expected_on)
    (expected_id,) = api.expect(unit, None, [row])
    return {"id": expected_id}


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeExpected(Command):
    """Moves the day on which goods are expected. Lines that were promised them for an earlier day lose them and open a
    failure."""

    expected_id: Annotated[str, Ref("expected_movement")]
    expected_on: Annotated[dt.date, Day()]


def postpone_expected(unit: Unit, command: PostponeExpected) -> Mapping[str, Any]:
    row = _own(unit, command.expected_id)
    if command.expected_on < unit.today:
        raise Invalid(Fault("expected_on", "inventory.day_is_past", {"day": command.expected_on}))
    broken = api.postpone_expected(unit, (TABLE, row.id), row.id, command.expected_on)
    return {"id": row.id, "broken": len(broken)}


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelExpected(Command):
    """Says that goods do not come any more. Lines that were promised them lose them and open a failure."""

    expected_id: Annotated[str, Ref("expected_movement")]
    reason: Annotated[str, Text(200)] = ""


def cancel_expected(unit: Unit, command: CancelExpected) -> Mapping[str, Any]:
    row = _own(unit, command.expected_id)
    broken = api.cancel_expected(unit, (TABLE, row.id), [row.id])
    return {"id": row.id, "broken": len(broken)}


def _own(unit: Unit, expected_id: str) -> ExpectedMovement:
    row = unit.get(ExpectedMovement, expected_id, field="expected_id")
    company.reachable_branch(unit, api.place_of(unit, row.warehouse_id).branch_id, field="expected_id")
    if row.document_table != TABLE:
        raise Refusal("inventory.expected_by_document", field="expected_id")
    if row.quantity == 0:
        raise Refusal("inventory.nothing_expected", field="expected_id")
    return row
