"""Receipts against an order: what came is taken in, what does not fit is refused, every difference has its reason."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel import failure
from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Day, Flag, Quantity, Ref, Text, Version
from retaguarda.kernel.series import next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.commands.orders import on_time_again
from retaguarda.modules.purchasing.commands.prices import product_fault
from retaguarda.modules.purchasing.events import GoodsReceived, PurchaseOrderEnded
from retaguarda.modules.purchasing.model import PurchaseOrder, PurchaseReceipt, PurchaseReceiptLine

RECEIPT = "purchase_receipt"
SHORT = "purchasing.order_short"
ZERO = rules.ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedLine(Part):
    """What came of one product: how much was taken in and how much was refused, and why where it differs. Without a
    location it goes to the first one of the route."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity(above=None, least=ZERO)] = ZERO
    refused_quantity: Annotated[Decimal, Quantity(above=None, least=ZERO)] = ZERO
    difference: Annotated[str, Choice(rules.REFUSABLE, "purchasing.difference")] | None = None
    reason: Annotated[str, Text(200)] = ""
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    expires_on: Annotated[dt.date, Day()] | None = None
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveOrder(Command):
    """Takes in what a supplier delivers on an order. Without lines everything came as ordered. More than ordered, goods
    that were not ordered and refused goods need their reason; what was promised to customers is reserved at once.

    Unless the rest still comes the order ends, and customers' orders that were promised the rest open a failure.
    """

    order_id: Annotated[str, Ref("purchase_order")]
    lines: tuple[ReceivedLine, ...] = ()
    supplier_document: Annotated[str, Text(60)] = ""
    note: Annotated[str, Text(200)] = ""
    rest_comes: Annotated[bool, Flag()] = True
    reason: Annotated[str, Text(200)] = ""
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True)
class _Came:
    """One line of a delivery beside the order's line that it answers, if there is one."""

    said: ReceivedLine
    line: Any
    difference: str
    location_id: str


