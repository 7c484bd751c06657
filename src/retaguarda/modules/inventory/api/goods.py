"""Lots and serial numbers: what arriving goods must say of themselves, and where each numbered piece is."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import String, select

from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.tables import lot, serial, serial_move, stock_care
from retaguarda.modules.inventory.model import Lot, SerialMove
from retaguarda.modules.inventory.rules import LOT, SERIAL, SHIP, Arrival, Document, Picked, arrival_faults

_CARE = ForKeys(
    lambda keys: select(stock_care.c.product_id, stock_care.c.tracking).where(stock_care.c.product_id.in_(keys))
)
_LOTS = ForKeys(lambda keys: select(lot).where(lot.c.product_id.in_(keys)))
_NUMBERED = ForKeys(lambda keys: select(serial).where(serial.c.number.in_(keys)), String(60))
_LYING = ForKeys(
    lambda keys: (
        select(serial)
        .where(serial.c.product_id.in_(keys), serial.c.location_id.is_not(None), serial.c.line_id.is_(None))
        .order_by(serial.c.id)
    )
)
_IN_STOCK = ForKeys(lambda keys: select(serial).where(serial.c.product_id.in_(keys), serial.c.location_id.is_not(None)))
_PICKED_FOR = ForKeys(lambda keys: select(serial).where(serial.c.line_id.in_(keys)).order_by(serial.c.id))
_LEFT_BY = ForKeys(
    lambda keys: select(serial_move.c.product_id, serial_move.c.number, serial_move.c.line_id).where(
        serial_move.c.line_id.in_(keys), serial_move.c.kind == SHIP
    )
)
Piece = tuple[str, str]
"""A product and the number of one piece of it."""


def tracking_of(reads: Reads, product_ids: Iterable[str]) -> Mapping[str, str]:
    """How products are tracked: `lot` or `serial`; those that are not are left out."""
    keys = tuple(dict.fromkeys(product_ids))
    if not keys:
        return {}
    statement, values = _CARE.of(keys)
    return {row.product_id: row.tracking for row in reads.all(statement, **values) if row.tracking in (LOT, SERIAL)}


def lots_of(reads: Reads, product_ids: Iterable[str]) -> Mapping[tuple[str, str], Any]:
    """The lots of products by product and code."""
    statement, values = _LOTS.of(tuple(dict.fromkeys(product_ids)))
    return {(row.product_id, row.code): row for row in reads.all(statement, **values)}


def admit(unit: Unit, rows: Sequence[Arrival], supplier_id: str | None = None) -> Mapping[str, str]:
    """Refuses arrivals that do not say what they must: the lot of what is tracked by lot, each number of what is
    tracked by number. New lots are written down. Gives how the products are tracked."""
    tracking = tracking_of(unit, [row.product_id for row in rows])
    named = [row for row in rows if row.lot]
    known = lots_of(unit, [row.product_id for row in named]) if named else {}
    there = pieces(unit, [(row.product_id, number) for row in rows for number in row.serials])
    faults = arrival_faults(rows, tracking, {key: row.expires_on for key, row in known.items()}, set(there))
    if faults:
        raise Invalid(*(Fault(field, code, params) for field, code, params in faults))
    new = {(row.product_id, row.lot): row for row in named if (row.product_id, row.lot) not in known}
    unit.add_all(
        Lot,
        [
            {
                "product_id": product_id,
                "code": code,
                "expires_on": new[product_id, code].expires_on,
                "supplier_id": supplier_id,
                "reason": "",
            }
            for product_id, code in sorted(new)
        ],
    )
    return tracking


def pieces(reads: Reads, asked: Sequence[Piece]) -> dict[Piece, Any]:
    """Those of the numbered pieces that lie somewhere in stock."""
    if not asked:
        return {}
    statement, values = _NUMBERED.of(tuple(dict.fromkeys(number for _, number in asked)))
    found = {(row.product_id, row.number): row for row in reads.all(statement, **values)}
    return {key: found[key] for key in asked if key in found and found[key].location_id is not None}


def expired(row: Any, today: dt.date) -> bool:
    """Whether a lot (or a place joined with it) may not be sold any more."""
    return row.expires_on is not None and row.expires_on < today and not row.sold_expired


def serial_row(
    kind: str,
    piece: Piece,
    places: tuple[str | None, str | None],
    document: Document,
    line_id: str | None = None,
    lot_code: str = "",
) -> dict[str, Any]:
    """A row of the ledger of numbered pieces; `places` are from and to."""
    return {
        "kind": kind,
        "product_id": piece[0],
        "number": piece[1],
        "lot": lot_code,
        "from_location_id": places[0],
        "to_location_id": places[1],
        "document_table": document[0],
        "document_id": document[1],
        "line_id": line_id,
    }


def pieces_come(unit: Unit, rows: Sequence[Arrival], kind: str, document: Document) -> None:
    """Writes down each numbered piece that has come."""
    unit.append(
        SerialMove,
        [
            serial_row(kind, (row.product_id, number), (None, row.location_id), document, None, row.lot)
            for row in rows
            for number in row.serials
        ],
    )


def pieces_move(
    unit: Unit,
    kind: str,
    moved: Sequence[tuple[Piece, str, str | None]],
    document: Document,
    path: Sequence[str] = (),
) -> None:
    """Moves numbered pieces from a place to another (None: out). Refuses one that does not lie there, or is picked."""
    there = pieces(unit, [piece for piece, _, _ in moved])
    faults = [
        Fault(path[n] if path else "serials", "inventory.serial_not_there", {"number": piece[1]})
        for n, (piece, origin, _) in enumerate(moved)
        if piece not in there or there[piece].location_id != origin or there[piece].line_id is not None
    ]
    if faults:
        raise Invalid(*faults)
    unit.append(
        SerialMove,
        [serial_row(kind, piece, (origin, to), document, None, there[piece].lot) for piece, origin, to in moved],
    )


def pick_pieces(unit: Unit, rows: Sequence[Picked]) -> None:
    """Takes for each picked row its numbered pieces: those the picker named, else those that came first."""
    numbered = [row for row in rows if row.tracking == SERIAL]
    if not numbered:
        return
    statement, values = _LYING.of(tuple(dict.fromkeys(row.product_id for row in numbered)))
    lying = list(unit.all(statement, **values))
    moves = []
    for row in numbered:
        here = [s for s in lying if (s.product_id, s.location_id, s.lot) == (row.product_id, row.location_id, row.lot)]
        if row.serials:
            here = [s for s in here if s.number in row.serials]
            _all_named(row, {s.number for s in here})
        taken = here[: int(row.quantity)]
        if len(taken) != row.quantity:
            raise Refusal("inventory.serials_needed", field="serials", quantity=row.quantity, named=len(taken))
        lying = [s for s in lying if s not in taken]
        place = (row.location_id, row.location_id)
        moves += [serial_row("pick", (s.product_id, s.number), place, row.document, row.line_id, s.lot) for s in taken]
    unit.append(SerialMove, moves)


def _all_named(row: Picked, found: set[str]) -> None:
    for number in row.serials:
        if number not in found:
            raise Refusal("inventory.serial_not_there", field="serials", number=number)


def pieces_off(unit: Unit, rows: Sequence[Picked], kind: str) -> None:
    """The numbered pieces of picked rows are put back (`unpick`) or leave (`ship`)."""
    numbered = [row for row in rows if row.tracking == SERIAL]
    if not numbered:
        return
    statement, values = _PICKED_FOR.of(tuple(dict.fromkeys(row.line_id for row in numbered)))
    there = list(unit.all(statement, **values))
    if kind == SHIP:
        # Where a count took away a picked piece, another one of the place leaves in its stead.
        statement, values = _LYING.of(tuple(dict.fromkeys(row.product_id for row in numbered)))
        there += unit.all(statement, **values)
    moves = []
    for row in numbered:
        place = (row.product_id, row.location_id, row.lot)
        own = [s for s in there if (s.product_id, s.location_id, s.lot) == place and s.line_id in (row.line_id, None)]
        own = own[: int(row.quantity)]
        there = [s for s in there if s not in own]
        to = None if kind == SHIP else row.location_id
        moves += [
            serial_row(kind, (s.product_id, s.number), (s.location_id, to), row.document, row.line_id, s.lot)
            for s in own
        ]
    unit.append(SerialMove, moves)


def count_pieces(
    unit: Unit, counted: Sequence[tuple[str, tuple[str, str, str], Sequence[str]]], document: Document
) -> None:
    """Posts which numbered pieces were found at places (field, place, numbers): those that are not there have left,
    those that were nowhere have come. Refuses a number that is booked at another place."""
    if not counted:
        return
    statement, values = _IN_STOCK.of(tuple(dict.fromkeys(place[0] for _, place, _ in counted)))
    booked = {(row.product_id, row.number): row for row in unit.all(statement, **values)}
    moves: list[dict[str, Any]] = []
    faults: list[Fault] = []
    for field, place, numbers in counted:
        product_id, location_id, lot_code = place
        here = {key[1] for key, s in booked.items() if (key[0], s.location_id, s.lot) == place}
        for number in numbers:
            if number not in here and (product_id, number) in booked:
                faults.append(Fault(field, "inventory.serial_there_already", {"number": number}))
        gone = [((location_id, None), number) for number in sorted(here - set(numbers))]
        found = [((None, location_id), number) for number in sorted(set(numbers) - here)]
        moves += [
            serial_row("count", (product_id, number), places, document, None, lot_code)
            for places, number in (*gone, *found)
        ]
    if faults:
        raise Invalid(*faults)
    unit.append(SerialMove, moves)


def left_by(reads: Reads, line_ids: Sequence[str]) -> set[tuple[str, str, str]]:
    """The numbered pieces that left by these lines: line, product, number."""
    statement, values = _LEFT_BY.of(tuple(dict.fromkeys(line_ids)))
    return {(row.line_id, row.product_id, row.number) for row in reads.all(statement, **values)}
