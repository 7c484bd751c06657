"""Transfers: goods that change their place, inside a warehouse or from one to another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Quantity, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import TABLE, piece_faults, product_faults, write_paper
from retaguarda.modules.inventory.rules import ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferLine(Part):
    """How much of a product goes from where to where."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    from_location_id: Annotated[str, Ref("location")]
    to_location_id: Annotated[str, Ref("location")]
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True)
class Going:
    """How much of a product leaves a place for which warehouse."""

    product_id: str
    location_id: str
    lot: str
    quantity: Decimal
    from_warehouse_id: str
    to_warehouse_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveStock(Command):
    """Moves goods to another location. To another warehouse only what is free goes: nothing reserved or held back;
    what is picked stays where it was picked."""

    lines: Annotated[tuple[TransferLine, ...], Rows(least=1)]
    reason: Annotated[str, Text(200)] = ""


def move_stock(unit: Unit, command: MoveStock) -> Mapping[str, Any]:
    products = catalog.products(unit, [line.product_id for line in command.lines])
    ids = [key for line in command.lines for key in (line.from_location_id, line.to_location_id)]
    locations = api.location_of(unit, ids)
    faults: list[Fault] = []
    for n, line in enumerate(command.lines, 1):
        faults += product_faults(products.get(line.product_id), line.quantity, f"lines.{n}.")
        faults += _place_faults(line, locations, f"lines.{n}.")
    if faults:
        raise Invalid(*faults)
    warehouse = _warehouses(unit, command, locations)
    numbers = [rules.serial_numbers(line.serials) for line in command.lines]
    going = [_going(line, locations) for line in command.lines]
    faults = stock_faults(api.Stock(unit, [g.product_id for g in going]), going) + piece_faults(
        api.tracking_of(unit, [g.product_id for g in going]),
        [(g.product_id, g.quantity, found) for g, found in zip(going, numbers, strict=True)],
    )
    if faults:
        raise Invalid(*faults)
    document = (TABLE, unit.new_id())
    pairs = list(zip(command.lines, going, strict=True))
    api.append_moves(unit, [_move(line, g, document) for line, g in pairs])
    moved = [
        ((line.product_id, number), line.from_location_id, line.to_location_id, f"lines.{n}.serials")
        for n, (line, found) in enumerate(zip(command.lines, numbers, strict=True), 1)
        for number in found
    ]
    api.pieces_move(unit, rules.TRANSFER, [row[:3] for row in moved], document, [row[3] for row in moved])
    rows = [
        {
            "product_id": line.product_id,
            "location_id": line.from_location_id,
            "to_location_id": line.to_location_id,
            "lot": line.lot,
            "quantity": line.quantity,
        }
        for line in command.lines
    ]
    return write_paper(unit, document, rules.TRANSFER, warehouse, rows, command.reason)


def _going(line: TransferLine, locations: Mapping[str, Any]) -> Going:
    return Going(
        line.product_id,
        line.from_location_id,
        line.lot,
        line.quantity,
        locations[line.from_location_id].warehouse_id,
        locations[line.to_location_id].warehouse_id,
    )


def _move(line: TransferLine, going: Going, document: api.Document) -> dict[str, Any]:
    return {
        "kind": rules.TRANSFER,
        "product_id": line.product_id,
        "from_location_id": line.from_location_id,
        "from_warehouse_id": going.from_warehouse_id,
        "to_location_id": line.to_location_id,
        "to_warehouse_id": going.to_warehouse_id,
        "lot": line.lot,
        "quantity": line.quantity,
        "document_table": document[0],
        "document_id": document[1],
    }


def _place_faults(line: TransferLine, locations: Mapping[str, Any], path: str) -> list[Fault]:
    faults = []
    for field, key in (("from_location_id", line.from_location_id), ("to_location_id", line.to_location_id)):
        location = locations.get(key)
        if location is None:
            faults.append(Fault(f"{path}{field}", "inventory.unknown_location"))
        elif location.archived and field == "to_location_id":
            faults.append(Fault(f"{path}{field}", "inventory.archived_location", {"code": location.code}))
    if line.from_location_id == line.to_location_id:
        faults.append(Fault(f"{path}to_location_id", "inventory.move_stock.same_place"))
    return faults


def _warehouses(unit: Unit, command: MoveStock, locations: Mapping[str, Any]) -> api.WarehouseFacts:
    """The warehouse the document belongs to; every one that is touched must be of the actor's branches."""
    sides = [(line.from_location_id, "from_location_id") for line in command.lines]
    sides += [(line.to_location_id, "to_location_id") for line in command.lines]
    found: dict[str, api.WarehouseFacts] = {}
    for key, field in sides:
        warehouse_id = locations[key].warehouse_id
        if warehouse_id not in found:
            found[warehouse_id] = api.place_of(unit, warehouse_id, field)
            company.reachable_branch(unit, found[warehouse_id].branch_id, field=field)
    return found[locations[command.lines[0].from_location_id].warehouse_id]


def stock_faults(stock: api.Stock, going: Sequence[Going]) -> list[Fault]:
    """What more than lies free at its place, or than is free in its warehouse, cannot go."""
    lies: dict[api.Place, Decimal] = {}
    free: dict[tuple[str, str], Decimal] = {}
    faults = []
    for n, one in enumerate(going, 1):
        place = (one.product_id, one.location_id, one.lot)
        there = lies.setdefault(place, stock.in_bin(place) - stock.picked.get(place, ZERO) - stock.held_at(place))
        if one.quantity > there:
            faults.append(Fault(f"lines.{n}.quantity", "inventory.more_than_there", {"there": max(ZERO, there)}))
        lies[place] = there - one.quantity
        if one.from_warehouse_id != one.to_warehouse_id:
            key = (one.product_id, one.from_warehouse_id)
            now = free.setdefault(key, stock.free(key))
            if one.quantity > now:
                faults.append(Fault(f"lines.{n}.quantity", "inventory.move_stock.not_free", {"free": max(ZERO, now)}))
            free[key] = now - one.quantity
    return faults
