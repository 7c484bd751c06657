"""Requisitions, and what should be bought turned into orders by supplier."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.kinds import Day, Quantity, Ref, Text, Version
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import ForKeys
from retaguarda.kernel.unit import Unit
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.purchasing import api
from retaguarda.modules.purchasing.commands.drafting import Drafted, PurchaseHead, PurchaseLine, drafted, head_row
from retaguarda.modules.purchasing.commands.prices import stock_product
from retaguarda.modules.purchasing.model import PurchaseOrder, PurchaseOrderLine, Requisition

REQUISITION = "requisition"
OPEN, ORDERED, REFUSED = "open", "ordered", "refused"
_W = api.wanted.c
# Who turns the same proposals into orders takes turns here; what is read next is as the other left it.
_POINTS = ForKeys(
    lambda keys: (
        select(api.reorder_point.c.id)
        .where(api.reorder_point.c.id.in_(keys))
        .order_by(api.reorder_point.c.id)
        .with_for_update()
    )
)
_ASKED = ForKeys(
    lambda keys: (
        select(api.requisition).where(api.requisition.c.id.in_(keys)).order_by(api.requisition.c.id).with_for_update()
    )
)
_PROPOSED = ForKeys(
    lambda keys: (
        select(_W.id, _W.kind, _W.product_id, _W.warehouse_id, api.proposed_supplier.label("supplier_id"))
        .select_from(api.proposals)
        .where(_W.id.in_(keys))
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestGoods(Command):
    """Asks for something to be bought: how much of which product, by which day, and why."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    reason: Annotated[str, Text(200, least=3)]
    needed_on: Annotated[dt.date, Day()] | None = None
    warehouse_id: Annotated[str, Ref("warehouse")] | None = None


def request_goods(unit: Unit, command: RequestGoods) -> Mapping[str, Any]:
    warehouse = api.warehouse_for(unit, command.warehouse_id)
    product = stock_product(unit, command.product_id)
    faults = [catalog.quantity_fault(product, command.quantity, "quantity")]
    if command.needed_on is not None and command.needed_on < unit.today:
        passed = {"day": command.needed_on, "today": unit.today}
        faults.append(Fault("needed_on", "purchasing.day_passed", passed))
    found = [fault for fault in faults if fault is not None]
    if found:
        raise Invalid(*found)
    number = next_number(unit, Requisition, warehouse.branch_id)
    requisition_id = unit.add(
        Requisition,
        number=number,
        branch_id=warehouse.branch_id,
        warehouse_id=warehouse.id,
        product_id=product.id,
        quantity=command.quantity,
        needed_on=command.needed_on,
        reason=command.reason,
        person_id=unit.actor.person_id,
        state=OPEN,
        answer="",
    )
    return {"id": requisition_id, "version": 1, "number": number}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseRequisition(Command):
    """Says that what was asked for is not bought, and why."""

    requisition_id: Annotated[str, Ref("requisition")]
    answer: Annotated[str, Text(200, least=3)]
    version: Annotated[int, Version()] | None = None


def refuse_requisition(unit: Unit, command: RefuseRequisition) -> Mapping[str, Any]:
    row = unit.get(Requisition, command.requisition_id, field="requisition_id")
    if not unit.actor.all_branches and row.branch_id not in unit.actor.branch_ids:
        raise Missing(REQUISITION, command.requisition_id, field="requisition_id")
    unit.fresh(row, command.version, REQUISITION)
    if row.state != OPEN:
        raise Refusal("purchasing.requisition_not_open", number=row.number)
    unit.revise(Requisition, row, state=REFUSED, answer=command.answer)
    return {"id": row.id, "version": row.version + 1, "number": row.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedLine(Part):
    """How much of a proposal is ordered, and from whom unless from the proposed supplier; without a proposal it is
    one more product for that supplier."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()]
    proposal_id: Annotated[str, Ref("reorder_point")] | None = None
    supplier_id: Annotated[str, Ref("party")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderProposals(Command):
    """Turns what should be bought into drafted orders, one for each supplier and warehouse, at the suppliers' prices.
    A proposal that somebody ordered meanwhile is refused by name."""

    lines: Annotated[tuple[ProposedLine, ...], Rows(least=1)]


def order_proposals(unit: Unit, command: OrderProposals) -> Mapping[str, Any]:
    ids = [line.proposal_id for line in command.lines if line.proposal_id is not None]
    asked = _locked(unit, ids)
    groups = _grouped(unit, command.lines, ids)
    drafts: list[tuple[str, Drafted]] = []
    ordered: dict[str, str] = {}
    for (supplier_id, warehouse_id), lines in groups.items():
        order_id = unit.new_id()
        head = PurchaseHead(warehouse_id=warehouse_id)
        wanted = _summed(lines)
        drafts.append((order_id, drafted(unit, head, supplier_id=supplier_id, lines=wanted)))
        ordered |= {line.proposal_id: order_id for line in lines if line.proposal_id is not None}
    unit.revise_all(
        Requisition, [(row, {"state": ORDERED, "order_id": ordered[row.id]}) for row in asked if row.id in ordered]
    )
    unit.add_all(PurchaseOrderLine, [{**line, "order_id": key} for key, draft in drafts for line in draft.lines])
    numbers = []
    for order_id, draft in drafts:
        number = next_number(unit, PurchaseOrder, draft.branch_id)
        unit.add(PurchaseOrder, **head_row(unit, draft, order_id=order_id, number=number))
        numbers.append(number)
    return {"orders": [order_id for order_id, _ in drafts], "numbers": numbers, "count": len(drafts)}


def _locked(unit: Unit, ids: Sequence[str]) -> list[Any]:
    """The requisitions among the proposals; both they and the points are locked until the command ends."""
    if not ids:
        return []
    statement, values = _POINTS.of(ids)
    unit.all(statement, **values)
    statement, values = _ASKED.of(ids)
    return unit.all(statement, **values)


def _grouped(
    unit: Unit, lines: Sequence[ProposedLine], ids: Sequence[str]
) -> dict[tuple[str, str], list[ProposedLine]]:
    """The lines by supplier and warehouse; refuses what is no proposal any more and what nobody sells."""
    rows = {}
    if ids:
        statement, values = _PROPOSED.of(ids)
        rows = {row.id: row for row in unit.all(statement, today=unit.today, **values)}
    main = None
    groups: dict[tuple[str, str], list[ProposedLine]] = {}
    faults = []
    for number, line in enumerate(lines, 1):
        row = rows.get(line.proposal_id or "")
        if line.proposal_id is not None and (row is None or row.product_id != line.product_id):
            faults.append(Fault(f"lines.{number}.product_id", "purchasing.not_proposed"))
            continue
        supplier_id = line.supplier_id or (None if row is None else row.supplier_id)
        if supplier_id is None:
            faults.append(Fault(f"lines.{number}.supplier_id", "purchasing.no_supplier"))
            continue
        if row is None and main is None:
            main = api.warehouse_for(unit, None).id
        warehouse_id = str(main) if row is None else row.warehouse_id
        groups.setdefault((supplier_id, warehouse_id), []).append(line)
    if faults:
        raise Invalid(*faults)
    return dict(sorted(groups.items()))


def _summed(lines: Sequence[ProposedLine]) -> list[PurchaseLine]:
    """One line for each product: a point and a requisition may want the same."""
    sums: dict[str, Decimal] = {}
    for line in lines:
        sums[line.product_id] = sums.get(line.product_id, Decimal(0)) + line.quantity
    return [PurchaseLine(product_id=key, quantity=quantity) for key, quantity in sums.items()]
