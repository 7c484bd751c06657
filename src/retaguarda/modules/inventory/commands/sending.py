"""Sending goods to another warehouse and receiving them there, with what was lost or found on the way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, func, select, type_coerce

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Day, Flag, Quantity, Ref, Text, Version
from retaguarda.kernel.model import Key, Minor
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.inventory import api, rules
from retaguarda.modules.inventory.commands.papers import check_lines, location_faults, piece_faults, warehouse_for
from retaguarda.modules.inventory.commands.transfers import Going, stock_faults
from retaguarda.modules.inventory.events import StockReceived
from retaguarda.modules.inventory.model import Transfer, TransferArrival, TransferLine
from retaguarda.modules.inventory.rules import ZERO

TABLE = "transfer"
_TL, _TA, _SM = api.transfer_line.c, api.transfer_arrival.c, api.serial_move.c
_DONE = (
    select(func.coalesce(func.sum(_TA.quantity + _TA.lost_quantity), 0))
    .where(_TA.line_id == _TL.id)
    .correlate(api.transfer_line)
    .scalar_subquery()
)
LINES = Statement(
    select(
        api.transfer_line,
        type_coerce(_TL.quantity - _DONE, Minor(4)).label("open_quantity"),
        api.location.c.warehouse_id,
    )
    .join(api.location, api.location.c.id == _TL.transit_location_id)
    .where(_TL.transfer_id == bindparam("transfer_id", type_=Key()))
    .order_by(_TL.position)
)
SENT_PIECES = Statement(
    select(_SM.product_id, _SM.number, _SM.lot).where(
        _SM.document_id == bindparam("transfer_id", type_=Key()), _SM.line_id.is_(None)
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SentLine(Part):
    """How much of a product goes; without a location it is taken from the first one of the route."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SendTransfer(Command):
    """Sends goods to another warehouse. Until they are received they lie in transit: the one has them no more, the
    other expects them on the day given and may promise them. Only what is free goes."""

    to_warehouse_id: Annotated[str, Ref("warehouse")]
    expected_on: Annotated[dt.date, Day()]
    lines: Annotated[tuple[SentLine, ...], Rows(least=1)]
    from_warehouse_id: Annotated[str, Ref("warehouse")] | None = None
    note: Annotated[str, Text(200)] = ""


def send_transfer(unit: Unit, command: SendTransfer) -> Mapping[str, Any]:
    origin = warehouse_for(unit, command.from_warehouse_id)
    target = api.place_of(unit, command.to_warehouse_id, "to_warehouse_id")
    numbers = [rules.serial_numbers(line.serials) for line in command.lines]
    going = _going(unit, command, origin, target, numbers)
    facts = company.the_company(unit)
    assert facts is not None, "there is a company"
    transit = api.transit_of(unit, origin.branch_id, facts.language)
    document = (TABLE, unit.new_id())
    lines = [unit.new_id() for _ in going]
    api.append_moves(unit, [_leaves(one, key, transit, document) for one, key in zip(going, lines, strict=True)])
    gone = [
        ((one.product_id, number), one.location_id, transit.location_id, f"lines.{at}.serials")
        for at, (one, own) in enumerate(zip(going, numbers, strict=True), 1)
        for number in own
    ]
    api.pieces_move(unit, rules.TRANSFER, [row[:3] for row in gone], document, [row[3] for row in gone])
    expected = api.expect(
        unit, document, [api.Expect(g.product_id, target.id, g.quantity, command.expected_on) for g in going]
    )
    rows = enumerate(zip(going, lines, expected, strict=True), 1)
    unit.append(TransferLine, [_line(at, one, key, came, transit, document) for at, (one, key, came) in rows])
    number = next_number(unit, Transfer, origin.branch_id)
    unit.add(
        Transfer,
        id=document[1],
        branch_id=origin.branch_id,
        number=number,
        from_warehouse_id=origin.id,
        to_warehouse_id=target.id,
        state="sent",
        sent_on=unit.today,
        expected_on=command.expected_on,
        note=command.note,
        person_id=unit.actor.person_id,
    )
    return {"id": document[1], "version": 1, "number": number}


