"""Reserving stock for the lines of a document, and what is free now or by a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, null, or_, select, type_coerce, union_all

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key, Minor
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.tables import expected_movement, kit_part, stock_balance, stock_reservation
from retaguarda.modules.inventory.model import StockReservation
from retaguarda.modules.inventory.rules import ZERO, Document, Reserved, kits_of, whole_kits

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
_S, _K = stock_balance.c, kit_part.c
_FIGURES = (_S.warehouse_id, _S.on_hand, _S.held, _S.reserved, _S.allowed_negative)
_NO_KIT = (type_coerce(null(), Key()).label("kit_id"), type_coerce(null(), Minor(4)).label("per_kit"))
# What the products have and, of the kits among them, what their parts have: one read of what is free.
_BALANCES = ForKeys(
    lambda keys: union_all(
        select(_S.product_id, *_FIGURES, *_NO_KIT).where(_S.product_id.in_(keys)),
        select(_K.component_id, *_FIGURES, _K.kit_id, _K.quantity)
        .select_from(kit_part.outerjoin(stock_balance, _S.product_id == _K.component_id))
        .where(_K.kit_id.in_(keys), _K.active),
    )
)
TO_COME = ForKeys(
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
EXPECTED = ForKeys(lambda keys: select(expected_movement).where(expected_movement.c.id.in_(keys)))
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
    _R.kit_id,
    _R.per_kit,
)
RESERVED_BY = (
    _R.document_table,
    _R.document_id,
    _R.line_id,
    _R.product_id,
    _R.warehouse_id,
    _R.expected_id,
    _R.kit_id,
    _R.per_kit,
)
_RESERVED_OF = Statement(
    select(*RESERVED_COLUMNS)
    .where(_R.document_id == bindparam("document_id", type_=Key()))
    .group_by(*RESERVED_BY)
    # Of a kit also the parts that are gone: they say how many whole ones are left.
    .having(or_(LEFT > ZERO, _R.kit_id.is_not(None)))
)


def reserve(unit: Unit, document: Document, needs: Sequence[Need]) -> tuple[Short, ...]:
    """Reserves what every line of `document` needs, all or nothing: the short ones are returned and nothing is
    written, or () after the reservations are.

    One read of what is free, one write. Two desks at the last unit: the balance's CHECK refuses the second, whose
    command is then run once more and finds the shortage here.
    """
    rows, short = needed_rows(unit, document, needs)
    if not short:
        append_reservations(unit, rows, RESERVE, 1)
    return short


def needed_rows(unit: Unit, document: Document, needs: Sequence[Need]) -> tuple[list[Reserved], tuple[Short, ...]]:
    """What reserving the needs would write, and what is short; nothing is written."""
    if not needs:
        return [], ()
    on_hand = [need for need in needs if need.expected_id is None]
    figures = figures_of(unit, [need.product_id for need in on_hand])
    rows = [row for need in needs for row in _rows(document, need, figures.parts)]
    short = _short_on_hand(figures, on_hand, [row for row in rows if row.expected_id is None])
    short += _short_expected(unit, [need for need in needs if need.expected_id is not None])
    return rows, _with_next(unit, short) if short else ()


def append_taken(unit: Unit, rows: Sequence[Reserved], kind: str) -> None:
    """Reserves what is on hand and takes it back as `kind` in one statement. Each reservation stands before what takes
    it back (sorting keeps their order), so that the balance's CHECK guards it like any other."""
    taken = [_ledger_row(row, as_kind, sign) for as_kind, sign in ((RESERVE, 1), (kind, -1)) for row in rows]
    unit.append(StockReservation, taken)


def _rows(document: Document, need: Need, parts: Parts) -> Iterable[Reserved]:
    """What a need reserves: the product itself, or each part of a kit."""
    whole = Reserved(
        document=document,
        line_id=need.line_id,
        product_id=need.product_id,
        warehouse_id=need.warehouse_id,
        quantity=need.quantity,
        expected_id=need.expected_id,
        priority=need.priority,
        promised_on=need.promised_on,
    )
    for component_id, per_kit in parts.get(need.product_id, {}).items():
        quantity = need.quantity * per_kit
        yield replace(whole, product_id=component_id, quantity=quantity, kit_id=need.product_id, per_kit=per_kit)
    if need.product_id not in parts:
        yield whole


