"""Facts that shrink stock are never refused for being inconvenient: they break promises, loudly.

A count, a damage or a hold first asks `make_room`: it puts back the picks and releases the reservations that can no
longer stand, the weakest first. After its own moves it says `report_broken`: one ledger row, one open failure and one
event per line that lost something.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from retaguarda.kernel import failure
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory.api.reserving import (
    LEFT,
    RESERVED_BY,
    RESERVED_COLUMNS,
    append_less,
    reserved_row,
)
from retaguarda.modules.inventory.api.shipping import (
    PICKED_BY,
    PICKED_COLUMNS,
    PICKS,
    append_unpicks,
    picked_row,
)
from retaguarda.modules.inventory.api.tables import (
    bin_balance,
    stock_balance,
    stock_hold,
    stock_pick,
    stock_reservation,
)
from retaguarda.modules.inventory.events import ReservationBroken
from retaguarda.modules.inventory.model import ReservationBroken as BrokenRow
from retaguarda.modules.inventory.model import StockHold
from retaguarda.modules.inventory.rules import ZERO, Document, Picked, Reserved, break_reservations, weakest_first

BROKEN = "broken"
BROKEN_CODE = "inventory.reservation_broken"
Key = tuple[str, str]
"""Product, warehouse."""
Place = tuple[str, str, str]
"""Product, location, lot."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a fact does to one place: the differences of on hand, held back and authorised negative."""

    product_id: str
    warehouse_id: str
    location_id: str
    lot: str = ""
    on_hand: Decimal = ZERO
    held: Decimal = ZERO
    allowed_negative: Decimal = ZERO

    @property
    def place(self) -> Place:
        """The place that changes."""
        return self.product_id, self.location_id, self.lot


@dataclass(frozen=True, slots=True)
class Broken:
    """A line that lost what was reserved for it."""

    row: Reserved
    cause: str


# Locked before anything else is written, sorted: what is read here stands until the command ends.
_STOCK = ForKeys(
    lambda keys: (
        select(stock_balance)
        .where(stock_balance.c.product_id.in_(keys))
        .order_by(stock_balance.c.product_id, stock_balance.c.warehouse_id)
        .with_for_update()
    )
)
_BINS = ForKeys(
    lambda keys: (
        select(bin_balance)
        .where(bin_balance.c.product_id.in_(keys))
        .order_by(bin_balance.c.product_id, bin_balance.c.location_id, bin_balance.c.lot)
        .with_for_update()
    )
)
_HELD = func.sum(stock_hold.c.quantity)
_HELD_BY = (
    stock_hold.c.hold_id,
    stock_hold.c.product_id,
    stock_hold.c.warehouse_id,
    stock_hold.c.location_id,
    stock_hold.c.lot,
)
_HOLDS = ForKeys(
    lambda keys: (
        select(*_HELD_BY, _HELD.label("quantity"))
        .where(stock_hold.c.product_id.in_(keys))
        .group_by(*_HELD_BY)
        .having(_HELD > ZERO)
        .order_by(stock_hold.c.hold_id.desc())
    )
)
_RESERVED = ForKeys(
    lambda keys: (
        select(*RESERVED_COLUMNS)
        .where(stock_reservation.c.product_id.in_(keys), stock_reservation.c.expected_id.is_(None))
        .group_by(*RESERVED_BY)
        .having(LEFT > ZERO)
    )
)
_PICKED = ForKeys(
    lambda keys: (
        select(*PICKED_COLUMNS)
        .select_from(PICKS)
        .where(stock_pick.c.product_id.in_(keys))
        .group_by(*PICKED_BY)
        .having(func.sum(stock_pick.c.quantity) > ZERO)
    )
)


def lock_stock(unit: Unit, products: Iterable[str]) -> list[Any]:
    """What there is of these products in every warehouse, locked until the command ends, in the order of keys."""
    return _rows(unit, _STOCK, sorted(set(products)))


