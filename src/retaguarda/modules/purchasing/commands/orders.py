"""The life of an order: drafted, sent, placed at once, confirmed by the supplier, closed short, cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Day, Ref, Text, Version
from retaguarda.kernel.series import next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.commands.drafting import (
    Drafted,
    PurchaseHead,
    PurchaseLine,
    drafted,
    expect_lines,
    folded,
    head_row,
)
from retaguarda.modules.purchasing.events import PurchaseOrderConfirmed, PurchaseOrderEnded, PurchaseOrderSent
from retaguarda.modules.purchasing.model import PurchaseOrder, PurchaseOrderLine

LATE = "purchasing.order_late"


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOrder(PurchaseHead):
    """Drafts an order to a supplier. Nothing is expected yet; without prices it has those the supplier asks, without a
    day the supplier's usual time."""

    supplier_id: Annotated[str, Ref("party")]
    lines: Annotated[tuple[PurchaseLine, ...], Rows(least=1)]


def create_order(unit: Unit, command: CreateOrder) -> Mapping[str, Any]:
    draft = drafted(unit, command, supplier_id=command.supplier_id, lines=command.lines)
    return _write_new(unit, draft, unit.new_id(), draft.lines, rules.DRAFT)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder(PurchaseHead):
    """Makes an order and sends it in one go: its goods are expected from now on and can be promised to customers."""

    supplier_id: Annotated[str, Ref("party")]
    lines: Annotated[tuple[PurchaseLine, ...], Rows(least=1)]


def place_order(unit: Unit, command: PlaceOrder) -> Mapping[str, Any]:
    draft = drafted(unit, command, supplier_id=command.supplier_id, lines=command.lines)
    order_id = unit.new_id()
    lines = expect_lines(unit, order_id, draft.head["warehouse_id"], draft.lines)
    made = _write_new(unit, draft, order_id, lines, rules.ORDERED)
    _sent(unit, order_id, made["number"], draft.branch_id, draft.head)
    return made


def _write_new(unit: Unit, draft: Drafted, order_id: str, lines: Any, state: str) -> Mapping[str, Any]:
    unit.add_all(PurchaseOrderLine, [{**line, "order_id": order_id} for line in lines])
    number = next_number(unit, PurchaseOrder, draft.branch_id)
    unit.add(PurchaseOrder, **head_row(unit, draft, order_id=order_id, number=number, state=state))
    return {"id": order_id, "version": 1, "number": number}


