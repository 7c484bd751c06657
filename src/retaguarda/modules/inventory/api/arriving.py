"""What comes: receipts, the pegs they fulfil or break, the authorised negatives they cover."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.breaking import Broken, Place, lock_stock, report_broken
from retaguarda.modules.inventory.api.costing import append_moves
from retaguarda.modules.inventory.api.expecting import entry, expected_rows, pegs_on
from retaguarda.modules.inventory.api.goods import admit, pieces_come, pieces_move
from retaguarda.modules.inventory.api.reserving import append_less, append_reservations
from retaguarda.modules.inventory.api.tables import authorised_negative, bin_balance
from retaguarda.modules.inventory.events import StockArrivedForLine
from retaguarda.modules.inventory.model import AuthorisedNegative, ExpectedEntry
from retaguarda.modules.inventory.rules import (
    RECEIPT,
    TRANSFER,
    ZERO,
    Document,
    Reserved,
    break_reservations,
    weakest_first,
    worth,
)


@dataclass(frozen=True, slots=True)
class Receive:
    """Something that has come: where it was put, which expectation it answers, what one of it cost (None: the average
    that stands), when its lot expires, and the numbers of its pieces."""

    product_id: str
    location_id: str
    quantity: Decimal
    lot: str = ""
    expected_id: str | None = None
    unit_cost: Decimal | None = None
    expires_on: dt.date | None = None
    serials: tuple[str, ...] = ()


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


@dataclass(frozen=True, slots=True)
class Origin:
    """The place of ours from which goods come."""

    location_id: str
    warehouse_id: str


def receive(
    unit: Unit,
    document: Document,
    warehouse_id: str,
    rows: Sequence[Receive],
    *,
    rest_comes: bool = True,
    supplier_id: str | None = None,
    origin: Origin | None = None,
) -> tuple[Broken, ...]:
    """Books what has come. Goods fill first the place that an authorised negative left below zero.

    Pegs on the answered expectations become reservations on hand, the strongest first; unless the rest still comes
    (`rest_comes`), what is left expected is cancelled and its pegs break: they are returned, already reported.
    With an `origin` they come from there, in transit, and cost nothing new.
    """
    if origin is None:
        admit(unit, rows, supplier_id)
    stock = _locked(unit, warehouse_id, [row.product_id for row in rows])
    negatives = _negatives(unit, warehouse_id, stock)
    expected = expected_rows(unit, [row.expected_id for row in rows if row.expected_id])
    _check_answers(rows, expected, warehouse_id)
    kept, broken, entries = _settle_expected(unit, rows, expected, document, rest_comes)
    append_less(unit, kept, "arrived")
    append_less(unit, [b.row for b in broken], "broken")
    moves, reversals = _cover(rows, negatives, _coverable(stock, rows, kept), warehouse_id, document)
    if origin is None:
        append_moves(unit, moves)
        pieces_come(unit, rows, RECEIPT, document)
    else:
        append_moves(unit, [_from(origin, move) for move in moves])
        moved = [((r.product_id, number), origin.location_id, r.location_id) for r in rows for number in r.serials]
        pieces_move(unit, TRANSFER, moved, document)
    unit.append(ExpectedEntry, entries)
    unit.append(AuthorisedNegative, reversals)
    _keep_on_hand(unit, kept)
    report_broken(unit, broken, document)
    return tuple(broken)


def _from(origin: Origin, move: dict[str, Any]) -> dict[str, Any]:
    """The move of goods that come from another place of ours."""
    return {
        **move,
        "kind": TRANSFER,
        "from_location_id": origin.location_id,
        "from_warehouse_id": origin.warehouse_id,
        "cost": ZERO,
    }


def _check_answers(rows: Sequence[Receive], expected: Mapping[str, Any], warehouse_id: str) -> None:
    for row in rows:
        there = expected.get(row.expected_id or "")
        if there is not None and (there.product_id, there.warehouse_id) != (row.product_id, warehouse_id):
            raise Refusal("inventory.unknown_expected", field="expected_id")


def _coverable(stock: Mapping[str, Any], rows: Sequence[Receive], kept: Sequence[Reserved]) -> dict[str, Decimal]:
    """How much of each product may cover authorised negatives: what was pegged to this arrival comes first, since the
    goods that were sold before their entry are others."""
    room = {key: there.on_hand - there.held - there.reserved + there.allowed_negative for key, there in stock.items()}
    for row in rows:
        room[row.product_id] = room.get(row.product_id, ZERO) + row.quantity
    for peg in kept:
        room[peg.product_id] -= peg.quantity
    return room


def _settle_expected(
    unit: Unit, rows: Sequence[Receive], expected: Mapping[str, Any], document: Document, rest_comes: bool
) -> tuple[list[Reserved], list[Broken], list[dict[str, Any]]]:
    came: dict[str, Decimal] = {}
    for row in rows:
        if row.expected_id:
            came[row.expected_id] = came.get(row.expected_id, ZERO) + row.quantity
    pegs = pegs_on(unit, [key for key, row in expected.items() if row.pegged > 0])
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
                entry("receive", key, there.product_id, there.warehouse_id, -off, there.expected_on, document)
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
    stock = _locked(unit, warehouse_id, [product_id for product_id, _, _ in risen])
    for negative in _negatives(unit, warehouse_id, stock):
        place = (negative.product_id, negative.location_id, negative.lot)
        covered = min(negative.quantity, left.get(place, ZERO))
        if covered > 0:
            left[place] -= covered
            rows.append(_reversal(negative, covered, document))
    unit.append(AuthorisedNegative, rows)


def _locked(unit: Unit, warehouse_id: str, products: Iterable[str]) -> dict[str, Any]:
    """What the warehouse has of these products, by product, locked until the command ends."""
    # Stock is locked before expectations, and those before bins: no receipt and no order wait for each other.
    return {row.product_id: row for row in lock_stock(unit, products) if row.warehouse_id == warehouse_id}


def _negatives(unit: Unit, warehouse_id: str, stock: Mapping[str, Any]) -> list[Any]:
    allowed = [key for key, row in stock.items() if row.allowed_negative > 0]
    if not allowed:
        return []
    statement, values = _NEGATIVES.of(allowed)
    return [row for row in unit.all(statement, **values) if row.warehouse_id == warehouse_id]


def _cover(
    rows: Sequence[Receive],
    negatives: Sequence[Any],
    coverable: dict[str, Decimal],
    warehouse_id: str,
    document: Document,
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    moves: list[dict[str, Any]] = []
    reversals: list[dict[str, Any]] = []
    holes = {(n.product_id, n.location_id, n.lot): n.on_hand for n in negatives}
    open_left = {n.authorisation_id: n.quantity for n in negatives}
    allowed: dict[Place, Decimal] = {}
    for n in negatives:
        place = (n.product_id, n.location_id, n.lot)
        allowed[place] = allowed.get(place, ZERO) + n.quantity
    for row in rows:
        to_put = row.quantity
        to_reverse = min(to_put, coverable[row.product_id])
        for negative in (n for n in negatives if n.product_id == row.product_id):
            place = (negative.product_id, negative.location_id, negative.lot)
            filled = min(max(ZERO, -holes[place]), to_put)
            # What still lies below zero at that place has to stay authorised.
            spare = allowed[place] + min(ZERO, holes[place] + filled)
            covered = min(open_left[negative.authorisation_id], to_reverse, spare)
            if filled > 0:
                moves.append(_move(row, filled, negative.location_id, negative.lot, warehouse_id, document))
                holes[place] += filled
                to_put -= filled
            if covered > 0:
                reversals.append(_reversal(negative, covered, document))
                open_left[negative.authorisation_id] -= covered
                allowed[place] -= covered
                coverable[row.product_id] -= covered
                to_reverse -= covered
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
        "cost": None if row.unit_cost is None else worth(quantity, row.unit_cost),
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
