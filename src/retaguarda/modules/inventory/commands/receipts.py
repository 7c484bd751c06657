"""Receipts: goods that have come."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.kinds import Day, Flag, Price, Quantity, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import TABLE, check_lines, warehouse_for, write_paper
from retaguarda.modules.inventory.events import StockReceived
from retaguarda.modules.party import api as party


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptLine(Part):
    """One product that has come; without a location it goes to the first one of the route, without a cost it comes in
    at the average that stands."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    expected_id: Annotated[str, Ref("expected_movement")] | None = None
    unit_cost: Annotated[Decimal, Price()] | None = None
    expires_on: Annotated[dt.date, Day()] | None = None
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveStock(Command):
    """Books goods that have come. What was sold before its entry was typed is covered first; what was promised on
    this arrival is reserved for its orders at once."""

    lines: Annotated[tuple[ReceiptLine, ...], Rows(least=1)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    supplier_id: Annotated[str, Ref("party")] | None = None
    reason: Annotated[str, Text(200)] = ""
    rest_comes: Annotated[bool, Flag()] = True


def receive_stock(unit: Unit, command: ReceiveStock) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    check_lines(unit, warehouse, command.lines)
    if command.supplier_id is not None:
        party.party_of(unit, command.supplier_id, field="supplier_id")
    document = (TABLE, unit.new_id())
    rows = [
        api.Receive(
            line.product_id,
            line.location_id or warehouse.location_id,
            line.quantity,
            line.lot,
            line.expected_id,
            line.unit_cost,
            line.expires_on,
            rules.serial_numbers(line.serials),
        )
        for line in command.lines
    ]
    api.receive(unit, document, warehouse.id, rows, rest_comes=command.rest_comes, supplier_id=command.supplier_id)
    products = tuple(dict.fromkeys(row.product_id for row in rows))
    unit.emit(StockReceived(document[1], warehouse.id, products))
    papers = [
        {"product_id": r.product_id, "location_id": r.location_id, "lot": r.lot, "quantity": r.quantity} for r in rows
    ]
    return write_paper(unit, document, rules.RECEIPT, warehouse, papers, command.reason, command.supplier_id)
