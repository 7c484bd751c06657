"""Changing an order that was sent: what it brings, and when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Day, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.commands.drafting import PurchaseLine, expect_lines, price_lines, total_of
from retaguarda.modules.purchasing.commands.orders import move_lines, on_time_again, write_lines
from retaguarda.modules.purchasing.events import PurchaseOrderPostponed
from retaguarda.modules.purchasing.model import PurchaseOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class PostponeOrder(Command):
    """Notes that what is still to come of an order, or one of its products, comes on another day, and why. Customers'
    orders that cannot wait so long lose it and open a failure."""

    order_id: Annotated[str, Ref("purchase_order")]
    expected_on: Annotated[dt.date, Day()]
    reason: Annotated[str, Text(200, least=3)]
    product_id: Annotated[str, Ref("product")] | None = None
    version: Annotated[int, Version()] | None = None


def postpone_order(unit: Unit, command: PostponeOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    state = api.step_to(row, "postpone", "purchasing.postpone_order.not_in_state")
    stored = api.order_lines(unit, row.id)
    lines = [line for line in stored if command.product_id in (None, line.product_id)]
    if not lines:
        raise Invalid(Fault("product_id", "purchasing.not_of_this_order"))
    broken = move_lines(unit, row, lines, command.expected_on)
    days = [command.expected_on if line in lines else line.expected_on for line in stored]
    unit.revise(PurchaseOrder, row, state=state, expected_on=max(days), reason=command.reason)
    if command.product_id is None:
        on_time_again(unit, row)
    unit.emit(PurchaseOrderPostponed(row.id, command.expected_on, command.reason))
    return {"id": row.id, "version": row.version + 1, "number": row.number, "broken": broken}


@dataclass(frozen=True, slots=True, kw_only=True)
class AmendOrder(Command):
    """Changes the products, quantities and prices of an order that was sent, as agreed with the supplier. Nothing can
    be less than has come already; customers' orders that were promised what comes no more open a failure."""

    order_id: Annotated[str, Ref("purchase_order")]
    lines: Annotated[tuple[PurchaseLine, ...], Rows(least=1)]
    reason: Annotated[str, Text(200)] = ""
    version: Annotated[int, Version()] | None = None


def amend_order(unit: Unit, command: AmendOrder) -> Mapping[str, Any]:
    row = api.load_order(unit, command.order_id)
    unit.fresh(row, command.version, api.DOCUMENT)
    state = api.step_to(row, "amend", "purchasing.amend_order.not_in_state")
    warehouse = inventory.place_of(unit, row.warehouse_id)
    known = {line.product_id: line for line in api.order_lines(unit, row.id)}
    asked = [_with_price(line, known.get(line.product_id)) for line in command.lines]
    priced, faults = price_lines(unit, warehouse, row.supplier_id, asked, None)
    faults += _too_little(command.lines, known)
    if faults:
        raise Invalid(*faults)
    said = {line.product_id for line in asked if line.expected_on is not None}
    for line in priced:
        if line["product_id"] in known and line["product_id"] not in said:
            line["expected_on"] = known[line["product_id"]].expected_on
    new = [line for line in priced if line["product_id"] not in known]
    broken = _expect_again(unit, row, known, priced)
    expected = {line["product_id"]: line for line in expect_lines(unit, row.id, row.warehouse_id, new)} if new else {}
    write_lines(unit, row.id, known, [expected.get(line["product_id"], line) for line in priced])
    has_come = {key: line.received for key, line in known.items()}
    whole = all(line["quantity"] <= has_come.get(line["product_id"], rules.ZERO) for line in priced)
    unit.revise(
        PurchaseOrder,
        row,
        state=rules.CLOSED if whole else state,
        ended_at=unit.now if whole else None,
        total_amount=total_of(priced),
        expected_on=max(line["expected_on"] for line in priced),
        reason=command.reason or row.reason,
    )
    return {"id": row.id, "version": row.version + 1, "number": row.number, "broken": len(broken)}


def _with_price(line: PurchaseLine, old: Any) -> PurchaseLine:
    """A line that says no price keeps the one it had."""
    if old is None or line.unit_price is not None:
        return line
    return replace(line, unit_price=old.unit_price)


def _too_little(asked: Sequence[PurchaseLine], known: Mapping[str, Any]) -> list[Fault]:
    """Lines that leave, or shrink below what has come."""
    wanted = {line.product_id: (number, line.quantity) for number, line in enumerate(asked, 1)}
    faults = []
    for key, line in known.items():
        number, quantity = wanted.get(key, (0, line.received * 0))
        if quantity < min(line.received, line.quantity):
            field = f"lines.{number}.quantity" if number else "lines"
            faults.append(Fault(field, "purchasing.less_than_received", {"name": line.name, "received": line.received}))
    return faults


def _expect_again(
    unit: Unit, row: Any, known: Mapping[str, Any], priced: Sequence[Mapping[str, Any]]
) -> tuple[inventory.Broken, ...]:
    """Brings the expectations of lines that stay or leave to what is still to come of them, on their day."""
    wanted = {line["product_id"]: line for line in priced}
    sizes, days = {}, {}
    for key, line in known.items():
        asked = wanted.get(key)
        still = max(line.received * 0, asked["quantity"] - line.received) if asked is not None else line.received * 0
        if still != api.open_quantity(line):
            sizes[line.expected_id] = still
        if asked is not None and asked["expected_on"] != line.expected_on and still > 0:
            days[line.expected_id] = asked["expected_on"]
    document = (api.DOCUMENT, row.id)
    broken = inventory.resize_expected(unit, document, sizes) if sizes else ()
    return (*broken, *(inventory.move_expected(unit, document, days) if days else ()))