class Stock:
    """What there is of some products, locked until the command ends; `apply` turns it into what will be."""

    def __init__(self, unit: Unit, products: Iterable[str]) -> None:
        keys = sorted(set(products))
        self.on_hand: dict[Key, Decimal] = {}
        self.held: dict[Key, Decimal] = {}
        self.reserved: dict[Key, Decimal] = {}
        self.allowed: dict[Key, Decimal] = {}
        for row in lock_stock(unit, keys):
            key = (row.product_id, row.warehouse_id)
            self.on_hand[key], self.held[key] = row.on_hand, row.held
            self.reserved[key], self.allowed[key] = row.reserved, row.allowed_negative
        self.bins: dict[Place, Decimal] = {}
        self.picked: dict[Place, Decimal] = {}
        self.allowed_bins: dict[Place, Decimal] = {}
        for row in _rows(unit, _BINS, keys):
            place = (row.product_id, row.location_id, row.lot)
            self.bins[place], self.picked[place] = row.on_hand, row.picked
            self.allowed_bins[place] = row.allowed_negative
        self.holds = _rows(unit, _HOLDS, keys)

    def in_bin(self, place: Place) -> Decimal:
        """How much lies at a place."""
        return self.bins.get(place, ZERO)

    def held_at(self, place: Place) -> Decimal:
        """How much of what lies at a place is held back."""
        return sum((h.quantity for h in self.holds if (h.product_id, h.location_id, h.lot) == place), ZERO)

    def allowed_at(self, place: Place) -> Decimal:
        """How far below zero a place may go."""
        return self.allowed_bins.get(place, ZERO)

    def apply(self, changes: Iterable[Change]) -> None:
        """Counts the changes in."""
        for change in changes:
            key = (change.product_id, change.warehouse_id)
            _add(self.on_hand, key, change.on_hand)
            _add(self.held, key, change.held)
            _add(self.allowed, key, change.allowed_negative)
            _add(self.bins, change.place, change.on_hand)
            _add(self.allowed_bins, change.place, change.allowed_negative)

    def free(self, key: Key) -> Decimal:
        """How much may still be reserved of a product in a warehouse; below zero, how much too much is."""
        room = self.on_hand.get(key, ZERO) - self.held.get(key, ZERO) + self.allowed.get(key, ZERO)
        return max(ZERO, room) - self.reserved.get(key, ZERO)

    def held_excess(self, key: Key) -> Decimal:
        """How much more is held back than is there."""
        there = max(ZERO, self.on_hand.get(key, ZERO) + self.allowed.get(key, ZERO))
        return max(ZERO, self.held.get(key, ZERO) - there)


def _rows(unit: Unit, statement: ForKeys, products: Sequence[str]) -> list[Any]:
    found, values = statement.of(products)
    return unit.all(found, **values)


def _add[K](values: dict[K, Decimal], key: K, more: Decimal) -> None:
    values[key] = values.get(key, ZERO) + more


def make_room(
    unit: Unit, stock: Stock, changes: Sequence[Change], cause: str, document: Document
) -> tuple[Broken, ...]:
    """Gives way to `changes` before they are posted: holds that lost their goods, then reservations, then picks.

    Gives the lines that lost a reservation, for `report_broken` after the moves.
    """
    stock.apply(changes)
    keys = sorted({(c.product_id, c.warehouse_id) for c in changes})
    _lower_holds(unit, stock, keys, sorted({c.place for c in changes}), document)
    losing = [key for key in keys if stock.free(key) < 0]
    squeezed = [c for c in changes if stock.picked.get(c.place, ZERO) > 0]
    if not losing and not squeezed:
        return ()
    products = sorted({product_id for product_id, _ in losing} | {c.product_id for c in squeezed})
    reserved = [reserved_row(row) for row in _rows(unit, _RESERVED, products)]
    broken = [
        row
        for key in losing
        for row in break_reservations([r for r in reserved if (r.product_id, r.warehouse_id) == key], -stock.free(key))
    ]
    picked = [picked_row(row) for row in _rows(unit, _PICKED, products)]
    append_less(unit, broken, BROKEN)
    append_unpicks(unit, _picks_to_break(stock, picked, reserved, broken, changes), BROKEN)
    return tuple(Broken(row, cause) for row in broken)