def _going(
    unit: Unit,
    command: SendTransfer,
    origin: api.WarehouseFacts,
    target: api.WarehouseFacts,
    numbers: Sequence[tuple[str, ...]],
) -> list[Going]:
    """What goes, line by line; refuses what is not free, not there, or not said by number."""
    if origin.id == target.id:
        raise Invalid(Fault("to_warehouse_id", "inventory.send_transfer.same_warehouse"))
    if command.expected_on < unit.today:
        raise Invalid(Fault("expected_on", "inventory.day_is_past", {"day": command.expected_on}))
    check_lines(unit, origin, command.lines)
    products = [line.product_id for line in command.lines]
    going = [
        Going(line.product_id, line.location_id or origin.location_id, line.lot, line.quantity, origin.id, target.id)
        for line in command.lines
    ]
    faults = stock_faults(api.Stock(unit, products), going) + piece_faults(
        api.tracking_of(unit, products),
        [(one.product_id, one.quantity, found) for one, found in zip(going, numbers, strict=True)],
    )
    if faults:
        raise Invalid(*faults)
    return going


def _line(
    at: int, one: Going, key: str, expected_id: str, transit: api.WarehouseFacts, document: api.Document
) -> dict[str, Any]:
    return {
        "id": key,
        "transfer_id": document[1],
        "position": at,
        "product_id": one.product_id,
        "from_location_id": one.location_id,
        "transit_location_id": transit.location_id,
        "lot": one.lot,
        "quantity": one.quantity,
        "expected_id": expected_id,
    }