def _sent(unit: Unit, order_id: str, number: int, branch_id: str, head: Mapping[str, Any]) -> None:
    unit.emit(
        PurchaseOrderSent(order_id, number, branch_id, head["supplier_id"], head["total_amount"], head["expected_on"])
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseOrder(PurchaseHead):
    """Changes an order that was not sent yet; the whole draft is sent, lines included."""

    order_id: Annotated[str, Ref("purchase_order")]
    lines: Annotated[tuple[PurchaseLine, ...], Rows(least=1)]
    version: Annotated[int, Version()] | None = None


def revise_order(unit: Unit, command: ReviseOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    state = api.step_to(row, "revise", "purchasing.revise_order.not_in_state")
    draft = drafted(unit, command, supplier_id=row.supplier_id, lines=command.lines, warehouse_id=row.warehouse_id)
    if draft.branch_id != row.branch_id:
        raise Invalid(Fault("warehouse_id", "purchasing.other_branch"))
    known = {line.product_id: line for line in api.order_lines(unit, row.id)}
    write_lines(unit, row.id, known, draft.lines)
    name = folded(row.number, row.supplier_name, command.supplier_reference)
    unit.revise(PurchaseOrder, row, **draft.head, state=state, folded=name)
    return {"id": row.id, "version": row.version + 1, "number": row.number}


def write_lines(unit: Unit, order_id: str, known: Mapping[str, Any], asked: Any) -> None:
    """Writes the lines of an order as `asked`: those of `known` (by product) change or leave, the others are new."""
    left = set(known) - {line["product_id"] for line in asked}
    unit.revise_all(PurchaseOrderLine, [(known[key], {"active": False}) for key in sorted(left)])
    changed = []
    for line in asked:
        old = known.get(line["product_id"])
        if old is not None and any(getattr(old, name) != value for name, value in line.items()):
            changed.append((old, {name: value for name, value in line.items() if name != "product_id"}))
    unit.revise_all(PurchaseOrderLine, changed)
    unit.add_all(
        PurchaseOrderLine,
        [{**line, "order_id": order_id} for line in asked if line["product_id"] not in known],
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SendOrder(Command):
    """Sends a drafted order to its supplier: its goods are expected from now on and can be promised to customers."""

    order_id: Annotated[str, Ref("purchase_order")]
    version: Annotated[int, Version()] | None = None


def send_order(unit: Unit, command: SendOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    state = api.step_to(row, "send", "purchasing.send_order.not_in_state")
    party.may_supply(unit, row.supplier_id)
    lines = api.order_lines(unit, row.id)
    passed = sorted(line.expected_on for line in lines if line.expected_on < unit.today)
    if passed:
        raise Invalid(Fault("expected_on", "purchasing.day_passed", {"day": passed[0], "today": unit.today}))
    asked = [{"product_id": x.product_id, "quantity": x.quantity, "expected_on": x.expected_on} for x in lines]
    expected = expect_lines(unit, row.id, row.warehouse_id, asked)
    unit.revise_all(
        PurchaseOrderLine,
        [(line, {"expected_id": one["expected_id"]}) for line, one in zip(lines, expected, strict=True)],
    )
    unit.revise(PurchaseOrder, row, state=state, sent_at=unit.now)
    head = {name: getattr(row, name) for name in ("supplier_id", "total_amount", "expected_on")}
    _sent(unit, row.id, row.number, row.branch_id, head)
    return {"id": row.id, "version": row.version + 1, "number": row.number, "prints": {"order_id": row.id}}


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOrder(Command):
    """Notes that the supplier confirmed an order, and for which day. A later day than expected takes the goods from
    the customers' orders that cannot wait so long, and opens a failure for each."""

    order_id: Annotated[str, Ref("purchase_order")]
    expected_on: Annotated[dt.date, Day()] | None = None
    supplier_reference: Annotated[str, Text(60)] = ""
    version: Annotated[int, Version()] | None = None


def confirm_order(unit: Unit, command: ConfirmOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    state = api.step_to(row, "confirm", "purchasing.confirm_order.not_in_state")
    day = command.expected_on or row.expected_on
    broken = 0
    if command.expected_on is not None:
        broken = move_lines(unit, row, api.order_lines(unit, row.id), command.expected_on)
    reference = command.supplier_reference or row.supplier_reference
    unit.revise(
        PurchaseOrder,
        row,
        state=state,
        confirmed_at=unit.now,
        expected_on=day,
        supplier_reference=reference,
        folded=folded(row.number, row.supplier_name, reference),
    )
    if command.expected_on is not None:
        on_time_again(unit, row)
    unit.emit(PurchaseOrderConfirmed(row.id, day))
    return {"id": row.id, "version": row.version + 1, "number": row.number, "broken": broken}


def on_time_again(unit: Unit, row: Any) -> None:
    """The order is no longer late without a word: its failure is dealt with."""
    if row.fails:
        close_failures(unit, row.id, LATE)


def move_lines(unit: Unit, row: Any, lines: Any, day: dt.date) -> int:
    """What is still to come of the lines comes on another day; gives how many reservations that breaks."""
    if day < unit.today:
        raise Invalid(Fault("expected_on", "purchasing.day_passed", {"day": day, "today": unit.today}))
    moved = [line for line in lines if line.expected_on != day and api.open_quantity(line) > 0]
    broken = inventory.move_expected(unit, (api.DOCUMENT, row.id), {line.expected_id: day for line in moved})
    unit.revise_all(PurchaseOrderLine, [(line, {"expected_on": day}) for line in moved])
    return len(broken)


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOrder(Command):
    """Says that the rest of an order does not come any more, with the reason. Customers' orders that were promised it
    lose it and open a failure."""

    order_id: Annotated[str, Ref("purchase_order")]
    reason: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def close_order(unit: Unit, command: CloseOrder) -> Mapping[str, Any]:
    return _end(unit, command, "close", "purchasing.close_order.not_in_state")


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder(Command):
    """Cancels an order of which nothing has come, with the reason. Customers' orders that were promised its goods lose
    them and open a failure."""

    order_id: Annotated[str, Ref("purchase_order")]
    reason: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def cancel_order(unit: Unit, command: CancelOrder) -> Mapping[str, Any]:
    return _end(unit, command, "cancel", "purchasing.cancel_order.not_in_state")


def _end(unit: Unit, command: CloseOrder | CancelOrder, verb: str, refusal: str) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    lines = api.order_lines(unit, row.id)
    state = api.step_to(row, verb, refusal, received=any(line.received > 0 for line in lines))
    awaited = [line.expected_id for line in lines if line.expected_id and api.open_quantity(line) > 0]
    broken = inventory.cancel_expected(unit, (api.DOCUMENT, row.id), awaited) if awaited else ()
    unit.revise(PurchaseOrder, row, state=state, reason=command.reason, ended_at=unit.now)
    on_time_again(unit, row)
    unit.emit(PurchaseOrderEnded(row.id, state, command.reason))
    return {"id": row.id, "version": row.version + 1, "number": row.number, "broken": len(broken)}
