"""Opening stock: goods that were there when the shop began with the program, and the way back while nothing was built
on them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, func, or_, select

from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory.api.arriving import Receive
from retaguarda.modules.inventory.api.breaking import Change, Place, Stock, lock_stock
from retaguarda.modules.inventory.api.breaking import Key as StockKey
from retaguarda.modules.inventory.api.costing import append_moves, difference_row, standing_of
from retaguarda.modules.inventory.api.goods import admit, lots_of, pieces_come, pieces_move, tracking_of
from retaguarda.modules.inventory.api.tables import cost_difference, serial_move, stock_document, stock_move
from retaguarda.modules.inventory.model import CostDifference, Lot, StockMove
from retaguarda.modules.inventory.rules import OPENING, SERIAL, ZERO, Document, Standing, taken_back, worth

_M, _D, _DOC, _SM = stock_move.c, cost_difference.c, stock_document.c, serial_move.c
_PLACES = (_M.from_location_id, _M.from_warehouse_id, _M.to_location_id, _M.to_warehouse_id)
_MOVED_BY = (_M.product_id, _M.kind, _M.lot, *_PLACES)
_MOVED = ForKeys(
    lambda keys: (
        select(*_MOVED_BY, func.sum(_M.quantity).label("quantity")).where(_M.product_id.in_(keys)).group_by(*_MOVED_BY)
    )
)
_MOVES_OF = ForKeys(lambda keys: select(stock_move).where(_M.document_id.in_(keys)).order_by(_M.id))
_PIECES_OF = ForKeys(lambda keys: select(serial_move).where(_SM.document_id.in_(keys)).order_by(_SM.id))
_DIFFERENCES_OF = ForKeys(lambda keys: select(cost_difference).where(_D.document_id.in_(keys)).order_by(_D.id))
_COSTED = or_(_M.from_location_id.is_(None), _M.to_location_id.is_(None))
_HERE = bindparam("warehouse_id", type_=Key())
_SINCE = bindparam("since", type_=_M.at.type)
# What moved in the warehouse came after its opening, whatever the clocks of the desks say.
_BUILT_ON = ForKeys(
    lambda keys: (
        select(_M.product_id, _M.kind, _M.on_day, _M.quantity, _DOC.number)
        .outerjoin(stock_document, _DOC.id == _M.document_id)
        .where(
            _M.product_id.in_(keys),
            _M.kind != OPENING,
            or_(_M.from_warehouse_id == _HERE, _M.to_warehouse_id == _HERE, (_M.at >= _SINCE) & _COSTED),
        )
        .order_by(_M.at, _M.id)
    )
)
_PUT_RIGHT = ForKeys(
    lambda keys: (
        select(_D.product_id, _D.document_id, _D.on_day)
        .where(_D.product_id.in_(keys), _D.at >= _SINCE)
        .order_by(_D.at, _D.id)
    )
)
_AVERAGES = ForKeys(
    lambda keys: (
        select(_M.product_id, _M.document_id, _M.unit_cost)
        .where(_M.product_id.in_(keys), _COSTED)
        .order_by(_M.at, _M.id)
    )
)
DIFFERENCE, RESERVED, HELD = "difference", "reserved", "held"
FAULTS_MOST = 20
"""Products that a refusal names; of more, those that come first."""


def open_month(unit: Unit, day: dt.date, field: str | None = None) -> None:
    """Refuses a day in a closed month: its stock and its value are told already."""
    through = accounting.standing(unit, day).closed_through
    if through is not None and day <= through:
        raise Refusal("accounting.period_closed", field=field, month=day.replace(day=1), through=through)


def open_stock(unit: Unit, document: Document, warehouse_id: str, rows: Sequence[Receive], on_day: dt.date) -> None:
    """Writes down what lay in a warehouse on a day before anything moved there, each at its own cost.

    Refuses a product that anything but opening stock has moved there, a place whose opening is written down already,
    and what `admit` refuses. Warns of lots that have expired and of goods that cost nothing.
    """
    products = sorted({row.product_id for row in rows})
    lock_stock(unit, products)
    # Whoever opens the same products waits here for the other one.
    standing_of(unit, products)
    statement, values = _MOVED.of(products)
    moved = unit.all(statement, **values)
    tracking = tracking_of(unit, products)
    faults = _opened_faults(unit, warehouse_id, rows, moved, tracking)
    if faults:
        raise Invalid(*faults)
    lots = lots_of(unit, products)
    _say_anew(unit, rows, lots, moved)
    admit(unit, rows)
    append_moves(unit, [_comes(row, warehouse_id, document) for row in rows], on_day)
    pieces_come(unit, rows, OPENING, document)
    _warn(unit, rows, lots)


def _opened_faults(
    unit: Unit, warehouse_id: str, rows: Sequence[Receive], moved: Sequence[Any], tracking: Mapping[str, str]
) -> list[Fault]:
    here = [row for row in moved if warehouse_id in (row.from_warehouse_id, row.to_warehouse_id)]
    kinds = {row.product_id: row.kind for row in here if row.kind != OPENING}
    lying = _lying(row for row in here if row.kind == OPENING)
    names = catalog.products(unit, [row.product_id for row in rows])
    faults = []
    params: dict[str, Any]
    for n, row in enumerate(rows, 1):
        there = lying.get((row.product_id, row.location_id, row.lot), ZERO)
        if row.product_id in kinds:
            params = {"name": names[row.product_id].name, "what": f"inventory.move.{kinds[row.product_id]}"}
            faults.append(Fault(f"lines.{n}.product_id", "inventory.record_opening_stock.moved", params))
        elif there > 0 and tracking.get(row.product_id) != SERIAL:
            params = {"name": names[row.product_id].name, "quantity": there}
            faults.append(Fault(f"lines.{n}.quantity", "inventory.record_opening_stock.there", params))
    return faults


def _lying(moved: Iterable[Any]) -> dict[Place, Decimal]:
    """How much of what came in at a place has not gone out of it."""
    found: dict[Place, Decimal] = {}
    for row in moved:
        if row.to_location_id is not None:
            place = (row.product_id, row.to_location_id, row.lot)
            found[place] = found.get(place, ZERO) + row.quantity
        if row.from_location_id is not None:
            place = (row.product_id, row.from_location_id, row.lot)
            found[place] = found.get(place, ZERO) - row.quantity
    return found


def _say_anew(unit: Unit, rows: Sequence[Receive], lots: Mapping[tuple[str, str], Any], moved: Sequence[Any]) -> None:
    """A lot of which only an opening knew that was taken back expires when the new one says so."""
    used = {(row.product_id, row.lot) for row in moved if row.kind != OPENING}
    used |= {(place[0], place[2]) for place, quantity in _lying(moved).items() if quantity != 0}
    said = {(row.product_id, row.lot): row.expires_on for row in rows if row.lot and row.expires_on is not None}
    touched = {(row.product_id, row.lot) for row in moved}
    unit.revise_all(
        Lot,
        [
            (lots[key], {"expires_on": day})
            for key, day in said.items()
            if key in lots and key in touched and key not in used and lots[key].expires_on != day
        ],
    )


def _comes(row: Receive, warehouse_id: str, document: Document) -> dict[str, Any]:
    return {
        "kind": OPENING,
        "product_id": row.product_id,
        "from_location_id": None,
        "to_location_id": row.location_id,
        "to_warehouse_id": warehouse_id,
        "lot": row.lot,
        "quantity": row.quantity,
        "cost": worth(row.quantity, row.unit_cost or ZERO),
        "document_table": document[0],
        "document_id": document[1],
    }


def _warn(unit: Unit, rows: Sequence[Receive], lots: Mapping[tuple[str, str], Any]) -> None:
    for n, row in enumerate(rows, 1):
        known = lots.get((row.product_id, row.lot))
        expires = row.expires_on or (known.expires_on if known is not None else None)
        if expires is not None and expires < unit.today:
            said = {"lot": row.lot, "day": expires}
            unit.warn("inventory.opening_expired", field=f"lines.{n}.expires_on", value=expires.isoformat(), **said)
        if not row.unit_cost:
            unit.warn("inventory.opening_costs_nothing", field=f"lines.{n}.unit_cost", value="0", line=n)


@dataclass(frozen=True, slots=True)
class Opened:
    """A document of opening stock (its row) and what takes it back."""

    row: Any
    reversal: Document

    @property
    def document(self) -> Document:
        """The document itself."""
        return self.reversal[0], self.row.id


def take_back(unit: Unit, opened: Sequence[Opened], reason: str) -> dict[str, list[Any]]:
    """Takes openings back as if they had never been: goods, value and entries, each on its own day. Refuses, naming
    each, products on whose opening something was built. Gives the moves of each document."""
    keys = [one.row.id for one in opened]
    for day in sorted({one.row.on_day for one in opened}):
        open_month(unit, day)
    moves = _all(unit, _MOVES_OF, keys)
    products = sorted({move.product_id for move in moves})
    stock = Stock(unit, products)
    there = standing_of(unit, products)
    differences = _all(unit, _DIFFERENCES_OF, keys)
    after = _standing_after(unit, keys, there, moves, differences)
    faults = _built_on(unit, opened, moves, stock, after)
    if faults:
        raise Invalid(*faults[:FAULTS_MOST])
    of = {one.row.id: one for one in opened}
    unit.append(
        CostDifference,
        [
            {
                **difference_row(
                    unit, row.product_id, -row.amount, after[row.product_id].unit_cost, of[row.document_id].reversal
                ),
                "on_day": row.on_day,
            }
            for row in differences
        ],
    )
    unit.append(StockMove, [_goes(move, of[move.document_id].reversal, after) for move in moves])
    for key, pieces in _by_document(_all(unit, _PIECES_OF, keys)).items():
        gone = [((piece.product_id, piece.number), piece.to_location_id, None) for piece in pieces]
        pieces_move(unit, OPENING, gone, of[key].reversal)
    for one in opened:
        accounting.reverse(unit, one.document, reason, one.row.on_day)
    return _by_document(moves)


def _all(unit: Unit, statement: ForKeys, keys: Sequence[str], **more: Any) -> list[Any]:
    found, values = statement.of(keys)
    return unit.all(found, **values, **more)


def _by_document(rows: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.document_id, []).append(row)
    return found


def _standing_after(
    unit: Unit, keys: Sequence[str], there: Mapping[str, Standing], moves: Sequence[Any], differences: Sequence[Any]
) -> dict[str, Standing]:
    """What products stand at without these openings; where none is left, at the average that stood before them."""
    quantity, amount = dict.fromkeys(there, ZERO), dict.fromkeys(there, ZERO)
    for move in moves:
        quantity[move.product_id] += move.quantity
        amount[move.product_id] += move.cost
    for row in differences:
        amount[row.product_id] += row.amount
    emptied = [key for key in there if there[key].quantity == quantity[key]]
    before = {
        row.product_id: row.unit_cost
        for row in (_all(unit, _AVERAGES, emptied) if emptied else ())
        if row.document_id not in keys
    }
    return {key: taken_back(there[key], quantity[key], amount[key], before.get(key, ZERO)) for key in there}


def _goes(move: Any, reversal: Document, after: Mapping[str, Standing]) -> dict[str, Any]:
    return {
        "kind": OPENING,
        "product_id": move.product_id,
        "from_location_id": move.to_location_id,
        "from_warehouse_id": move.to_warehouse_id,
        "to_location_id": None,
        "to_warehouse_id": None,
        "lot": move.lot,
        "quantity": move.quantity,
        "cost": move.cost,
        "unit_cost": after[move.product_id].unit_cost,
        "on_day": move.on_day,
        "document_table": reversal[0],
        "document_id": reversal[1],
    }


def _built_on(
    unit: Unit, opened: Sequence[Opened], moves: Sequence[Any], stock: Stock, after: Mapping[str, Standing]
) -> list[Fault]:
    """The products of these openings that something was built on, each once."""
    own = {one.row.id for one in opened}
    found: dict[str, dict[str, Any]] = {}
    for warehouse_id in sorted({one.row.warehouse_id for one in opened}):
        here = [one.row for one in opened if one.row.warehouse_id == warehouse_id]
        keys = sorted({move.product_id for move in moves if move.to_warehouse_id == warehouse_id})
        since = min(row.at for row in here)
        for row in _all(unit, _BUILT_ON, keys, warehouse_id=warehouse_id, since=since):
            found.setdefault(row.product_id, _said(row.kind, row.on_day, row.quantity, row.number))
        for row in _all(unit, _PUT_RIGHT, keys, since=since):
            if row.document_id not in own:
                found.setdefault(row.product_id, _said(DIFFERENCE, row.on_day))
    for key, what in _taken(stock, moves).items():
        found.setdefault(key, what)
    for key, standing in after.items():
        if standing.unit_cost < 0 or (standing.quantity == 0 and standing.amount != 0):
            found.setdefault(key, _said(DIFFERENCE, unit.today))
    names = catalog.products(unit, list(found))
    code = "inventory.reverse_opening_stock.built_on"
    return [Fault("document_id", code, {"name": names[key].name, **what}) for key, what in found.items()]


def _taken(stock: Stock, moves: Sequence[Any]) -> dict[str, dict[str, Any]]:
    """The products of which more is reserved, picked or held back than would be left."""
    stock.apply(
        Change(
            product_id=move.product_id,
            warehouse_id=move.to_warehouse_id,
            location_id=move.to_location_id,
            lot=move.lot,
            on_hand=-move.quantity,
        )
        for move in moves
    )
    found: dict[str, dict[str, Any]] = {}
    for move in moves:
        key: StockKey = (move.product_id, move.to_warehouse_id)
        place: Place = (move.product_id, move.to_location_id, move.lot)
        held = stock.held_at(place)
        if held > stock.in_bin(place) or stock.held_excess(key) > 0:
            found.setdefault(move.product_id, _said(HELD, move.on_day, held))
        elif stock.free(key) < 0 or stock.picked.get(place, ZERO) > stock.in_bin(place) - held:
            found.setdefault(move.product_id, _said(RESERVED, move.on_day, stock.reserved.get(key, ZERO)))
    return found


def _said(what: str, day: dt.date, quantity: Decimal = ZERO, number: int | None = None) -> dict[str, Any]:
    """What was built, as the refusal names it."""
    return {"what": f"inventory.move.{what}", "day": day, "quantity": quantity, "number": number}