def _leaves(one: Going, line_id: str, transit: api.WarehouseFacts, document: api.Document) -> dict[str, Any]:
    return {
        "kind": rules.TRANSFER,
        "product_id": one.product_id,
        "from_location_id": one.location_id,
        "from_warehouse_id": one.from_warehouse_id,
        "to_location_id": transit.location_id,
        "to_warehouse_id": transit.id,
        "lot": one.lot,
        "quantity": one.quantity,
        "document_table": document[0],
        "document_id": document[1],
        "line_id": line_id,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrivedLine(Part):
    """How much of a line has come, and where it was put; without a location at the first one of the route."""

    line_id: Annotated[str, Ref("transfer_line")]
    quantity: Annotated[Decimal, Quantity(above=None, least=Decimal(0))]
    location_id: Annotated[str, Ref("location")] | None = None
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveTransfer(Command):
    """Receives what was sent from another warehouse. What is missing is lost, unless the rest still comes; what is too
    much was found: both with the reason. A line that is not named has come whole."""

    transfer_id: Annotated[str, Ref("transfer")]
    lines: tuple[ArrivedLine, ...] = ()
    reason: Annotated[str, Text(200)] = ""
    rest_comes: Annotated[bool, Flag()] = False
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A line with what came of it: of what was sent, lost on the way, found beyond it."""

    row: Any
    location_id: str
    came: Decimal
    lost: Decimal
    found: Decimal
    serials: tuple[str, ...]


def receive_transfer(unit: Unit, command: ReceiveTransfer) -> Mapping[str, Any]:
    row = unit.get(Transfer, command.transfer_id, field="transfer_id")
    target = api.place_of(unit, row.to_warehouse_id)
    company.reachable_branch(unit, target.branch_id, field="transfer_id")
    unit.fresh(row, command.version, TABLE)
    if row.state != "sent":
        raise Refusal("inventory.receive_transfer.received", field="transfer_id", number=row.number)
    arrived = _arrived(unit, command, row, target)
    document = (TABLE, row.id)
    unit.numbered(document, row.number)
    origin = api.Origin(arrived[0].row.transit_location_id, arrived[0].row.warehouse_id)
    receipts = [
        api.Receive(a.row.product_id, a.location_id, a.came, a.row.lot, a.row.expected_id, serials=a.serials)
        for a in arrived
        if a.came > 0
    ]
    api.lock_stock(unit, [a.row.product_id for a in arrived])
    # What is lost is expected no more: whoever counted on it hears of it before the rest comes in.
    less = {a.row.expected_id: a.came for a in arrived if a.lost > 0}
    broken = api.resize_expected(unit, document, less, "receipt") if less else ()
    broken += api.receive(unit, document, target.id, receipts, origin=origin) if receipts else ()
    api.append_moves(unit, [m for a in arrived for m in _differs(a, target.id, document)])
    if not command.rest_comes:
        _lose_pieces(unit, arrived, origin, document)
    unit.append(TransferArrival, [_arrival(a, command.reason) for a in arrived])
    closed = all(a.row.open_quantity == a.came + a.lost for a in arrived)
    day = {"state": "received", "received_on": unit.today} if closed else {"state": "sent", "received_on": None}
    unit.revise(Transfer, row, **day)
    unit.emit(StockReceived(row.id, target.id, tuple(dict.fromkeys(a.row.product_id for a in arrived))))
    return {"id": row.id, "version": row.version + 1, "number": row.number, "broken": len(broken)}


def _lose_pieces(unit: Unit, arrived: Sequence[Arrived], origin: api.Origin, document: api.Document) -> None:
    """The numbered pieces that were sent, did not arrive, and do not come any more."""
    named = {(a.row.product_id, number) for a in arrived for number in a.serials}
    sent = [(p.product_id, p.number) for p in unit.all(SENT_PIECES, transfer_id=document[1])]
    lying = api.pieces(unit, [piece for piece in dict.fromkeys(sent) if piece not in named])
    here = origin.location_id
    lost = [(piece, here, None) for piece, there in lying.items() if there.location_id == here]
    api.pieces_move(unit, rules.DAMAGE, lost, document)


def _arrival(a: Arrived, reason: str) -> dict[str, Any]:
    return {
        "line_id": a.row.id,
        "quantity": a.came,
        "lost_quantity": a.lost,
        "found_quantity": a.found,
        "reason": reason,
    }


def _arrived(unit: Unit, command: ReceiveTransfer, transfer: Transfer, target: api.WarehouseFacts) -> list[Arrived]:
    """Every open line with what came of it; refuses unknown lines, wrong places, and a difference without reason."""
    rows = {r.id: r for r in unit.all(LINES, transfer_id=command.transfer_id) if r.open_quantity > 0}
    said = {line.line_id: line for line in command.lines}
    places = api.location_of(unit, [line.location_id for line in command.lines if line.location_id])
    faults: list[Fault] = []
    for at, named in enumerate(command.lines, 1):
        if named.line_id not in rows:
            faults.append(Fault(f"lines.{at}.line_id", "inventory.receive_transfer.unknown_line"))
        if named.location_id is not None:
            faults += location_faults(places.get(named.location_id), target.id, f"lines.{at}.location_id")
    found = []
    for key, row in rows.items():
        line = said.get(key)
        quantity = row.open_quantity if line is None else line.quantity
        came = min(quantity, row.open_quantity)
        lost = ZERO if command.rest_comes else row.open_quantity - came
        location_id = (line and line.location_id) or target.location_id
        numbers = rules.serial_numbers(line.serials) if line is not None else ()
        found.append(Arrived(row, location_id, came, lost, quantity - came, numbers))
    faults += _piece_faults(unit, command, found)
    if any(a.lost or a.found for a in found) and not command.reason:
        faults.append(Fault("reason", "inventory.reason_needed"))
    if faults:
        raise Invalid(*faults)
    if not found:
        raise Refusal("inventory.receive_transfer.received", field="transfer_id", number=transfer.number)
    return found


def _piece_faults(unit: Unit, command: ReceiveTransfer, found: Sequence[Arrived]) -> list[Fault]:
    tracking = api.tracking_of(unit, [a.row.product_id for a in found])
    faults = []
    for a in found:
        at = next((n for n, line in enumerate(command.lines, 1) if line.line_id == a.row.id), len(command.lines) + 1)
        if tracking.get(a.row.product_id) == rules.SERIAL and len(set(a.serials)) != a.came + a.found:
            params = {"quantity": a.came + a.found, "named": len(set(a.serials))}
            faults.append(Fault(f"lines.{at}.serials", "inventory.serials_needed", params))
        elif tracking.get(a.row.product_id) == rules.SERIAL and a.found:
            faults.append(Fault(f"lines.{at}.quantity", "inventory.more_than_sent"))
    return faults


def _differs(a: Arrived, warehouse_id: str, document: api.Document) -> list[dict[str, Any]]:
    """The moves of what was lost in transit and of what came beyond what was sent."""
    same = {
        "product_id": a.row.product_id,
        "lot": a.row.lot,
        "document_table": document[0],
        "document_id": document[1],
        "line_id": a.row.id,
    }
    moves: list[dict[str, Any]] = []
    if a.lost > 0:
        here = {"from_location_id": a.row.transit_location_id, "from_warehouse_id": a.row.warehouse_id}
        nowhere = {"to_location_id": None, "to_warehouse_id": None}
        moves.append({**same, **here, **nowhere, "kind": rules.DAMAGE, "quantity": a.lost})
    if a.found > 0:
        here = {"to_location_id": a.location_id, "to_warehouse_id": warehouse_id}
        nowhere = {"from_location_id": None, "from_warehouse_id": None}
        moves.append({**same, **here, **nowhere, "kind": rules.COUNT, "quantity": a.found})
    return moves
