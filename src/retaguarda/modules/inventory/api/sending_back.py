"""Goods that go back to their supplier: out of a place, at the average that stands, whoever was waiting for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.breaking import Broken, Change, Place, Stock, make_room, report_broken
from retaguarda.modules.inventory.api.costing import append_moves
from retaguarda.modules.inventory.api.goods import pieces_move, tracking_of
from retaguarda.modules.inventory.api.places import location_of
from retaguarda.modules.inventory.rules import BACK, RECEIPT, SERIAL, ZERO, Document


@dataclass(frozen=True, slots=True)
class SendBack:
    """What goes back of one line of the order it came by: how much of which product, and from which place."""

    line_id: str
    product_id: str
    location_id: str
    quantity: Decimal
    lot: str = ""
    serials: tuple[str, ...] = ()


def send_back(unit: Unit, document: Document, warehouse_id: str, rows: Sequence[SendBack]) -> tuple[Broken, ...]:
    """Takes goods out of stock for their supplier. Refuses more than lies at a place (`inventory.more_than_there`);
    reservations and holds that can no longer stand give way and are returned, already reported."""
    stock = Stock(unit, [row.product_id for row in rows])
    faults = _faults(unit, stock, warehouse_id, rows)
    if faults:
        raise Invalid(*faults)
    changes = [
        Change(
            product_id=row.product_id,
            warehouse_id=warehouse_id,
            location_id=row.location_id,
            lot=row.lot,
            on_hand=-row.quantity,
        )
        for row in rows
    ]
    broken = make_room(unit, stock, changes, RECEIPT, document)
    append_moves(unit, [_move(row, warehouse_id, document) for row in rows])
    pieces_move(
        unit,
        BACK,
        [((row.product_id, number), row.location_id, None) for row in rows for number in row.serials],
        document,
        [f"lines.{n}.serials" for n, row in enumerate(rows, 1) for _ in row.serials],
    )
    report_broken(unit, broken, document)
    return broken


def _faults(unit: Unit, stock: Stock, warehouse_id: str, rows: Sequence[SendBack]) -> list[Fault]:
    places = location_of(unit, [row.location_id for row in rows])
    tracking = tracking_of(unit, [row.product_id for row in rows])
    left: dict[Place, Decimal] = {}
    faults = []
    for number, row in enumerate(rows, 1):
        place = places.get(row.location_id)
        if place is None or place.warehouse_id != warehouse_id:
            faults.append(Fault(f"lines.{number}.location_id", "inventory.unknown_location"))
            continue
        key = (row.product_id, row.location_id, row.lot)
        there = max(ZERO, left.setdefault(key, stock.in_bin(key)))
        if row.quantity > there:
            faults.append(Fault(f"lines.{number}.quantity", "inventory.more_than_there", {"there": there}))
        left[key] = there - row.quantity
        named = len(set(row.serials))
        if named != (row.quantity if tracking.get(row.product_id) == SERIAL else 0):
            said = {"quantity": row.quantity, "named": named}
            faults.append(Fault(f"lines.{number}.serials", "inventory.serials_needed", said))
    return faults


def _move(row: SendBack, warehouse_id: str, document: Document) -> dict[str, Any]:
    return {
        "kind": BACK,
        "product_id": row.product_id,
        "from_location_id": row.location_id,
        "from_warehouse_id": warehouse_id,
        "to_location_id": None,
        "to_warehouse_id": None,
        "lot": row.lot,
        "quantity": row.quantity,
        "document_table": document[0],
        "document_id": document[1],
        "line_id": row.line_id,
    }
