"""Giving way: what is kept for one document is kept for it from what comes, and is free for others now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from sqlalchemy import bindparam, select

from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.reserving import (
    LEFT,
    RESERVE,
    RESERVED_BY,
    RESERVED_COLUMNS,
    TO_COME,
    append_less,
    append_reservations,
    reserved_row,
    reserved_rows,
)
from retaguarda.modules.inventory.api.tables import stock_reservation
from retaguarda.modules.inventory.rules import ZERO, Document, Reserved

_R = stock_reservation.c
_KEPT = ForKeys(
    lambda keys: (
        select(*RESERVED_COLUMNS)
        .where(
            _R.product_id.in_(keys),
            _R.warehouse_id == bindparam("warehouse_id", type_=Key()),
            _R.expected_id.is_(None),
            _R.kit_id.is_(None),
        )
        .group_by(*RESERVED_BY)
        .having(LEFT > ZERO)
    )
)


def kept_for_others(reads: Reads, product_ids: Sequence[str], warehouse_id: str) -> list[Reserved]:
    """What a warehouse keeps of the products, line by line, parts of kits left out; the latest promise first."""
    statement, values = _KEPT.of(tuple(product_ids))
    rows = [reserved_row(row) for row in reads.all(statement, warehouse_id=warehouse_id, **values)]
    return sorted(rows, key=lambda row: (row.promised_on or dt.date.min, row.line_id), reverse=True)


def await_instead(unit: Unit, document: Document, product_id: str, quantity: Decimal, until: dt.date) -> bool:
    """Gives free so much of what is kept on hand for a document and keeps it from what comes by `until` and is promised
    to nobody; False, and nothing is written, where one of both is not enough."""
    left, given = quantity, list[Reserved]()
    for row in reserved_rows(unit, document):
        if row.product_id == product_id and row.expected_id is None and row.kit_id is None and left > ZERO:
            given.append(replace(row, quantity=min(row.quantity, left)))
            left -= given[-1].quantity
    if left > ZERO or not given:
        return False
    statement, values = TO_COME.of((product_id,))
    comes = [
        (row.id, row.quantity - row.pegged)
        for row in unit.all(statement, today=unit.today, **values)
        if row.warehouse_id == given[0].warehouse_id and row.expected_on <= until
    ]
    pegs = _from_arrivals(given, comes)
    if sum((row.quantity for row in pegs), ZERO) < quantity:
        return False
    append_less(unit, given, "release")
    append_reservations(unit, pegs, RESERVE, 1)
    return True


def _from_arrivals(given: Sequence[Reserved], comes: Sequence[tuple[str, Decimal]]) -> list[Reserved]:
    """The same reservations, kept from the arrivals, the earliest first."""
    left, found = dict(comes), list[Reserved]()
    for row in given:
        needed = row.quantity
        for expected_id, there in left.items():
            taken = min(there, needed)
            if taken > ZERO:
                left[expected_id] = there - taken
                needed -= taken
                found.append(replace(row, quantity=taken, expected_id=expected_id))
    return found
