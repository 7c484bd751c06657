"""What moves cost: every move out takes its share of the product's value with it, every move in brings its own."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory.api.booking import book_moves
from retaguarda.modules.inventory.api.tables import stock_cost, stock_move
from retaguarda.modules.inventory.model import CostDifference, StockMove
from retaguarda.modules.inventory.rules import SHIP, ZERO, Document, Picked, Reserved, Standing, comes_in, goes_out


@dataclass(frozen=True, slots=True)
class MovedCost:
    """What the moves of one document did to the value of the stock: brought, took, and changed without a move."""

    came: Decimal = ZERO
    went: Decimal = ZERO
    difference: Decimal = ZERO


# Taken after the balances, sorted: whoever has a product's cost has what it moves already.
_STANDING = ForKeys(
    lambda keys: (
        select(stock_cost).where(stock_cost.c.product_id.in_(keys)).order_by(stock_cost.c.product_id).with_for_update()
    )
)
# Two first receipts of one product at once: there is no cost to lock yet, so they take turns at the product.
_FIRST = ForKeys(
    lambda keys: (
        select(catalog.product.c.id)
        .where(catalog.product.c.id.in_(keys))
        .order_by(catalog.product.c.id)
        .with_for_update(key_share=True)
    )
)
_AT = ForKeys(lambda keys: select(stock_cost).where(stock_cost.c.product_id.in_(keys)))
_COST_OF = Statement(
    select(stock_move.c.line_id, func.sum(stock_move.c.cost).label("cost"))
    .where(stock_move.c.document_id == bindparam("document_id", type_=Key()), stock_move.c.kind == SHIP)
    .group_by(stock_move.c.line_id)
)


def unit_costs(reads: Reads, product_ids: Sequence[str]) -> Mapping[str, Decimal]:
    """The average cost of each product now; products that never had one are left out."""
    if not product_ids:
        return {}
    statement, values = _AT.of(tuple(dict.fromkeys(product_ids)))
    return {row.product_id: row.unit_cost for row in reads.all(statement, **values)}


def moved_cost(reads: Reads, document: Document) -> Mapping[str, Decimal]:
    """What the goods cost that have left for each line of a document."""
    return {row.line_id: row.cost for row in reads.all(_COST_OF, document_id=document[1])}


def standing_of(unit: Unit, products: Iterable[str]) -> dict[str, Standing]:
    """What products stand at, locked until the command ends; those that never had stock stand at nothing."""
    keys = sorted(set(products))
    if not keys:
        return {}
    found = _standing(unit, keys)
    new = [key for key in keys if key not in found]
    if new:
        statement, values = _FIRST.of(new)
        unit.all(statement, **values)
        found.update(_standing(unit, new))
    return {key: found.get(key, Standing()) for key in keys}


def _standing(unit: Unit, keys: Sequence[str]) -> dict[str, Standing]:
    statement, values = _STANDING.of(keys)
    return {row.product_id: Standing(row.quantity, row.amount, row.unit_cost) for row in unit.all(statement, **values)}


def append_moves(unit: Unit, moves: Sequence[dict[str, Any]], on_day: dt.date | None = None) -> MovedCost:
    """Appends moves with what they cost, and books them; without a day they were today.

    A move in brings its `cost` where it has one, else the average that stands. What goes out of a
    product is reckoned before what comes in; what changes its place costs nothing.
    """
    outs = [move for move in moves if move["to_location_id"] is None]
    ins = [move for move in moves if move["from_location_id"] is None]
    there = standing_of(unit, [move["product_id"] for move in (*outs, *ins)])
    for move in outs:
        move["cost"], there[move["product_id"]] = goes_out(there[move["product_id"]], move["quantity"])
    day = on_day or unit.today
    differences = [{**row, "on_day": day} for row in _come(unit, ins, there)]
    for move in moves:
        move.setdefault("cost", ZERO)
        inside = move["to_location_id"] is not None and move["from_location_id"] is not None
        move["unit_cost"] = ZERO if inside else there[move["product_id"]].unit_cost
        move["on_day"] = day
    unit.append(CostDifference, differences)
    unit.append(StockMove, moves)
    book_moves(unit, ins, outs, differences, day)
    return MovedCost(
        sum((move["cost"] for move in ins), ZERO),
        sum((move["cost"] for move in outs), ZERO),
        sum((row["amount"] for row in differences), ZERO),
    )


def append_leaving(unit: Unit, left: Sequence[Picked], rows: Sequence[Reserved]) -> None:
    """Appends the moves of what leaves, out of the warehouses that `rows` say."""
    warehouses = {r.line_id: r.warehouse_id for r in rows}
    append_moves(unit, [_leaves(row, warehouses[row.line_id]) for row in left])


def _leaves(row: Picked, warehouse_id: str) -> dict[str, Any]:
    return {
        "kind": SHIP,
        "product_id": row.product_id,
        "from_location_id": row.location_id,
        "from_warehouse_id": warehouse_id,
        "to_location_id": None,
        "lot": row.lot,
        "quantity": row.quantity,
        "document_table": row.document[0],
        "document_id": row.document[1],
        "line_id": row.line_id,
    }


def _come(unit: Unit, ins: Sequence[dict[str, Any]], there: dict[str, Standing]) -> list[dict[str, Any]]:
    """Gives moves in their cost; what stands changes in `there`; gives the differences to post."""
    differences = []
    for product_id in dict.fromkeys(move["product_id"] for move in ins):
        own = [move for move in ins if move["product_id"] == product_id]
        arrivals = [(move["quantity"], move.get("cost")) for move in own]
        costs, difference, there[product_id] = comes_in(there[product_id], arrivals)
        for move, cost in zip(own, costs, strict=True):
            move["cost"] = cost
        if difference:
            document = (own[0]["document_table"], own[0]["document_id"])
            differences.append(difference_row(unit, product_id, difference, there[product_id].unit_cost, document))
    return differences


def difference_row(
    unit: Unit, product_id: str, amount: Decimal, unit_cost: Decimal, document: Document, reason: str = ""
) -> dict[str, Any]:
    """A row of the ledger of differences."""
    return {
        "product_id": product_id,
        "amount": amount,
        "unit_cost": unit_cost,
        "on_day": unit.today,
        "reason": reason,
        "document_table": document[0],
        "document_id": document[1],
    }
