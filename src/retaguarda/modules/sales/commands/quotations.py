"""Quotations: made by hand or from a contact, revised, declined; an order begins its life as one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Rows
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Choice, Ref, Text, Version
from retaguarda.kernel.unit import Unit
from retaguarda.modules.company import api as company
from retaguarda.modules.sales import api, rules
from retaguarda.modules.sales.commands.drafting import OrderHead, OrderLine, drafted, folded, granted_by
from retaguarda.modules.sales.commands.writing import plan_lines, revised, stepped, write_new
from retaguarda.modules.sales.events import QuotationDeclined
from retaguarda.modules.sales.model import ContactLog, SalesOrder


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateQuotation(OrderHead):
    """Offers products and services to a customer, with prices, discounts and the day of delivery.

    Nothing is reserved yet. Without a price a line has the list's; without a day, two working days are offered.
    """

    customer_id: Annotated[str, Ref("party")]
    lines: Annotated[tuple[OrderLine, ...], Rows(least=1)]
    channel: Annotated[str, Choice(rules.CHANNELS, "sales.channel")] = "counter"
    contact_id: Annotated[str, Ref("contact_log")] | None = None
    branch_id: Annotated[str, Ref("branch")] | None = None


def create_quotation(unit: Unit, command: CreateQuotation) -> Mapping[str, Any]:
    branch_id = company.branch_of(unit, command.branch_id)
    if command.contact_id is not None:
        unit.get(ContactLog, command.contact_id, field="contact_id")
    draft = drafted(unit, command, branch_id=branch_id, customer_id=command.customer_id, lines=command.lines)
    return write_new(unit, draft, branch_id=branch_id, channel=command.channel, contact_id=command.contact_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateOrder(OrderHead):
    """Turns a contact into an order in one action: channel and customer come from the contact, lines may follow.

    A contact that was noted by name alone needs the customer here.
    """

    contact_id: Annotated[str, Ref("contact_log")]
    customer_id: Annotated[str, Ref("party")] | None = None
    lines: tuple[OrderLine, ...] = ()


def create_order(unit: Unit, command: CreateOrder) -> Mapping[str, Any]:
    contact = unit.get(ContactLog, command.contact_id, field="contact_id")
    customer_id = command.customer_id or contact.customer_id
    if customer_id is None:
        raise Invalid(Fault("customer_id", "sales.contact_without_customer", {"name": contact.name}))
    branch_id = company.branch_of(unit, contact.branch_id)
    draft = drafted(unit, command, branch_id=branch_id, customer_id=customer_id, lines=command.lines)
    return write_new(unit, draft, branch_id=branch_id, channel=contact.channel, contact_id=contact.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseQuotation(OrderHead):
    """Changes a quotation that was not confirmed yet: customer, lines, prices, day, notes.

    Lines that are not sent any more are taken out. Lines without a price get today's list price. Without a warehouse
    the goods come from where they came before.
    """

    order_id: Annotated[str, Ref("sales_order")]
    customer_id: Annotated[str, Ref("party")]
    lines: Annotated[tuple[OrderLine, ...], Rows(least=1)]
    channel: Annotated[str, Choice(rules.CHANNELS, "sales.channel")] = "counter"
    version: Annotated[int, Version()] | None = None


def revise_quotation(unit: Unit, command: ReviseQuotation) -> Mapping[str, Any]:
    row, _ = stepped(unit, command, "revise", "sales.revise_quotation.not_in_state")
    stored = api.order_lines(unit, row.id)
    draft = drafted(
        unit,
        command,
        branch_id=row.branch_id,
        customer_id=command.customer_id,
        lines=command.lines,
        granted=granted_by(stored),
        warehouse_id=row.warehouse_id,
    )
    plan = plan_lines(unit, row.id, stored, command.lines, draft.lines)
    plan.write(unit)
    draft.approving.write(unit, row.id, plan.line_ids)
    unit.revise(SalesOrder, row, **draft.head, channel=command.channel, folded=folded(row.number, draft.customer.name))
    return revised(row)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeclineQuotation(Command):
    """Ends a quotation that the customer does not want, with the reason."""

    order_id: Annotated[str, Ref("sales_order")]
    reason: Annotated[str, Text(200)]
    version: Annotated[int, Version()] | None = None


def decline_quotation(unit: Unit, command: DeclineQuotation) -> Mapping[str, Any]:
    row, state = stepped(unit, command, "decline", "sales.decline_quotation.not_in_state")
    unit.revise(SalesOrder, row, state=state, reason=command.reason, ended_at=unit.now)
    unit.emit(QuotationDeclined(row.id, command.reason))
    return revised(row)
