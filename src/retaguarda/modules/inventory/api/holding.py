"""Holding goods back: they are not picked, shipped or moved away until released."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.breaking import Change, Stock, make_room, report_broken
from retaguarda.modules.inventory.model import StockHold
from retaguarda.modules.inventory.rules import ZERO, Document

HOLD = "hold"
HOLD_TABLE = "stock_hold"


def hold_row(hold_id: str, change: Change, reason: str, document: Document | None = None) -> dict[str, Any]:
    """The ledger row by which goods are held back; it stands for itself unless a document says so."""
    table, key = document or (HOLD_TABLE, hold_id)
    return {
        "id": hold_id,
        "hold_id": hold_id,
        "product_id": change.product_id,
        "warehouse_id": change.warehouse_id,
        "location_id": change.location_id,
        "lot": change.lot,
        "quantity": change.held,
        "reason": reason,
        "document_table": table,
        "document_id": key,
    }


def hold_back(
    unit: Unit, stock: Stock, change: Change, reason: str, document: Document | None = None
) -> tuple[str, int]:
    """Holds `change.held` of a product back at its place; gives the hold's key and how many lines lost their
    reservation by it (each has its failure open). `stock` has locked the product; so much must lie there."""
    hold_id = unit.new_id()
    cause = document or (HOLD_TABLE, hold_id)
    broken = make_room(unit, stock, [change], HOLD, cause)
    unit.append(StockHold, [hold_row(hold_id, change, reason, document)])
    report_broken(unit, broken, cause)
    return hold_id, len(broken)


def hold_unpicked(unit: Unit, change: Change, reason: str, document: Document) -> Decimal:
    """Holds back all that the books have at a place (that of `change`) beyond what is picked there and held already;
    gives how much that was."""
    stock = Stock(unit, [change.product_id])
    taken = stock.picked.get(change.place, ZERO) + stock.held_at(change.place)
    quantity = max(ZERO, stock.in_bin(change.place) - taken)
    if quantity > 0:
        hold_back(unit, stock, replace(change, held=quantity), reason, document)
    return quantity


def hold_damaged(unit: Unit, change: Change, reason: str, document: Document) -> Decimal:
    """Holds back as much of `change.held` as still lies there unheld; gives how much that was."""
    stock = Stock(unit, [change.product_id])
    quantity = min(change.held, max(ZERO, stock.in_bin(change.place) - stock.held_at(change.place)))
    if quantity > 0:
        hold_back(unit, stock, replace(change, held=quantity), reason, document)
    return quantity
