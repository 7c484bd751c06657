"""What every document of the warehouse shares: which warehouse, whether its lines can be, its number and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Protocol

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.series import next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.model import StockDocument, StockDocumentLine

TABLE = "stock_document"


class PaperLine(Protocol):
    """What the lines of receipts, counts and damages have in common."""

    @property
    def product_id(self) -> str: ...
    @property
    def quantity(self) -> Decimal: ...
    @property
    def location_id(self) -> str | None: ...


def warehouse_for(unit: Unit, warehouse_id: str | None) -> api.WarehouseFacts:
    """The named warehouse, or the main one of the actor's branch; refuses one of a branch that is not theirs."""
    if warehouse_id is None:
        branch_id = unit.actor.branch_id or str(company.first_branch(unit).id)
        return api.warehouse_of(unit, branch_id)
    facts = api.place_of(unit, warehouse_id)
    company.reachable_branch(unit, facts.branch_id, field="warehouse_id")
    return facts


def check_lines(unit: Unit, warehouse: api.WarehouseFacts, lines: Sequence[PaperLine]) -> None:
    """Refuses, all at once, lines whose product is not kept in stock, whose quantity does not fit its unit, or whose
    location is not in this warehouse."""
    products = catalog.products(unit, [line.product_id for line in lines])
    locations = api.location_of(unit, [line.location_id for line in lines if line.location_id])
    faults: list[Fault] = []
    for n, line in enumerate(lines, 1):
        faults += product_faults(products.get(line.product_id), line.quantity, f"lines.{n}.")
        if line.location_id is not None:
            faults += location_faults(locations.get(line.location_id), warehouse.id, f"lines.{n}.location_id")
    if faults:
        raise Invalid(*faults)


def check_one(unit: Unit, warehouse: api.WarehouseFacts, line: PaperLine) -> None:
    """The same for a command that has one product and no lines."""
    products = catalog.products(unit, [line.product_id])
    faults = product_faults(products.get(line.product_id), line.quantity, "")
    if line.location_id is not None:
        there = api.location_of(unit, [line.location_id]).get(line.location_id)
        faults += location_faults(there, warehouse.id, "location_id")
    if faults:
        raise Invalid(*faults)


def product_faults(product: catalog.ProductFacts | None, quantity: Decimal, path: str) -> list[Fault]:
    """What is wrong with a product and how much of it."""
    if product is None:
        return [Fault(f"{path}product_id", "inventory.unknown_product")]
    if not product.kept:
        return [Fault(f"{path}product_id", "inventory.not_kept", {"name": product.name})]
    fault = catalog.quantity_fault(product, quantity, f"{path}quantity")
    return [] if fault is None else [fault]


def piece_faults(tracking: Mapping[str, str], lines: Sequence[tuple[str, Decimal, tuple[str, ...]]]) -> list[Fault]:
    """What is wrong with the serial numbers of lines (product, quantity, numbers)."""
    faults = []
    for n, (product_id, quantity, numbers) in enumerate(lines, 1):
        tracked = tracking.get(product_id) == rules.SERIAL
        if tracked and len(set(numbers)) != quantity:
            params = {"quantity": quantity, "named": len(set(numbers))}
            faults.append(Fault(f"lines.{n}.serials", "inventory.serials_needed", params))
        if numbers and not tracked:
            faults.append(Fault(f"lines.{n}.serials", "inventory.serials_not_tracked"))
    return faults


def location_faults(location: Any, warehouse_id: str, field: str) -> list[Fault]:
    """What is wrong with a location for goods of this warehouse."""
    if location is None:
        return [Fault(field, "inventory.unknown_location")]
    if location.warehouse_id != warehouse_id:
        return [Fault(field, "inventory.other_warehouse", {"code": location.code})]
    if location.archived:
        return [Fault(field, "inventory.archived_location", {"code": location.code})]
    return []


def twice(places: Sequence[api.Place]) -> list[Fault]:
    """A place named on two lines of one count."""
    return [Fault(f"lines.{n}.product_id", "inventory.twice") for n, p in enumerate(places, 1) if p in places[: n - 1]]


def write_paper(
    unit: Unit,
    document: api.Document,
    kind: str,
    warehouse: api.WarehouseFacts,
    rows: Sequence[Mapping[str, Any]],
    reason: str,
    party_id: str | None = None,
    *,
    on_day: dt.date | None = None,
    reverses_id: str | None = None,
) -> dict[str, Any]:
    """Writes the document's lines, takes its number and writes its row; gives what the command answers. Without a day
    it is of today."""
    lines = [
        {"document_id": document[1], "position": n, "lot": "", "to_location_id": None, "booked_quantity": None, **row}
        for n, row in enumerate(rows, 1)
    ]
    unit.append(StockDocumentLine, lines)
    number = next_number(unit, StockDocument, warehouse.branch_id, by=kind)
    unit.append(
        StockDocument,
        [
            {
                "id": document[1],
                "branch_id": warehouse.branch_id,
                "warehouse_id": warehouse.id,
                "kind": kind,
                "number": number,
                "on_day": on_day or unit.today,
                "party_id": party_id,
                "reason": reason,
                "reverses_id": reverses_id,
                "person_id": unit.actor.person_id,
            }
        ],
    )
    return {"id": document[1], "number": number}
