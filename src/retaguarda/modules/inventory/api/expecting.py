"""What is still to come: expected movements, the day they come on, the pegs that hang on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import select

from retaguarda.kernel.errors import Missing
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.breaking import Broken, report_broken
from retaguarda.modules.inventory.api.reserving import (
    LEFT,
    RESERVED_BY,
    RESERVED_COLUMNS,
    append_less,
    reserved_row,
)
from retaguarda.modules.inventory.api.tables import expected_movement, stock_reservation
from retaguarda.modules.inventory.events import ExpectationMoved
from retaguarda.modules.inventory.model import ExpectedEntry
from retaguarda.modules.inventory.rules import ZERO, Document, Reserved, weakest_first


@dataclass(frozen=True, slots=True)
class Expect:
    """Something that a source document brings on a day."""

    product_id: str
    warehouse_id: str
    quantity: Decimal
    expected_on: dt.date


_EXPECTED = ForKeys(
    lambda keys: (
        select(expected_movement)
        .where(expected_movement.c.id.in_(keys))
        .order_by(expected_movement.c.product_id, expected_movement.c.warehouse_id, expected_movement.c.id)
        .with_for_update()
    )
)
_PEGS = ForKeys(
    lambda keys: (
        select(*RESERVED_COLUMNS)
        .where(stock_reservation.c.expected_id.in_(keys))
        .group_by(*RESERVED_BY)
        .having(LEFT > ZERO)
    )
)


def expect(unit: Unit, document: Document | None, rows: Sequence[Expect]) -> tuple[str, ...]:
    """Writes down what `document` (a purchase order, a transfer; None: nothing but itself) brings; gives one key per
    row, in order."""
    ids = tuple(unit.new_id() for _ in rows)
    unit.append(
        ExpectedEntry,
        [
            entry(
                "expect",
                key,
                row.product_id,
                row.warehouse_id,
                row.quantity,
                row.expected_on,
                document or ("expected_movement", key),
            )
            for key, row in zip(ids, rows, strict=True)
        ],
    )
    return ids


def entry(
    kind: str,
    expected_id: str,
    product_id: str,
    warehouse_id: str,
    quantity: Decimal,
    expected_on: dt.date,
    document: Document,
) -> dict[str, Any]:
    """A row of the ledger of expectations."""
    return {
        "kind": kind,
        "expected_id": expected_id,
        "product_id": product_id,
        "warehouse_id": warehouse_id,
        "quantity": quantity,
        "expected_on": expected_on,
        "document_table": document[0],
        "document_id": document[1],
    }


def postpone_expected(unit: Unit, document: Document, expected_id: str, on: dt.date) -> tuple[Broken, ...]:
    """What was expected comes on another day: pegs promised for before that day break."""
    row = expected_rows(unit, [expected_id])[expected_id]
    late = [p for p in pegs_on(unit, [expected_id]) if p.promised_on is not None and p.promised_on < on]
    broken = tuple(Broken(p, "late") for p in weakest_first(late))
    append_less(unit, [b.row for b in broken], "broken")
    unit.append(ExpectedEntry, [entry("postpone", expected_id, row.product_id, row.warehouse_id, ZERO, on, document)])
    report_broken(unit, broken, document)
    unit.emit(ExpectationMoved(expected_id, row.product_id, row.warehouse_id, on, row.quantity))
    return broken


def cancel_expected(
    unit: Unit, document: Document, expected_ids: Sequence[str], cause: str = "cancel"
) -> tuple[Broken, ...]:
    """What was expected does not come any more: every peg on it breaks."""
    rows = expected_rows(unit, expected_ids)
    broken = tuple(Broken(p, cause) for p in weakest_first(pegs_on(unit, expected_ids)))
    append_less(unit, [b.row for b in broken], "broken")
    unit.append(
        ExpectedEntry,
        [
            entry("cancel", r.id, r.product_id, r.warehouse_id, -r.quantity, r.expected_on, document)
            for r in rows.values()
            if r.quantity > 0
        ],
    )
    report_broken(unit, broken, document)
    for row in rows.values():
        unit.emit(ExpectationMoved(row.id, row.product_id, row.warehouse_id, row.expected_on, ZERO))
    return broken


def expected_rows(unit: Unit, ids: Sequence[str]) -> dict[str, Any]:
    """The expected movements with these keys, locked until the command ends; refuses an unknown one."""
    if not ids:
        return {}
    statement, values = _EXPECTED.of(tuple(dict.fromkeys(ids)))
    rows = {row.id: row for row in unit.all(statement, **values)}
    for key in ids:
        if key not in rows:
            raise Missing("expected_movement", key, field="expected_id")
    return rows


def pegs_on(unit: Unit, ids: Sequence[str]) -> list[Reserved]:
    """What is pegged to these expected movements."""
    if not ids:
        return []
    statement, values = _PEGS.of(tuple(dict.fromkeys(ids)))
    return [reserved_row(row) for row in unit.all(statement, **values)]
