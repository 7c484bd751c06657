"""Sending goods back to their supplier: out of stock, and credited where they had been billed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Quantity, Ref, Text
from retaguarda.kernel.money import line_amount
from retaguarda.kernel.series import next_number
from retaguarda.kernel.terms import Part as Instalment
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.events import GoodsReturned
from retaguarda.modules.purchasing.model import PurchaseBilling, SupplierReturn, SupplierReturnLine

RETURN = "supplier_return"
ZERO = rules.ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedLine(Part):
    """How much of a product goes back, and from which place; without one from the first one of the route."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    location_id: Annotated[str, Ref("location")] | None = None
    lot: Annotated[str, Text(40)] = ""
    serials: Annotated[str, Text(4000)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnGoods(Command):
    """Sends goods of an order back to their supplier, with the reason. They leave the stock; what had been billed of
    them is taken off what is owed, and what is left over stays as the supplier's credit.

    Customers' orders that were waiting for them lose their reservation and open a failure.
    """

    order_id: Annotated[str, Ref("purchase_order")]
    lines: Annotated[tuple[ReturnedLine, ...], Rows(least=1)]
    reason: Annotated[str, Text(200, least=3)]


def return_goods(unit: Unit, command: ReturnGoods) -> Mapping[str, Any]:
    order = api.load_order(unit, command.order_id)
    warehouse = inventory.place_of(unit, order.warehouse_id)
    stored = {line.product_id: line for line in api.order_lines(unit, order.id)}
    rows = _checked(command, stored, warehouse)
    return_id = unit.new_id()
    document = (RETURN, return_id)
    broken = inventory.send_back(
        unit,
        document,
        warehouse.id,
        [
            inventory.SendBack(
                row["line_id"],
                row["product_id"],
                row["location_id"],
                row["quantity"],
                row["lot"],
                inventory.serial_numbers(one.serials),
            )
            for row, one in zip(rows, command.lines, strict=True)
        ],
    )
    unit.append(SupplierReturnLine, [{**row, "return_id": return_id} for row in rows])
    credit = sum((row["credit_amount"] for row in rows), ZERO)
    if credit > 0:
        _credit(unit, order, document, rows, credit)
    number = next_number(unit, SupplierReturn, order.branch_id)
    unit.append(
        SupplierReturn,
        [
            {
                "id": return_id,
                "number": number,
                "branch_id": order.branch_id,
                "order_id": order.id,
                "supplier_id": order.supplier_id,
                "warehouse_id": order.warehouse_id,
                "returned_on": unit.today,
                "reason": command.reason,
                "credit_amount": credit,
                "person_id": unit.actor.person_id,
                "folded": fold(f"{number} {order.number} {order.supplier_name}")[:400],
            }
        ],
    )
    unit.emit(GoodsReturned(return_id, number, order.id, order.supplier_id, credit))
    return {"id": return_id, "number": number, "credit": str(credit), "broken": len(broken)}


def _checked(
    command: ReturnGoods, stored: Mapping[str, Any], warehouse: inventory.WarehouseFacts
) -> list[dict[str, Any]]:
    """The lines of the return with what is credited of each; refuses more than has come and not gone back."""
    back: dict[str, Decimal] = {}
    rows: list[dict[str, Any]] = []
    faults = []
    for number, one in enumerate(command.lines, 1):
        line = stored.get(one.product_id)
        if line is None:
            faults.append(Fault(f"lines.{number}.product_id", "purchasing.not_of_this_order"))
            continue
        before = back.get(line.id, ZERO)
        here = line.received - line.returned - before
        if one.quantity > here:
            said = {"name": line.name, "here": max(ZERO, here)}
            faults.append(Fault(f"lines.{number}.quantity", "purchasing.more_than_received", said))
        back[line.id] = before + one.quantity
        credited_before = sum((row["credited_quantity"] for row in rows if row["line_id"] == line.id), ZERO)
        credited = rules.to_credit(
            one.quantity, line.received, line.returned + before, line.invoiced, line.credited + credited_before
        )
        rows.append(
            {
                "position": number,
                "line_id": line.id,
                "product_id": one.product_id,
                "location_id": one.location_id or warehouse.location_id,
                "lot": one.lot,
                "quantity": one.quantity,
                "credited_quantity": credited,
                "unit_price": line.unit_price,
                "credit_amount": line_amount(credited, line.unit_price),
            }
        )
    if faults:
        raise Invalid(*faults)
    return rows


def _credit(
    unit: Unit, order: Any, document: tuple[str, str], rows: Sequence[Mapping[str, Any]], credit: Decimal
) -> None:
    """Takes the credit off what is owed to the supplier, what falls due first first; the rest is its credit."""
    quantities: dict[str, Decimal] = {}
    for row in rows:
        quantities[row["line_id"]] = quantities.get(row["line_id"], ZERO) + row["credited_quantity"]
    unit.append(
        PurchaseBilling,
        [
            {
                "kind": "credited",
                "line_id": line_id,
                "quantity": quantity,
                "document_table": document[0],
                "document_id": document[1],
            }
            for line_id, quantity in quantities.items()
            if quantity > 0
        ],
    )
    owed = [row for row in api.open_payables(unit, order.supplier_id) if row.branch_id == order.branch_id]
    taken, left = rules.lower(credit, [(row.id, row.open_amount) for row in owed])
    api.move_payables(unit, api.RETURNED, [(key, -amount) for key, amount in taken], document)
    if left > 0:
        head = {
            "branch_id": order.branch_id,
            "supplier_id": order.supplier_id,
            "invoice_id": None,
            "document_table": document[0],
            "document_id": document[1],
            "number": str(order.number),
            "issued_on": unit.today,
        }
        api.open_payable(unit, head, [Instalment(1, unit.today, -left)], order.supplier_name)
    accounting.book(
        unit,
        accounting.Booking(
            rule="purchasing.returned",
            source=document,
            branch_id=order.branch_id,
            party_id=order.supplier_id,
            amounts={"received": credit},
        ),
    )
