"""Counts and damages: facts that may shrink stock and are posted whatever they break."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Quantity, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import (
    TABLE,
    check_lines,
    piece_faults,
    twice,
    warehouse_for,
    write_paper,
)
from retaguarda.modules.inventory.events import StockCounted
from retaguarda.modules.inventory.rules import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class CountLine(Part):
    """What was counted of a product at one location; without a location at the first one of the route."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity(above=None, least=Decimal(0))]
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CountStock(Command):
    """Posts what was counted. Where less is there than was reserved, the lines promised last lose their reservation,
    and each of them opens a failure: the count is never refused for it."""

    lines: Annotated[tuple[CountLine, ...], Rows(least=1)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    reason: Annotated[str, Text(200)] = ""


def count_stock(unit: Unit, command: CountStock) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    check_lines(unit, warehouse, command.lines)
    places = [(line.product_id, line.location_id or warehouse.location_id, line.lot) for line in command.lines]
    numbers = [rules.serial_numbers(line.serials) for line in command.lines]
    tracking = api.tracking_of(unit, [p[0] for p in places])
    faults = twice(places) + piece_faults(
        tracking, [(line.product_id, line.quantity, n) for line, n in zip(command.lines, numbers, strict=True)]
    )
    if faults:
        raise Invalid(*faults)
    found = [Counted(place, line.quantity, n) for place, line, n in zip(places, command.lines, numbers, strict=True)]
    stock = api.Stock(unit, [p[0] for p in places])
    return post_counted(unit, warehouse, stock, tracking, found, command.reason)


@dataclass(frozen=True, slots=True)
class Counted:
    """What lies at a place, and the numbers of its pieces where they have numbers."""

    place: api.Place
    quantity: Decimal
    serials: tuple[str, ...] = ()


def post_counted(
    unit: Unit,
    warehouse: api.WarehouseFacts,
    stock: api.Stock,
    tracking: Mapping[str, str],
    counted: Sequence[Counted],
    reason: str,
) -> dict[str, Any]:
    """Posts what lies at places, breaks what it must, and writes the paper."""
    document = (TABLE, unit.new_id())
    booked = [stock.in_bin(one.place) for one in counted]
    changes = [
        _change(one.place, warehouse.id, one.quantity - there)
        for one, there in zip(counted, booked, strict=True)
        if one.quantity != there
    ]
    broken = api.make_room(unit, stock, changes, rules.COUNT, document)
    api.append_moves(unit, [_move(change, rules.COUNT, document) for change in changes])
    pieces = [(f"lines.{n}.serials", one.place, one.serials) for n, one in enumerate(counted, 1)]
    api.count_pieces(unit, [p for p in pieces if tracking.get(p[1][0]) == rules.SERIAL], document)
    risen = {c.place: c.on_hand for c in changes if c.on_hand > 0}
    api.reverse_counted(unit, warehouse.id, risen, document)
    api.report_broken(unit, broken, document)
    unit.emit(StockCounted(document[1], warehouse.id, tuple(dict.fromkeys(one.place[0] for one in counted))))
    rows = [
        {
            "product_id": one.place[0],
            "location_id": one.place[1],
            "lot": one.place[2],
            "quantity": one.quantity,
            "booked_quantity": there,
        }
        for one, there in zip(counted, booked, strict=True)
    ]
    answer = write_paper(unit, document, rules.COUNT, warehouse, rows, reason)
    return {**answer, "broken": len(broken)}


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffLine(Part):
    """How much of a product is damaged or lost, and where it lay."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffStock(Command):
    """Takes damaged or lost goods out of stock, with the reason. Orders that were waiting for them lose their
    reservation and open a failure."""

    lines: Annotated[tuple[WriteOffLine, ...], Rows(least=1)]
    reason: Annotated[str, Text(200, least=3)]
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None


def write_off_stock(unit: Unit, command: WriteOffStock) -> Mapping[str, Any]:
    warehouse = warehouse_for(unit, command.warehouse_id)
    check_lines(unit, warehouse, command.lines)
    document = (TABLE, unit.new_id())
    stock = api.Stock(unit, [line.product_id for line in command.lines])
    changes = [
        _change((line.product_id, line.location_id or warehouse.location_id, line.lot), warehouse.id, -line.quantity)
        for line in command.lines
    ]
    numbers = [rules.serial_numbers(line.serials) for line in command.lines]
    tracking = api.tracking_of(unit, [line.product_id for line in command.lines])
    faults = more_than_there(stock, [(c.place, -c.on_hand) for c in changes])
    faults += piece_faults(tracking, [(c.product_id, -c.on_hand, n) for c, n in zip(changes, numbers, strict=True)])
    if faults:
        raise Invalid(*faults)
    broken = api.make_room(unit, stock, changes, rules.DAMAGE, document)
    api.append_moves(unit, [_move(change, rules.DAMAGE, document) for change in changes])
    lost = [
        ((c.product_id, number), c.location_id, f"lines.{n}.serials")
        for n, (c, found) in enumerate(zip(changes, numbers, strict=True), 1)
        for number in found
    ]
    api.pieces_move(
        unit, rules.DAMAGE, [(piece, place, None) for piece, place, _ in lost], document, [path for *_, path in lost]
    )
    api.report_broken(unit, broken, document)
    rows = [
        {"product_id": c.product_id, "location_id": c.location_id, "lot": c.lot, "quantity": -c.on_hand}
        for c in changes
    ]
    answer = write_paper(unit, document, rules.DAMAGE, warehouse, rows, command.reason)
    return {**answer, "broken": len(broken)}


def more_than_there(stock: api.Stock, taken: Sequence[tuple[api.Place, Decimal]]) -> list[Fault]:
    """A fault for each line that takes more from a place than lies there, the lines before it counted in."""
    left: dict[api.Place, Decimal] = {}
    faults = []
    for n, (place, quantity) in enumerate(taken, 1):
        there = left.setdefault(place, stock.in_bin(place))
        if quantity > max(ZERO, there):
            faults.append(Fault(f"lines.{n}.quantity", "inventory.more_than_there", {"there": max(ZERO, there)}))
        left[place] = there - quantity
    return faults


def _change(place: api.Place, warehouse_id: str, difference: Decimal) -> api.Change:
    return api.Change(
        product_id=place[0], warehouse_id=warehouse_id, location_id=place[1], lot=place[2], on_hand=difference
    )


def _move(change: api.Change, kind: str, document: api.Document) -> dict[str, Any]:
    grows = change.on_hand > 0
    here, warehouse = change.location_id, change.warehouse_id
    return {
        "kind": kind,
        "product_id": change.product_id,
        "from_location_id": None if grows else here,
        "from_warehouse_id": None if grows else warehouse,
        "to_location_id": here if grows else None,
        "to_warehouse_id": warehouse if grows else None,
        "lot": change.lot,
        "quantity": abs(change.on_hand),
        "document_table": document[0],
        "document_id": document[1],
    }
