"""What is still to come, and what comes: expected movements, their pegs, receipts, covered negatives."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.kernel.errors import Missing
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.breaking import Broken, Place, report_broken
from retaguarda.modules.inventory.api.reserving import (
    LEFT,
    RESERVED_BY,
    RESERVED_COLUMNS,
    append_less,
    append_reservations,
    reserved_row,
)
from retaguarda.modules.inventory.api.tables import (
    authorised_negative,
    bin_balance,
    expected_movement,
    stock_balance,
    stock_reservation,
)
from retaguarda.modules.inventory.events import ExpectationMoved, StockArrivedForLine
from retaguarda.modules.inventory.model import AuthorisedNegative, ExpectedEntry, StockMove
from retaguarda.modules.inventory.rules import (
    RECEIPT,
    ZERO,
    Document,
    Reserved,
    break_reservations,
    cover_negative,
    weakest_first,
)


@dataclass(frozen=True, slots=True)
class Expect:
    """Something that a source document brings on a day."""

    product_id: str
    warehouse_id: str
    quantity: Decimal
    expected_on: dt.date


@dataclass(frozen=True, slots=True)
class Receive:
    """Something that has come: where it was put, and which expectation it answers."""

    product_id: str
    location_id: str
    quantity: Decimal
    lot: str = ""
    expected_id: str | None = None


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
# Stock is locked before expectations, and those before bins: no receipt and no order wait for each other.
_STOCK = ForKeys(
    lambda keys: (
        select(stock_balance)
        .where(stock_balance.c.product_id.in_(keys))
        .order_by(stock_balance.c.product_id, stock_balance.c.warehouse_id)
        .with_for_update()
    )
)
_N = authorised_negative.c
_AUTHORISED = func.sum(_N.quantity)
_NEGATIVE_BY = (_N.authorisation_id, _N.product_id, _N.warehouse_id, _N.location_id, _N.lot)
_NEGATIVES = ForKeys(
    lambda keys: (
        select(*_NEGATIVE_BY, _AUTHORISED.label("quantity"), bin_balance.c.on_hand)
        .join(
            bin_balance,
            (bin_balance.c.product_id == _N.product_id)
            & (bin_balance.c.location_id == _N.location_id)
            & (bin_balance.c.lot == _N.lot),
        )
        .where(_N.product_id.in_(keys))
        .group_by(*_NEGATIVE_BY, bin_balance.c.on_hand)
        .having(_AUTHORISED > ZERO)
        .order_by(_N.authorisation_id)
    )
)


def expect(unit: Unit, document: Document | None, rows: Sequence[Expect]) -> tuple[str, ...]:
    """Writes down what `document` (a purchase order, a transfer; None: nothing but itself) brings; gives one key per
    row, in order."""
    ids = tuple(unit.new_id() for _ in rows)
    unit.append(
        ExpectedEntry,
        [
            _entry(
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


def _entry(
    kind: str,
    expected_id: str,
    product_id: str,
    warehouse_id: str,
    quantity: Decimal,
    expected_on: dt.date,
    document: Document,
) -> dict[str, Any]:
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
    row = _expected(unit, [expected_id])[expected_id]
    late = [p for p in _pegs(unit, [expected_id]) if p.promised_on is not None and p.promised_on < on]
    broken = tuple(Broken(p, "late") for p in weakest_first(late))
    append_less(unit, [b.row for b in broken], "broken")
    unit.append(ExpectedEntry, [_entry("postpone", expected_id, row.product_id, row.warehouse_id, ZERO, on, document)])
    report_broken(unit, broken, document)
    unit.emit(ExpectationMoved(expected_id, row.product_id, row.warehouse_id, on, row.quantity))
    return broken


def cancel_expected(
    unit: Unit, document: Document, expected_ids: Sequence[str], cause: str = "cancel"
) -> tuple[Broken, ...]:
    """What was expected does not come any more: every peg on it breaks."""
    rows = _expected(unit, expected_ids)
    broken = tuple(Broken(p, cause) for p in weakest_first(_pegs(unit, expected_ids)))
    append_less(unit, [b.row for b in broken], "broken")
    unit.append(
        ExpectedEntry,
        [
            _entry("cancel", r.id, r.product_id, r.warehouse_id, -r.quantity, r.expected_on, document)
            for r in rows.values()
            if r.quantity > 0
        ],
    )
    report_broken(unit, broken, document)
    for row in rows.values():
        unit.emit(ExpectationMoved(row.id, row.product_id, row.warehouse_id, row.expected_on, ZERO))
    return broken


def _expected(unit: Unit, ids: Sequence[str]) -> dict[str, Any]:
    if not ids:
        return {}
    statement, values = _EXPECTED.of(tuple(dict.fromkeys(ids)))
    rows = {row.id: row for row in unit.all(statement, **values)}
    for key in ids:
        if key not in rows:
            raise Missing("expected_movement", key, field="expected_id")
    return rows


def _pegs(unit: Unit, ids: Sequence[str]) -> list[Reserved]:
    if not ids:
        return []
    statement, values = _PEGS.of(tuple(dict.fromkeys(ids)))
    return [reserved_row(row) for row in unit.all(statement, **values)]


def receive(
    unit: Unit, document: Document, warehouse_id: str, rows: Sequence[Receive], *, rest_comes: bool = True
) -> tuple[Broken, ...]:
    """Books what has come. Goods fill first the place that an authorised negative left below zero.

    Pegs on the answered expectations become reservations on hand, the strongest first; unless the rest still comes
    (`rest_comes`), what is left expected is cancelled and its pegs break: they are returned, already reported.
    """
    negatives = _negatives(unit, warehouse_id, [row.product_id for row in rows])
    expected = _expected(unit, [row.expected_id for row in rows if row.expected_id])
    kept, broken, entries = _settle_expected(unit, rows, expected, document, rest_comes)
    append_less(unit, kept, "arrived")
    append_less(unit, [b.row for b in broken], "broken")
    moves, reversals = _cover(rows, negatives, warehouse_id, document)
    unit.append(StockMove, moves)
    unit.append(ExpectedEntry, entries)
    unit.append(AuthorisedNegative, reversals)
    _keep_on_hand(unit, kept)
    report_broken(unit, broken, document)
    return tuple(broken)


def _settle_expected(
    unit: Unit, rows: Sequence[Receive], expected: Mapping[str, Any], document: Document, rest_comes: bool
) -> tuple[list[Reserved], list[Broken], list[dict[str, Any]]]:
    came: dict[str, Decimal] = {}
    for row in rows:
        if row.expected_id:
            came[row.expected_id] = came.get(row.expected_id, ZERO) + row.quantity
    pegs = _pegs(unit, [key for key, row in expected.items() if row.pegged > 0])
    kept: list[Reserved] = []
    broken: list[Broken] = []
    entries: list[dict[str, Any]] = []
    for key, there in expected.items():
        own = [p for p in pegs if p.expected_id == key]
        arrived = min(came[key], there.quantity)
        strongest = list(reversed(weakest_first(own)))
        taken = _take(strongest, arrived)
        kept += taken
        off = arrived if rest_comes else there.quantity
        if off > 0:
            entries.append(
                _entry("receive", key, there.product_id, there.warehouse_id, -off, there.expected_on, document)
            )
        if not rest_comes:
            excess = sum((p.quantity for p in own), ZERO) - sum((p.quantity for p in taken), ZERO)
            broken += [Broken(p, RECEIPT) for p in break_reservations(own, excess)]
    return kept, broken, entries


def _take(pegs: Iterable[Reserved], quantity: Decimal) -> list[Reserved]:
    taken = []
    for peg in pegs:
        part = min(peg.quantity, quantity)
        if part > 0:
            taken.append(replace(peg, quantity=part))
            quantity -= part
    return taken


def reverse_counted(unit: Unit, warehouse_id: str, risen: Mapping[Place, Decimal], document: Document) -> None:
    """A count that found more than the books at a place with an authorised negative has covered it that far."""
    if not risen:
        return
    left, rows = dict(risen), []
    for negative in _negatives(unit, warehouse_id, [place[0] for place in risen]):
        place = (negative.product_id, negative.location_id, negative.lot)
        covered = min(negative.quantity, left.get(place, ZERO))
        if covered > 0:
            left[place] -= covered
            rows.append(_reversal(negative, covered, document))
    unit.append(AuthorisedNegative, rows)


def _negatives(unit: Unit, warehouse_id: str, products: Sequence[str]) -> list[Any]:
    keys = sorted(set(products))
    statement, values = _STOCK.of(keys)
    allowed = [
        row.product_id
        for row in unit.all(statement, **values)
        if row.warehouse_id == warehouse_id and row.allowed_negative > 0
    ]
    if not allowed:
        return []
    statement, values = _NEGATIVES.of(allowed)
    return [row for row in unit.all(statement, **values) if row.warehouse_id == warehouse_id]


def _cover(
    rows: Sequence[Receive], negatives: Sequence[Any], warehouse_id: str, document: Document
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    moves: list[dict[str, Any]] = []
    reversals: list[dict[str, Any]] = []
    holes = {(n.product_id, n.location_id, n.lot): n.on_hand for n in negatives}
    open_left = {n.authorisation_id: n.quantity for n in negatives}
    for row in rows:
        to_reverse = to_put = row.quantity
        for negative in (n for n in negatives if n.product_id == row.product_id):
            place = (negative.product_id, negative.location_id, negative.lot)
            cover = cover_negative(open_left[negative.authorisation_id], holes[place], to_reverse)
            filled = min(cover.into_hole, to_put)
            if filled > 0:
                moves.append(_move(row, filled, negative.location_id, negative.lot, warehouse_id, document))
                holes[place] += filled
                to_put -= filled
            if cover.reversed > 0:
                reversals.append(_reversal(negative, cover.reversed, document))
                open_left[negative.authorisation_id] -= cover.reversed
                to_reverse -= cover.reversed
        if to_put > 0:
            moves.append(_move(row, to_put, row.location_id, row.lot, warehouse_id, document))
    return moves, reversals


def _move(
    row: Receive, quantity: Decimal, location_id: str, lot: str, warehouse_id: str, document: Document
) -> dict[str, Any]:
    return {
        "kind": RECEIPT,
        "product_id": row.product_id,
        "from_location_id": None,
        "to_location_id": location_id,
        "to_warehouse_id": warehouse_id,
        "lot": lot,
        "quantity": quantity,
        "document_table": document[0],
        "document_id": document[1],
    }


def _reversal(negative: Any, quantity: Decimal, document: Document) -> dict[str, Any]:
    return {
        "authorisation_id": negative.authorisation_id,
        "product_id": negative.product_id,
        "warehouse_id": negative.warehouse_id,
        "location_id": negative.location_id,
        "lot": negative.lot,
        "quantity": -quantity,
        "reason": "",
        "document_table": document[0],
        "document_id": document[1],
    }


def _keep_on_hand(unit: Unit, kept: Sequence[Reserved]) -> None:
    append_reservations(unit, [replace(row, expected_id=None) for row in kept], "arrived", 1)
    for row in kept:
        unit.emit(StockArrivedForLine(*row.document, row.line_id, row.product_id, row.quantity))