def receive_order(unit: Unit, command: ReceiveOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    state = api.step_to(row, "receive", "purchasing.receive_order.not_in_state")
    stored = api.order_lines(unit, row.id)
    warehouse = inventory.place_of(unit, row.warehouse_id)
    came = _checked(unit, command, stored, warehouse)
    left = _left_open(stored, came)
    if left and not command.rest_comes and len(command.reason) < 3:
        raise Invalid(Fault("reason", "purchasing.needs_reason"))
    document = (RECEIPT, unit.new_id())
    taken = [_taken(one) for one in came if one.said.quantity > 0]
    broken: tuple[inventory.Broken, ...] = ()
    if taken:
        broken = inventory.receive(unit, document, warehouse.id, taken, supplier_id=row.supplier_id)
    if left and not command.rest_comes:
        broken = (*broken, *inventory.cancel_expected(unit, document, [line.expected_id for line in left], "receipt"))
    unit.append(PurchaseReceiptLine, [_receipt_line(document[1], n, one) for n, one in enumerate(came, 1)])
    ends = not left or not command.rest_comes
    unit.revise(
        PurchaseOrder,
        row,
        state=rules.CLOSED if ends else state,
        ended_at=unit.now if ends else None,
        reason=command.reason if left and ends else row.reason,
    )
    number = _write_head(unit, command, row, document[1])
    if ends:
        on_time_again(unit, row)
    if ends and left:
        _note_short(unit, command, row, left)
    if ends:
        unit.emit(PurchaseOrderEnded(row.id, rules.CLOSED, command.reason))
    products = tuple(dict.fromkeys(one.product_id for one in taken))
    unit.emit(GoodsReceived(document[1], number, row.id, row.supplier_id, warehouse.id, products))
    return {"id": row.id, "version": row.version + 1, "number": row.number, "receipt_id": document[1],
            "receipt_number": number, "broken": len(broken)}  # fmt: skip


def _checked(
    unit: Unit, command: ReceiveOrder, stored: Sequence[Any], warehouse: inventory.WarehouseFacts
) -> list[_Came]:
    """The delivery as it is judged; refuses at once everything that is wrong with it."""
    said = [one for one in command.lines if one.quantity > 0 or one.refused_quantity > 0]
    if not command.lines:
        said = [
            ReceivedLine(product_id=line.product_id, quantity=api.open_quantity(line))
            for line in stored
            if api.open_quantity(line) > 0
        ]
    if not said:
        raise Refusal("purchasing.nothing_came", field="lines")
    by_product = {line.product_id: line for line in stored}
    products = catalog.products(unit, [one.product_id for one in said])
    places = inventory.location_of(unit, [one.location_id for one in said if one.location_id])
    before = {line.id: line.received for line in stored}
    found, faults = [], []
    for number, one in enumerate(said, 1):
        line = by_product.get(one.product_id)
        over = line is not None and one.quantity > 0 and before[line.id] + one.quantity > line.quantity
        difference = _difference(one, line, over)
        if line is not None:
            before[line.id] += one.quantity
        faults += _faults(one, difference, products.get(one.product_id), f"lines.{number}.")
        if one.location_id is not None:
            faults += _place_faults(places.get(one.location_id), warehouse.id, f"lines.{number}.location_id")
        found.append(_Came(one, line, difference, one.location_id or warehouse.location_id))
    if faults:
        raise Invalid(*faults)
    return found


def _difference(one: ReceivedLine, line: Any, over: bool) -> str:
    """What a line of the delivery differs in; nothing where it is as ordered."""
    if one.quantity > 0 and (line is None or over):
        return "more" if line is not None else "unordered"
    if one.refused_quantity > 0:
        return one.difference or ("damaged" if line is not None else "wrong")
    return ""


def _faults(one: ReceivedLine, difference: str, product: catalog.ProductFacts | None, path: str) -> list[Fault]:
    unfit = product_fault(product, f"{path}product_id")
    if unfit is not None or product is None:
        return [unfit] if unfit is not None else []
    fields = (("quantity", one.quantity), ("refused_quantity", one.refused_quantity))
    found = [fault for name, value in fields if (fault := catalog.quantity_fault(product, value, f"{path}{name}"))]
    if difference and len(one.reason) < 3:
        said = {"name": product.name, "difference": f"purchasing.difference.{difference}"}
        found.append(Fault(f"{path}reason", "purchasing.difference_needs_reason", said))
    return found


def _place_faults(place: Any, warehouse_id: str, field: str) -> list[Fault]:
    if place is None or place.warehouse_id != warehouse_id or place.archived:
        return [Fault(field, "purchasing.unknown_place")]
    return []


def _left_open(stored: Sequence[Any], came: Sequence[_Came]) -> list[Any]:
    """The order's lines of which something is still to come after this delivery."""
    now: dict[str, Decimal] = {}
    for one in came:
        if one.line is not None:
            now[one.line.id] = now.get(one.line.id, ZERO) + one.said.quantity
    return [line for line in stored if api.open_quantity(line) > now.get(line.id, ZERO)]


def _taken(one: _Came) -> inventory.Receive:
    return inventory.Receive(
        one.said.product_id,
        one.location_id,
        one.said.quantity,
        one.said.lot,
        None if one.line is None else one.line.expected_id,
        None if one.line is None else one.line.unit_price,
        one.said.expires_on,
        inventory.serial_numbers(one.said.serials),
    )


def _receipt_line(receipt_id: str, position: int, one: _Came) -> dict[str, Any]:
    return {
        "receipt_id": receipt_id,
        "position": position,
        "line_id": None if one.line is None else one.line.id,
        "product_id": one.said.product_id,
        "location_id": one.location_id,
        "lot": one.said.lot,
        "quantity": one.said.quantity,
        "refused_quantity": one.said.refused_quantity,
        "difference": one.difference,
        "reason": one.said.reason if one.difference else "",
        "unit_cost": None if one.line is None else one.line.unit_price,
    }


def _write_head(unit: Unit, command: ReceiveOrder, row: Any, receipt_id: str) -> int:
    number = next_number(unit, PurchaseReceipt, row.branch_id)
    unit.append(
        PurchaseReceipt,
        [
            {
                "id": receipt_id,
                "number": number,
                "branch_id": row.branch_id,
                "order_id": row.id,
                "supplier_id": row.supplier_id,
                "warehouse_id": row.warehouse_id,
                "received_on": unit.today,
                "supplier_document": command.supplier_document,
                "note": command.note,
                "person_id": unit.actor.person_id,
                "folded": fold(f"{number} {row.number} {row.supplier_name} {command.supplier_document}")[:400],
            }
        ],
    )
    return number


def _note_short(unit: Unit, command: ReceiveOrder, row: Any, left: Sequence[Any]) -> None:
    """The order ends short: a failure that somebody has to deal with."""
    failure.record(
        unit,
        SHORT,
        subject=(api.DOCUMENT, row.id),
        cause_key=SHORT,
        params={
            "number": row.number,
            "supplier": row.supplier_name,
            "names": [line.name for line in left],
            "reason": command.reason,
        },
    )
