"""Goods that come back from a customer: at the cost they left with, to a place, good or held back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.breaking import lock_stock
from retaguarda.modules.inventory.api.costing import append_moves
from retaguarda.modules.inventory.api.goods import left_by, pieces, pieces_move, serial_row, tracking_of
from retaguarda.modules.inventory.api.places import location_of
from retaguarda.modules.inventory.api.shipping import by_line, moved_rows
from retaguarda.modules.inventory.api.tables import stock_move, stock_reservation
from retaguarda.modules.inventory.model import SerialMove, StockHold
from retaguarda.modules.inventory.rules import DAMAGE, RETURN, SERIAL, SHIP, ZERO, Document, share


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """What comes back of one line: how much of which product, to which place; with `held_for` it is held back there
    for that reason instead of being sold again."""

    line_id: str
    product_id: str
    location_id: str
    quantity: Decimal
    lot: str = ""
    serials: tuple[str, ...] = ()
    held_for: str = ""


_M = stock_move.c
_LEFT = Statement(
    select(_M.line_id, _M.product_id, func.sum(_M.quantity).label("quantity"), func.sum(_M.cost).label("cost"))
    .where(_M.document_id == bindparam("document_id", type_=Key()), _M.kind == SHIP)
    .group_by(_M.line_id, _M.product_id)
)
_R = stock_reservation.c
_PARTS = Statement(
    select(_R.line_id, _R.kit_id, _R.product_id, _R.per_kit)
    .where(_R.document_id == bindparam("document_id", type_=Key()), _R.kind == SHIP, _R.kit_id.is_not(None))
    .distinct()
)
_BACK = ForKeys(
    lambda keys: (
        select(_M.line_id, _M.product_id, func.sum(_M.quantity).label("quantity"), func.sum(_M.cost).label("cost"))
        .where(_M.line_id.in_(keys), _M.kind == RETURN)
        .group_by(_M.line_id, _M.product_id)
    )
)


def returned(unit: Unit, document: Document, left_by: Document, rows: Sequence[Returned]) -> Decimal:
    """Takes back goods that left by the document `left_by`; gives what they cost. Refuses more than has left and not
    come back yet; a kit comes back as its parts. The caller holds `left_by`'s own row, so that two returns of one order
    take turns."""
    if not rows:
        return ZERO
    rows = _in_parts(unit, left_by, rows)
    lock_stock(unit, [row.product_id for row in rows])
    places = location_of(unit, [row.location_id for row in rows])
    out = _out_there(unit, left_by, rows)
    moves = [_move(row, document, places[row.location_id].warehouse_id, out) for row in rows]
    held = [(row, move["to_warehouse_id"]) for row, move in zip(rows, moves, strict=True) if row.held_for]
    _pieces_back(unit, document, rows)
    cost = append_moves(unit, moves).came
    unit.append(StockHold, [_hold(unit, row, warehouse_id, document) for row, warehouse_id in held])
    return cost


def lost(unit: Unit, document: Document, rows: Sequence[Returned]) -> None:
    """Takes out again what `returned` has just put into the books and is not there: it was lost with the document."""
    places = location_of(unit, [row.location_id for row in rows])
    moves = [
        {
            "kind": DAMAGE,
            "product_id": row.product_id,
            "from_location_id": row.location_id,
            "from_warehouse_id": places[row.location_id].warehouse_id,
            "to_location_id": None,
            "to_warehouse_id": None,
            "lot": row.lot,
            "quantity": row.quantity,
            "document_table": document[0],
            "document_id": document[1],
            "line_id": row.line_id,
        }
        for row in rows
    ]
    append_moves(unit, moves)
    numbered = [((row.product_id, number), row.location_id, None) for row in rows for number in row.serials]
    pieces_move(unit, DAMAGE, numbered, document)


def still_out(reads: Reads, document: Document) -> Mapping[str, Decimal]:
    """How much of each line of a document has left and not come back, in what the line sells."""
    rows = moved_rows(reads, document)
    if not rows:
        return {}
    statement, values = _BACK.of(tuple(dict.fromkeys(row.line_id for row in rows)))
    back = {(row.line_id, row.product_id): row.quantity for row in reads.all(statement, **values)}
    return by_line(replace(row, quantity=row.quantity - back.get((row.line_id, row.product_id), ZERO)) for row in rows)


def _in_parts(reads: Reads, left_by: Document, rows: Sequence[Returned]) -> list[Returned]:
    """The rows, a kit as the parts that left for it."""
    parts: dict[tuple[str, str], list[Any]] = {}
    for part in reads.all(_PARTS, document_id=left_by[1]):
        parts.setdefault((part.line_id, part.kit_id), []).append(part)
    found: list[Returned] = []
    for row in rows:
        own = parts.get((row.line_id, row.product_id))
        found += [replace(row, product_id=p.product_id, quantity=row.quantity * p.per_kit) for p in own or ()]
        found += [row] if own is None else []
    return found


def _out_there(reads: Reads, left_by: Document, rows: Sequence[Returned]) -> dict[tuple[str, str], list[Decimal]]:
    """How much of each line and product is still with the customer, and what it cost."""
    found = {
        (row.line_id, row.product_id): [row.quantity, row.cost] for row in reads.all(_LEFT, document_id=left_by[1])
    }
    statement, values = _BACK.of(tuple(dict.fromkeys(row.line_id for row in rows)))
    for row in reads.all(statement, **values):
        there = found.setdefault((row.line_id, row.product_id), [ZERO, ZERO])
        there[0] -= row.quantity
        there[1] -= row.cost
    return found


def _move(
    row: Returned, document: Document, warehouse_id: str, out: Mapping[tuple[str, str], list[Decimal]]
) -> dict[str, Any]:
    there = out.get((row.line_id, row.product_id), [ZERO, ZERO])
    if row.quantity > there[0]:
        raise Refusal("inventory.return_too_much", quantity=row.quantity, left=max(ZERO, there[0]))
    # The last piece takes the last cent with it.
    cost = share(there[1], row.quantity, there[0])
    there[0] -= row.quantity
    there[1] -= cost
    return {
        "kind": RETURN,
        "product_id": row.product_id,
        "from_location_id": None,
        "from_warehouse_id": None,
        "to_location_id": row.location_id,
        "to_warehouse_id": warehouse_id,
        "lot": row.lot,
        "quantity": row.quantity,
        "cost": cost,
        "document_table": document[0],
        "document_id": document[1],
        "line_id": row.line_id,
    }


def _pieces_back(unit: Unit, document: Document, rows: Sequence[Returned]) -> None:
    """Takes numbered pieces back; refuses one that did not leave by its line or lies in stock again."""
    tracking = tracking_of(unit, [row.product_id for row in rows])
    numbered = [row for row in rows if tracking.get(row.product_id) == SERIAL]
    if not numbered:
        return
    left = left_by(unit, [row.line_id for row in numbered])
    there = pieces(unit, [(row.product_id, number) for row in numbered for number in row.serials])
    for row in numbered:
        if len(set(row.serials)) != row.quantity:
            raise Refusal("inventory.serials_needed", field="serials", quantity=row.quantity, named=len(row.serials))
        for number in row.serials:
            if (row.line_id, row.product_id, number) not in left or (row.product_id, number) in there:
                raise Refusal("inventory.serial_not_of_line", field="serials", number=number)
    unit.append(
        SerialMove,
        [
            serial_row(RETURN, (row.product_id, number), (None, row.location_id), document, row.line_id, row.lot)
            for row in numbered
            for number in row.serials
        ],
    )


def _hold(unit: Unit, row: Returned, warehouse_id: str, document: Document) -> dict[str, Any]:
    hold_id = unit.new_id()
    return {
        "id": hold_id,
        "hold_id": hold_id,
        "product_id": row.product_id,
        "warehouse_id": warehouse_id,
        "location_id": row.location_id,
        "lot": row.lot,
        "quantity": row.quantity,
        "reason": row.held_for,
        "document_table": document[0],
        "document_id": document[1],
    }
