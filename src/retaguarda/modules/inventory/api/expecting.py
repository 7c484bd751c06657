"""What is still to come: expected movements, the day they come on, the pegs that hang on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
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
from retaguarda.modules.inventory.rules import (
    ZERO,
    Document,
    Reserved,
    break_reservations,
    weakest_first,
)


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
    return move_expected(unit, document, {expected_id: on})


def move_expected(unit: Unit, document: Document, days: Mapping[str, dt.date]) -> tuple[Broken, ...]:
    """The same for several expectations at once, each with its own day."""
    rows = expected_rows(unit, list(days))
    late = [
        p
        for p in pegs_on(unit, [key for key, row in rows.items() if row.pegged > 0])
        if p.promised_on is not None and p.promised_on < days[str(p.expected_id)]
    ]
    broken = _break(unit, late, "late")
    unit.append(
        ExpectedEntry,
        [
            entry("postpone", r.id, r.product_id, r.warehouse_id, ZERO, days[r.id], document)
            for r in rows.values()
            if r.quantity > 0
        ],
    )
    report_broken(unit, broken, document)
    for row in rows.values():
        unit.emit(ExpectationMoved(row.id, row.product_id, row.warehouse_id, days[row.id], row.quantity))
    return broken


def break_late(unit: Unit, document: Document, expected_ids: Sequence[str], today: dt.date) -> tuple[Broken, ...]:
    """What should have come is late: pegs promised for before `today` break, though nobody knows the new day yet."""
    expected_rows(unit, expected_ids)
    late = [p for p in pegs_on(unit, expected_ids) if p.promised_on is not None and p.promised_on < today]
    broken = _break(unit, late, "late")
    report_broken(unit, broken, document)
    return broken


def _break(unit: Unit, lost: Sequence[Reserved], cause: str) -> tuple[Broken, ...]:
    broken = tuple(Broken(peg, cause) for peg in weakest_first(lost))
    append_less(unit, [one.row for one in broken], "broken")
    return broken


def cancel_expected(
    unit: Unit, document: Document, expected_ids: Sequence[str], cause: str = "cancel"
) -> tuple[Broken, ...]:
    """What was expected does not come any more: every peg on it breaks."""
    return resize_expected(unit, document, dict.fromkeys(expected_ids, ZERO), cause)


def resize_expected(
    unit: Unit, document: Document, quantities: Mapping[str, Decimal], cause: str = "cancel"
) -> tuple[Broken, ...]:
    """More or less is expected than before: pegs that less cannot carry break, the weakest first."""
    rows = expected_rows(unit, list(quantities))
    pegs = pegs_on(unit, [key for key, row in rows.items() if row.pegged > quantities[key]])
    lost = [
        peg
        for key, row in rows.items()
        for peg in break_reservations((p for p in pegs if p.expected_id == key), row.pegged - quantities[key])
    ]
    broken = _break(unit, lost, cause)
    unit.append(
        ExpectedEntry,
        [
            entry(
                "expect" if quantities[r.id] > r.quantity else "cancel",
                r.id,
                r.product_id,
                r.warehouse_id,
                quantities[r.id] - r.quantity,
                r.expected_on,
                document,
            )
            for r in rows.values()
            if quantities[r.id] != r.quantity
        ],
    )
    report_broken(unit, broken, document)
    for row in rows.values():
        unit.emit(ExpectationMoved(row.id, row.product_id, row.warehouse_id, row.expected_on, quantities[row.id]))
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
