"""Reserving stock for the lines of a document, and what is free now or by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.tables import expected_movement, stock_balance, stock_reservation
from retaguarda.modules.inventory.model import StockReservation
from retaguarda.modules.inventory.rules import ZERO, Document, Reserved

RESERVE = "reserve"


@dataclass(frozen=True, slots=True)
class Need:
    """What one line needs. `expected_id` reserves what is still to come instead of what is there; a lower `priority`
    and a later promise lose first when stock shrinks."""

    line_id: str
    product_id: str
    warehouse_id: str
    quantity: Decimal
    priority: int = 0
    promised_on: dt.date | None = None
    expected_id: str | None = None


@dataclass(frozen=True, slots=True)
class Short:
    """A product that a document needs more of than is free, over all its lines.

    `next_on` and `next_quantity` say what comes next and is not promised on; `complete_on` is the first day by which
    all that is missing would be there (None: nothing expected is enough).
    """

    product_id: str
    warehouse_id: str
    needed: Decimal
    free: Decimal
    line_ids: tuple[str, ...]
    next_on: dt.date | None = None
    next_quantity: Decimal = ZERO
    complete_on: dt.date | None = None

    @property
    def missing(self) -> Decimal:
        """How much is not there."""
        return self.needed - self.free


@dataclass(frozen=True, slots=True)
class StockFacts:
    """What a warehouse has of a product; `free` may be reserved now."""

    on_hand: Decimal
    held: Decimal
    reserved: Decimal
    allowed_negative: Decimal

    @property
    def free(self) -> Decimal:
        """On hand, less what is held back or reserved, more what may be sold before its entry is typed."""
        return self.on_hand - self.held - self.reserved + self.allowed_negative


NOTHING = StockFacts(ZERO, ZERO, ZERO, ZERO)
_BALANCES = ForKeys(lambda keys: select(stock_balance).where(stock_balance.c.product_id.in_(keys)))
_TO_COME = ForKeys(
    lambda keys: (
        select(expected_movement)
        .where(
            expected_movement.c.product_id.in_(keys),
            expected_movement.c.quantity > expected_movement.c.pegged,
            expected_movement.c.expected_on >= bindparam("today", type_=expected_movement.c.expected_on.type),
        )
        .order_by(expected_movement.c.expected_on, expected_movement.c.id)
    )
)
_EXPECTED = ForKeys(lambda keys: select(expected_movement).where(expected_movement.c.id.in_(keys)))
_R = stock_reservation.c
LEFT = func.sum(_R.quantity)
RESERVED_COLUMNS = (
    _R.document_table,
    _R.document_id,
    _R.line_id,
    _R.product_id,
    _R.warehouse_id,
    _R.expected_id,
    LEFT.label("quantity"),
    func.max(_R.priority).label("priority"),
    func.max(_R.promised_on).label("promised_on"),
)
RESERVED_BY = (_R.document_table, _R.document_id, _R.line_id, _R.product_id, _R.warehouse_id, _R.expected_id)
_RESERVED_OF = Statement(
    select(*RESERVED_COLUMNS)
    .where(_R.document_id == bindparam("document_id", type_=Key()))
    .group_by(*RESERVED_BY)
    .having(LEFT > ZERO)
)


def reserve(unit: Unit, document: Document, needs: Sequence[Need]) -> tuple[Short, ...]:
    """Reserves what every line of `document` needs, all or nothing: the short ones are returned and nothing is
    written, or () after the reservations are.

    One read of what is free, one write. Two desks at the last unit: the balance's CHECK refuses the second, whose
    command is then run once more and finds the shortage here.
    """
    if not needs:
        return ()
    short = _short_on_hand(unit, [n for n in needs if n.expected_id is None])
    short += _short_expected(unit, [n for n in needs if n.expected_id is not None])
    if short:
        return _with_next(unit, short)
    rows = [
        Reserved(
            document=document,
            line_id=need.line_id,
            product_id=need.product_id,
            warehouse_id=need.warehouse_id,
            quantity=need.quantity,
            expected_id=need.expected_id,
            priority=need.priority,
            promised_on=need.promised_on,
        )
        for need in needs
    ]
    append_reservations(unit, rows, RESERVE, 1)
    return ()


def _short_on_hand(unit: Unit, needs: Sequence[Need]) -> list[Short]:
    wanted: dict[tuple[str, str], list[Need]] = {}
    for need in needs:
        wanted.setdefault((need.product_id, need.warehouse_id), []).append(need)
    if not wanted:
        return []
    there = _balances(unit, [product_id for product_id, _ in wanted])
    found = []
    for key, lines in wanted.items():
        needed, now = sum((n.quantity for n in lines), ZERO), there.get(key, NOTHING).free
        if needed > now:
            found.append(Short(*key, needed, now, tuple(n.line_id for n in lines)))
    return found


def _short_expected(unit: Unit, needs: Sequence[Need]) -> list[Short]:
    if not needs:
        return []
    statement, values = _EXPECTED.of([n.expected_id for n in needs if n.expected_id])
    rows = {row.id: row for row in unit.all(statement, **values)}
    found = []
    for expected_id in dict.fromkeys(n.expected_id for n in needs):
        lines = [n for n in needs if n.expected_id == expected_id]
        row = rows.get(expected_id)
        if row is None or any((n.product_id, n.warehouse_id) != (row.product_id, row.warehouse_id) for n in lines):
            raise Refusal("inventory.unknown_expected", field="expected_id")
        needed, open_there = sum((n.quantity for n in lines), ZERO), row.quantity - row.pegged
        if needed > open_there:
            found.append(Short(row.product_id, row.warehouse_id, needed, open_there, tuple(n.line_id for n in lines)))
    return found


def _with_next(unit: Unit, short: Sequence[Short]) -> tuple[Short, ...]:
    statement, values = _TO_COME.of([s.product_id for s in short])
    rows = unit.all(statement, today=unit.today, **values)
    return tuple(
        _what_comes(one, [r for r in rows if (r.product_id, r.warehouse_id) == (one.product_id, one.warehouse_id)])
        for one in short
    )


def _what_comes(short: Short, rows: Sequence[Any]) -> Short:
    if not rows:
        return short
    first = rows[0].expected_on
    total, complete_on = ZERO, None
    for row in rows:
        total += row.quantity - row.pegged
        if total >= short.missing:
            complete_on = row.expected_on
            break
    next_quantity = sum((r.quantity - r.pegged for r in rows if r.expected_on == first), ZERO)
    return Short(
        short.product_id,
        short.warehouse_id,
        short.needed,
        short.free,
        short.line_ids,
        first,
        next_quantity,
        complete_on,
    )


def append_less(unit: Unit, rows: Sequence[Reserved], kind: str) -> None:
    """Appends the rows that take these reservations back."""
    append_reservations(unit, rows, kind, -1)


def append_reservations(unit: Unit, rows: Sequence[Reserved], kind: str, sign: int) -> None:
    """Appends reservations (`sign` 1) or takes them back (-1): all on hand first, then all pegs, as everywhere."""
    for pegged in (False, True):
        unit.append(StockReservation, [_ledger_row(r, kind, sign) for r in rows if bool(r.expected_id) == pegged])


def _ledger_row(row: Reserved, kind: str, sign: int) -> dict[str, Any]:
    return {
        "kind": kind,
        "product_id": row.product_id,
        "warehouse_id": row.warehouse_id,
        "expected_id": row.expected_id,
        "quantity": row.quantity * sign,
        "priority": row.priority,
        "promised_on": row.promised_on,
        "document_table": row.document[0],
        "document_id": row.document[1],
        "line_id": row.line_id,
    }


def reserved_row(row: Any) -> Reserved:
    """A row of `RESERVED_COLUMNS` as facts."""
    return Reserved(
        document=(row.document_table, row.document_id),
        line_id=row.line_id,
        product_id=row.product_id,
        warehouse_id=row.warehouse_id,
        expected_id=row.expected_id,
        quantity=row.quantity,
        priority=row.priority,
        promised_on=row.promised_on,
    )


def reserved_of(reads: Reads, document: Document) -> tuple[Reserved, ...]:
    """What is reserved for a document now, by line; what is pegged to expected movements carries `expected_id`."""
    return tuple(reserved_row(row) for row in reads.all(_RESERVED_OF, document_id=document[1]))


def free(reads: Reads, product_ids: Sequence[str], warehouse_id: str) -> Mapping[str, StockFacts]:
    """What a warehouse has of each product, nothing included."""
    if not product_ids:
        return {}
    there = _balances(reads, product_ids)
    return {key: there.get((key, warehouse_id), NOTHING) for key in product_ids}


def available_to_promise(
    reads: Reads, product_ids: Sequence[str], warehouse_id: str, until: dt.date, today: dt.date
) -> Mapping[str, Decimal]:
    """What may be promised for `until`: free now, and expected from `today` to that day without being pegged."""
    if not product_ids:
        return {}
    found = {key: facts.free for key, facts in free(reads, product_ids, warehouse_id).items()}
    statement, values = _TO_COME.of(tuple(dict.fromkeys(product_ids)))
    for row in reads.all(statement, today=today, **values):
        if row.warehouse_id == warehouse_id and row.expected_on <= until:
            found[row.product_id] += row.quantity - row.pegged
    return found


def _balances(reads: Reads, product_ids: Sequence[str]) -> dict[tuple[str, str], StockFacts]:
    statement, values = _BALANCES.of(tuple(dict.fromkeys(product_ids)))
    return {
        (row.product_id, row.warehouse_id): StockFacts(row.on_hand, row.held, row.reserved, row.allowed_negative)
        for row in reads.all(statement, **values)
    }