def _lower_holds(unit: Unit, stock: Stock, keys: Iterable[Key], places: Iterable[Place], document: Document) -> None:
    """Holds that lost their goods: first where less lies than is held back, then where the warehouse has less."""
    rows = []

    def lower(holds: Iterable[Any], excess: Decimal) -> None:
        for hold in holds:
            lost = min(excess, hold.quantity)
            if lost > 0:
                excess -= lost
                hold.quantity -= lost
                stock.held[hold.product_id, hold.warehouse_id] -= lost
                rows.append(less_held(hold, lost, document))

    for place in places:
        excess = stock.held_at(place) - max(ZERO, stock.in_bin(place) + stock.allowed_at(place))
        lower((h for h in stock.holds if (h.product_id, h.location_id, h.lot) == place), excess)
    for key in keys:
        lower((h for h in stock.holds if (h.product_id, h.warehouse_id) == key), stock.held_excess(key))
    unit.append(StockHold, rows)


def less_held(hold: Any, quantity: Decimal, document: Document, reason: str = "") -> dict[str, Any]:
    """The ledger row by which so much of a hold is set free."""
    return {
        "hold_id": hold.hold_id,
        "product_id": hold.product_id,
        "warehouse_id": hold.warehouse_id,
        "location_id": hold.location_id,
        "lot": hold.lot,
        "quantity": -quantity,
        "reason": reason,
        "document_table": document[0],
        "document_id": document[1],
    }


def _picks_to_break(
    stock: Stock,
    picked: Sequence[Picked],
    reserved: Sequence[Reserved],
    broken: Sequence[Reserved],
    changes: Sequence[Change],
) -> list[Picked]:
    """The picks that cannot stand: of lines that lost their reservation, then of places with less than is picked."""
    left = {id(p): p.quantity for p in picked}
    back: dict[int, Decimal] = {}

    def put_back(row: Picked, most: Decimal) -> Decimal:
        part = min(most, left[id(row)])
        if part > 0:
            left[id(row)] -= part
            back[id(row)] = back.get(id(row), ZERO) + part
        return part

    lost: dict[str, Decimal] = {}
    for gone in broken:
        _add(lost, gone.line_id, gone.quantity)
    for line_id in lost:
        keeps = sum((r.quantity for r in reserved if r.line_id == line_id), ZERO) - lost[line_id]
        excess = sum((p.quantity for p in picked if p.line_id == line_id), ZERO) - keeps
        for row in (p for p in picked if p.line_id == line_id):
            excess -= put_back(row, max(ZERO, excess))
    rank = {r.line_id: n for n, r in enumerate(weakest_first(reserved))}
    for place in sorted({c.place for c in changes}):
        here = [p for p in picked if (p.product_id, p.location_id, p.lot) == place]
        newly_held = sum((c.held for c in changes if c.place == place), ZERO)
        stays = max(ZERO, stock.in_bin(place) - stock.held_at(place) - newly_held)
        excess = sum((left[id(p)] for p in here), ZERO) - stays
        for row in sorted(here, key=lambda p: rank.get(p.line_id, -1)):
            excess -= put_back(row, max(ZERO, excess))
    return [replace(p, quantity=back[id(p)]) for p in picked if id(p) in back]


def report_broken(unit: Unit, broken: Sequence[Broken], document: Document) -> None:
    """Writes down who lost what because of `document`: ledger rows, a failure per line, events for higher modules."""
    unit.append(
        BrokenRow,
        [
            {
                "cause": one.cause,
                "product_id": one.row.product_id,
                "warehouse_id": one.row.warehouse_id,
                "quantity": one.row.quantity,
                "priority": one.row.priority,
                "promised_on": one.row.promised_on,
                "document_table": one.row.document[0],
                "document_id": one.row.document[1],
                "line_id": one.row.line_id,
                "cause_table": document[0],
                "cause_id": document[1],
            }
            for one in broken
        ],
    )
    for one in broken:
        row = one.row
        facts = failure.record(
            unit,
            BROKEN_CODE,
            subject=row.document,
            cause_key=f"{BROKEN_CODE}:{row.line_id}",
            params={
                "line_id": row.line_id,
                "product_id": row.product_id,
                "warehouse_id": row.warehouse_id,
                "quantity": row.quantity,
                "cause": f"inventory.cause.{one.cause}",
                "promised_on": row.promised_on,
            },
        )
        unit.emit(
            ReservationBroken(
                *row.document, row.line_id, row.product_id, row.warehouse_id, row.quantity, one.cause, facts.id
            )
        )
