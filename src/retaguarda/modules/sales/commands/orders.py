"""The life of an order: confirmed or placed at once, held, resumed, cancelled, invoiced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Rows, name_of
from retaguarda.kernel.errors import Refusal, Shortfall
from retaguarda.kernel.failure import close_failures
from retaguarda.kernel.kinds import Choice, Flag, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.imports import api as imports
from retaguarda.modules.imports.events import BatchUndone
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.party import api as party
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.approving import Approvable, Approving
from retaguarda.modules.sales.commands.credit import demand_credit
from retaguarda.modules.sales.commands.drafting import OrderHead, OrderLine, drafted
from retaguarda.modules.sales.commands.writing import (
    NO_STOCK,
    line_of,
    promise_all,
    reserve,
    revised,
    short_params,
    stepped,
    write_new,
)
from retaguarda.modules.sales.events import (
    OrderCancelled,
    OrderConfirmed,
    OrderHeld,
    OrderInvoiced,
    OrderResumed,
)
from retaguarda.modules.sales.model import ContactLog, SalesOrder

IMPORT_UNDONE = "sales.import_undone"
CONFIRM_SHORT = "sales.confirm_order.no_stock"
PLACE_SHORT = "sales.place_order.no_stock"
CONFIRM_CREDIT = "sales.confirm_order.credit"
PLACE_CREDIT = "sales.place_order.credit"


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmOrder(Approvable):
    """Reserves the stock of a quotation and promises its lines to the customer; finance has it next.

    When stock lacks, every short line is named with the day more is coming, and nothing is reserved; `arriving` takes
    what lacks from what comes by the promised day and is promised to nobody. What goes beyond the customer's credit
    limit needs somebody who may let it pass, and why.
    """

    order_id: Annotated[str, Ref("sales_order")]
    arriving: Annotated[bool, Flag()] = False
    version: Annotated[int, Version()] | None = None


def confirm_order(unit: Unit, command: ConfirmOrder) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "confirm", "sales.confirm_order.not_in_state")
    if row.valid_until < unit.today:
        raise Refusal("sales.confirm_order.expired", number=row.number, valid_until=row.valid_until)
    if row.promised_on < unit.today:
        raise Refusal("sales.confirm_order.day_passed", number=row.number, promised_on=row.promised_on)
    customer = party.may_buy(unit, row.customer_id, "customer_id")
    approving = Approving(unit, command, row.branch_id)
    demand_credit(
        unit,
        approving,
        customer,
        row.total_amount,
        code=CONFIRM_CREDIT,
        order_id=row.id,
        subject=(api.DOCUMENT, row.id),
        number=row.number,
    )
    lines = api.order_lines(unit, row.id)
    if not lines:
        raise Refusal("sales.confirm_order.no_lines", number=row.number)
    short = reserve(unit, row.id, lines, row.promised_on, arriving=command.arriving)
    if short:
        raise Shortfall(
            CONFIRM_SHORT,
            subject=(api.DOCUMENT, row.id),
            cause_key=NO_STOCK,
            number=row.number,
            **short_params(unit, short, lines),
        )
    promise_all(unit, api.promised_by(row), lines)
    approving.write(unit, row.id, {})
    unit.revise(SalesOrder, row, state=state, confirmed_at=unit.now)
    if row.fails:
        close_failures(unit, row.id, CONFIRM_SHORT, CONFIRM_CREDIT)
    unit.emit(OrderConfirmed(row.id, row.customer_id, row.total_amount, row.promised_on))
    return revised(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceOrder(OrderHead):
    """Makes an order and confirms it in one go: what the counter, the site and imports need.

    When stock lacks, every short line is named and nothing is kept, not even the number; `arriving` takes what lacks
    from what comes by the promised day and is promised to nobody.
    """

    customer_id: Annotated[str, Ref("party")]
    lines: Annotated[tuple[OrderLine, ...], Rows(least=1)]
    arriving: Annotated[bool, Flag()] = False
    channel: Annotated[str, Choice(rules.CHANNELS, "sales.channel")] = "counter"
    contact_id: Annotated[str, Ref("contact_log")] | None = None
    branch_id: Annotated[str, Ref("branch")] | None = None


def place_order(unit: Unit, command: PlaceOrder) -> Mapping[str, Any]:
    branch_id = company.branch_of(unit, command.branch_id)
    if command.contact_id is not None:
        unit.get(ContactLog, command.contact_id, field="contact_id")
    draft = drafted(unit, command, branch_id=branch_id, customer_id=command.customer_id, lines=command.lines)
    order_id = unit.new_id()
    draft = draft.keyed(unit.new_id)
    subject = ("party", draft.customer.id)
    demand_credit(
        unit,
        draft.approving,
        draft.customer,
        draft.head["total_amount"],
        code=PLACE_CREDIT,
        order_id=order_id,
        subject=subject,
    )
    lines = [line_of(line["id"], line) for line in draft.lines]
    short = reserve(unit, order_id, lines, draft.head["promised_on"], arriving=command.arriving)
    if short:
        raise Shortfall(
            PLACE_SHORT,
            subject=subject,
            cause_key=f"{NO_STOCK}:{unit.actor.person_id}",
            customer=draft.customer.name,
            **short_params(unit, short, lines),
        )
    promise_all(unit, {**draft.head, "id": order_id, "channel": command.channel}, lines)
    made = write_new(
        unit,
        draft,
        branch_id=branch_id,
        channel=command.channel,
        contact_id=command.contact_id,
        order_id=order_id,
        state=rules.CONFIRMED,
    )
    if draft.customer.fails:
        close_failures(unit, draft.customer.id, PLACE_SHORT, PLACE_CREDIT)
    head = draft.head
    unit.emit(OrderConfirmed(order_id, command.customer_id, head["total_amount"], head["promised_on"]))
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldOrder(Command):
    """Stops work on an order for a reason; its stock stays reserved until it is resumed or cancelled."""

    order_id: Annotated[str, Ref("sales_order")]
    reason: Annotated[str, Text(200)]
    version: Annotated[int, Version()] | None = None


def hold_order(unit: Unit, command: HoldOrder) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "hold", "sales.hold_order.not_in_state")
    unit.revise(SalesOrder, row, state=state, reason=command.reason)
    unit.emit(OrderHeld(row.id, command.reason))
    back = ["sales.resume_order", {"order_id": row.id, "version": row.version + 1}]
    return revised(row, undo=back)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResumeOrder(Command):
    """Lets work on a held order go on."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None