def _short_on_hand(figures: Figures, needs: Sequence[Need], rows: Sequence[Reserved]) -> list[Short]:
    """Every product that is short over all lines; a kit is short by as many as its scarcest part."""
    wanted: dict[tuple[str, str], list[Reserved]] = {}
    for row in rows:
        wanted.setdefault((row.product_id, row.warehouse_id), []).append(row)
    found: list[Short] = []
    lacking: dict[tuple[str, str], Decimal] = {}
    for key, own in wanted.items():
        needed, now = sum((row.quantity for row in own), ZERO), figures.there.get(key, NOTHING).free
        if needed <= now:
            continue
        plain = tuple(row.line_id for row in own if row.kit_id is None)
        if plain:
            found.append(Short(*key, needed, now, plain))
        for row in own:
            if row.kit_id is not None and row.per_kit is not None:
                kit = (row.kit_id, row.warehouse_id)
                lacking[kit] = max(lacking.get(kit, ZERO), Decimal(-((now - needed) // row.per_kit)))
    for kit, missing in lacking.items():
        own_needs = [need for need in needs if (need.product_id, need.warehouse_id) == kit]
        needed = sum((need.quantity for need in own_needs), ZERO)
        lines = tuple(need.line_id for need in own_needs)
        found.append(Short(*kit, needed, max(ZERO, needed - missing), lines))
    return found


def _short_expected(unit: Unit, needs: Sequence[Need]) -> list[Short]:
    if not needs:
        return []
    statement, values = EXPECTED.of([n.expected_id for n in needs if n.expected_id])
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
    statement, values = TO_COME.of([s.product_id for s in short])
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
        "kit_id": row.kit_id,
        "per_kit": row.per_kit,
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
        kit_id=row.kit_id,
        per_kit=row.per_kit,
    )


class Reservations:
    """What is reserved for a document when it was read; what is pegged to expected movements carries `expected_id`.
    `rows` are by line and product, of a kit also the parts of which nothing is reserved any more."""

    __slots__ = ("rows",)

    def __init__(self, rows: Iterable[Reserved]) -> None:
        self.rows = tuple(rows)

    @property
    def by_line(self) -> tuple[Reserved, ...]:
        """In what the lines sell: kits whole."""
        return tuple(kits_of(self.rows))

    @property
    def parts(self) -> tuple[Reserved, ...]:
        """By line and product: of a kit its parts."""
        return tuple(row for row in self.rows if row.quantity > 0)

    @property
    def on_hand(self) -> list[Reserved]:
        """The parts that are there."""
        return [row for row in self.parts if row.expected_id is None]


def reservations_of(reads: Reads, document: Document) -> Reservations:
    """What is reserved for a document now."""
    return Reservations(reserved_row(row) for row in reads.all(_RESERVED_OF, document_id=document[1]))


def reserved_of(reads: Reads, document: Document) -> tuple[Reserved, ...]:
    """What is reserved for a document now, by line."""
    return reservations_of(reads, document).by_line


def reserved_rows(reads: Reads, document: Document) -> tuple[Reserved, ...]:
    """What is reserved for a document now, by line and product."""
    return reservations_of(reads, document).parts


def free(reads: Reads, product_ids: Sequence[str], warehouse_id: str) -> Mapping[str, StockFacts]:
    """What a warehouse has of each product, nothing included; of a kit, what can be put together."""
    if not product_ids:
        return {}
    figures = figures_of(reads, product_ids)
    found = {key: figures.there.get((key, warehouse_id), NOTHING) for key in product_ids}
    for kit_id, parts in figures.parts.items():
        now = {key: figures.there.get((key, warehouse_id), NOTHING).free for key in parts}
        found[kit_id] = StockFacts(whole_kits(parts, now), ZERO, ZERO, ZERO)
    return found


def available_to_promise(
    reads: Reads, product_ids: Sequence[str], warehouse_id: str, until: dt.date, today: dt.date
) -> Mapping[str, Decimal]:
    """What may be promised for `until`: free now, and expected from `today` to that day without being pegged; of a
    kit, what can be put together by then."""
    if not product_ids:
        return {}
    figures = figures_of(reads, product_ids)
    keys = tuple(dict.fromkeys([*product_ids, *(key for parts in figures.parts.values() for key in parts)]))
    found = {key: figures.there.get((key, warehouse_id), NOTHING).free for key in keys}
    statement, values = TO_COME.of(keys)
    for row in reads.all(statement, today=today, **values):
        if row.warehouse_id == warehouse_id and row.expected_on <= until:
            found[row.product_id] += row.quantity - row.pegged
    found.update({kit_id: whole_kits(parts, found) for kit_id, parts in figures.parts.items()})
    return {key: found[key] for key in product_ids}


Parts = Mapping[str, Mapping[str, Decimal]]
"""Of each kit, how much of each part goes into one."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What warehouses have of products, and what the kits among them are made of."""

    there: Mapping[tuple[str, str], StockFacts]
    parts: Parts


def figures_of(reads: Reads, product_ids: Sequence[str]) -> Figures:
    """What the products have in every warehouse, nothing included, and what the kits among them are made of."""
    there: dict[tuple[str, str], StockFacts] = {}
    parts: dict[str, dict[str, Decimal]] = {}
    if product_ids:
        statement, values = _BALANCES.of(tuple(dict.fromkeys(product_ids)))
        for row in reads.all(statement, **values):
            if row.kit_id is not None:
                parts.setdefault(row.kit_id, {})[row.product_id] = row.per_kit
            if row.warehouse_id is not None:
                facts = StockFacts(row.on_hand, row.held, row.reserved, row.allowed_negative)
                there[row.product_id, row.warehouse_id] = facts
    return Figures(there, parts)
