"""What moves book: every document's moves by the posting rule of their kind, in the branch of their warehouse."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory.api.tables import warehouse
from retaguarda.modules.inventory.rules import BACK, COUNT, DAMAGE, OPENING, RECEIPT, RETURN, SHIP, ZERO, Document

_BRANCHES = Statement(select(warehouse.c.id, warehouse.c.branch_id))
_KEPT = "inventory.branch_of_warehouse"
_MORE, _LESS = "inventory.difference_more", "inventory.difference_less"
IN: Mapping[str, str] = {
    OPENING: "inventory.opening",
    RECEIPT: "inventory.received",
    RETURN: "inventory.returned",
    COUNT: _MORE,
}
OUT: Mapping[str, str] = {
    SHIP: "inventory.shipped",
    BACK: "inventory.returned_to_supplier",
    COUNT: _LESS,
    DAMAGE: _LESS,
}


def branch_of(unit: Unit, warehouse_id: str) -> str:
    """The branch of a warehouse, which never changes."""
    known: dict[str, str] = unit.kept.setdefault(_KEPT, {})
    if warehouse_id not in known:
        known.update({row.id: row.branch_id for row in unit.all(_BRANCHES)})
    return known[warehouse_id]


def book_moves(
    unit: Unit,
    ins: Sequence[Mapping[str, Any]],
    outs: Sequence[Mapping[str, Any]],
    differences: Sequence[Mapping[str, Any]],
    occurred_on: dt.date | None = None,
) -> None:
    """Books what moves brought and took, and what changed without one, all in three statements; without a day it was
    today."""
    sums: dict[tuple[str, str, Document], Decimal] = {}

    def add(rule: str, warehouse_id: str, row: Mapping[str, Any], amount: Decimal) -> None:
        key = (rule, branch_of(unit, warehouse_id), (row["document_table"], row["document_id"]))
        sums[key] = sums.get(key, ZERO) + amount

    for move in ins:
        add(IN[move["kind"]], move["to_warehouse_id"], move, move["cost"])
    for move in outs:
        add(OUT[move["kind"]], move["from_warehouse_id"], move, move["cost"])
    where = {move["product_id"]: move["to_warehouse_id"] for move in ins}
    for row in differences:
        add("inventory.cost_difference", where[row["product_id"]], row, -row["amount"])
    accounting.book(
        unit,
        *(
            accounting.Booking(
                rule=rule, source=source, branch_id=branch_id, amounts={"cost": amount}, occurred_on=occurred_on
            )
            for (rule, branch_id, source), amount in sums.items()
        ),
    )


def book_difference(unit: Unit, difference: Decimal, document: Document) -> None:
    """Books a value that was put right by hand, in the branch of whoever did."""
    branch_id = unit.actor.branch_id or str(company.first_branch(unit).id)
    accounting.book(
        unit,
        accounting.Booking(
            rule="inventory.cost_difference", source=document, branch_id=branch_id, amounts={"cost": -difference}
        ),
    )