def resume_order(unit: Unit, command: ResumeOrder) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "resume", "sales.resume_order.not_in_state")
    unit.revise(SalesOrder, row, state=state, reason="")
    unit.emit(OrderResumed(row.id))
    return revised(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelOrder(Command):
    """Ends an order that was not billed yet, with the reason; what was reserved for it is free again."""

    order_id: Annotated[str, Ref("sales_order")]
    reason: Annotated[str, Text(200)]
    version: Annotated[int, Version()] | None = None


def cancel_order(unit: Unit, command: CancelOrder) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "cancel", "sales.cancel_order.not_in_state")
    _cancel(unit, row, state, command.reason)
    return revised(row)


def _cancel(unit: Unit, row: Any, state: str, reason: str) -> None:
    inventory.release(unit, (api.DOCUMENT, row.id))
    unit.revise(SalesOrder, row, state=state, reason=reason, ended_at=unit.now)
    if row.fails:
        close_failures(unit, row.id)
    unit.emit(OrderCancelled(row.id, reason))


def undo_import(unit: Unit, event: BatchUndone) -> None:
    """Cancels the orders that an import had placed and that nobody has cancelled; refuses where one was billed."""
    if event.brings != name_of(PlaceOrder):
        return
    rows = [api.load_order(unit, key) for key in sorted(imports.brought_in(unit, event.batch_id))]
    for row in rows:
        if row.state != rules.CANCELLED:
            _cancel(unit, row, api.step_to(row, "cancel", "sales.cancel_order.not_in_state"), IMPORT_UNDONE)


@dataclass(frozen=True, slots=True, kw_only=True)
class InvoiceOrder(Command):
    """Bills an order: one invoice with its instalments. Every stock-kept line must be reserved or gone out; where the
    company bills what was shipped, exactly what has left is billed, and nothing before."""

    order_id: Annotated[str, Ref("sales_order")]
    version: Annotated[int, Version()] | None = None


def invoice_order(unit: Unit, command: InvoiceOrder) -> Mapping[str, Any]:
    row, _ = stepped(unit, command, "invoice", "sales.invoice_order.not_in_state")
    lines = api.order_lines(unit, row.id)
    if row.invoice_policy == rules.BILLED_SHIPPED:
        _demand_shipped(unit, row, lines)
    else:
        _demand_reserved(unit, row, lines)
    unit.revise(SalesOrder, row, invoiced_at=unit.now)
    invoice_id, number = billing.issue(
        unit,
        billing.IssueRequest(
            source=(api.DOCUMENT, row.id),
            source_number=row.number,
            party_id=row.customer_id,
            branch_id=row.branch_id,
            payment_terms=row.payment_terms,
            lines=[
                billing.IssueLine(
                    product_id=line.product_id,
                    quantity=line.quantity,
                    unit_price=line.unit_price,
                    discount_rate=line.discount_rate,
                    source_line_id=line.id,
                )
                for line in lines
            ],
        ),
    )
    unit.emit(OrderInvoiced(row.id, invoice_id))
    return revised(row, invoice_id=invoice_id, invoice_number=number, prints={"invoice_id": invoice_id})


def _demand_shipped(unit: Unit, row: Any, lines: list[Any]) -> None:
    """C7 where the goods go first: what has left and not come back is each stock-kept line, no more and no less."""
    kept = {line.id: line.quantity for line in lines if line.kind == rules.STOCK}
    if kept and inventory.still_out(unit, (api.DOCUMENT, row.id)) != kept:
        raise Refusal("sales.invoice_order.not_shipped", number=row.number)


def _demand_reserved(unit: Unit, row: Any, lines: list[Any]) -> None:
    """C7: every stock-kept line is reserved on hand, or this document has moved it already."""
    document = (api.DOCUMENT, row.id)
    kept: dict[str, Decimal] = {}
    there = inventory.reserved_of(unit, document)
    for reserved in there:
        if reserved.expected_id is None:
            kept[reserved.line_id] = kept.get(reserved.line_id, Decimal(0)) + reserved.quantity
    asked = [line for line in lines if line.kind == rules.STOCK and kept.get(line.id, Decimal(0)) < line.quantity]
    if not asked:
        return
    for line_id, quantity in inventory.moved_of(unit, document).items():
        kept[line_id] = kept.get(line_id, Decimal(0)) + quantity
    lacking = [
        {
            "line_id": line.id,
            "position": line.position,
            "product_id": line.product_id,
            "name": line.name,
            "needed": line.quantity,
            "short": line.quantity - kept.get(line.id, Decimal(0)),
        }
        for line in asked
        if kept.get(line.id, Decimal(0)) < line.quantity
    ]
    if lacking:
        inventory.refuse_awaited(unit, there, {line["line_id"]: line["short"] for line in lacking}, number=row.number)
        raise Shortfall(
            "sales.invoice_order.not_reserved",
            subject=document,
            cause_key="sales.not_reserved",
            number=row.number,
            lines=lacking,
            names=[line["name"] for line in lacking],
        )
