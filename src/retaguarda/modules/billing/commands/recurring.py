"""Recurring invoices: contracts that are billed month by month, each period once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Day, Price, Quantity, Rate, Ref, Text, Version, Whole
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.terms import months_later
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api
from retaguarda.modules.billing.model import RecurringInvoice, RecurringLine, RecurringPeriod
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

SOURCE = "recurring_period"
_L = api.recurring_line.c
LINES = Statement(
    select(api.recurring_line)
    .where(_L.recurring_id == bindparam("recurring_id", type_=_L.recurring_id.type), _L.active)
    .order_by(_L.position, _L.id)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringPart(Part):
    """A service that is billed each period."""

    product_id: Annotated[str, Ref("product")]
    quantity: Annotated[Decimal, Quantity()] = Decimal(1)
    unit_price: Annotated[Decimal, Price()]
    discount_rate: Annotated[Decimal, Rate()] = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecurringRecord(Command):
    """What a contract says; adding and revising send all of it."""

    name: Annotated[str, Text(120, least=1)]
    lines: Annotated[tuple[RecurringPart, ...], Rows(least=1)]
    payment_terms: Annotated[str, Text(80)] = ""
    every_months: Annotated[int, Whole(1, 12)] = 1
    ends_on: Annotated[dt.date, Day()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRecurring(RecurringRecord):
    """Adds a contract that is billed every so many months from its first day on; only services are billed so."""

    party_id: Annotated[str, Ref("party")]
    starts_on: Annotated[dt.date, Day()]


def add_recurring(unit: Unit, command: AddRecurring) -> Mapping[str, Any]:
    customer = party.may_buy(unit, command.party_id)
    _check(unit, command, command.starts_on)
    recurring_id = unit.add(
        RecurringInvoice,
        branch_id=unit.actor.branch_id,
        party_id=customer.id,
        name=command.name,
        payment_terms=command.payment_terms,
        every_months=command.every_months,
        starts_on=command.starts_on,
        ends_on=command.ends_on,
        next_on=command.starts_on,
        ended=False,
        folded=fold(f"{command.name} {customer.name}"),
    )
    unit.add_all(RecurringLine, _rows(recurring_id, command.lines))
    return {"id": recurring_id, "version": 1, "name": command.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseRecurring(RecurringRecord):
    """Changes a contract from its next period on; what was billed stays."""

    recurring_id: Annotated[str, Ref("recurring_invoice")]
    version: Annotated[int, Version()] | None = None


def revise_recurring(unit: Unit, command: ReviseRecurring) -> Mapping[str, Any]:
    row = _contract(unit, command.recurring_id, command.version)
    _check(unit, command, row.starts_on)
    customer = party.party_of(unit, row.party_id)
    old = unit.all(LINES, recurring_id=row.id)
    unit.revise_all(RecurringLine, [(line, {"active": False}) for line in old])
    unit.add_all(RecurringLine, _rows(row.id, command.lines))
    unit.revise(
        RecurringInvoice,
        row,
        name=command.name,
        payment_terms=command.payment_terms,
        every_months=command.every_months,
        ends_on=command.ends_on,
        folded=fold(f"{command.name} {customer.name}"),
    )
    return {"id": row.id, "version": row.version + 1, "name": command.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class EndRecurring(Command):
    """Ends a contract: no further period is billed."""

    recurring_id: Annotated[str, Ref("recurring_invoice")]
    version: Annotated[int, Version()] | None = None


def end_recurring(unit: Unit, command: EndRecurring) -> Mapping[str, Any]:
    row = _contract(unit, command.recurring_id, command.version)
    unit.revise(RecurringInvoice, row, ended=True)
    return {"id": row.id, "version": row.version + 1, "name": row.name}


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRecurring(Command):
    """Bills the period of a contract that is due; a period that was billed already is refused, so it is billed once."""

    recurring_id: Annotated[str, Ref("recurring_invoice")]
    period_on: Annotated[dt.date, Day()] | None = None


def issue_recurring(unit: Unit, command: IssueRecurring) -> Mapping[str, Any]:
    row = _contract(unit, command.recurring_id, None)
    period_on = command.period_on or row.next_on
    if period_on < row.next_on:
        raise Refusal("billing.period_billed", field="period_on", period=period_on)
    if period_on > row.next_on or period_on > unit.today:
        raise Refusal("billing.period_to_come", field="period_on", period=row.next_on)
    if row.ends_on is not None and period_on > row.ends_on:
        raise Refusal("billing.recurring_ended", field="recurring_id", name=row.name)
    customer = party.may_buy(unit, row.party_id, "recurring_id")
    lines = unit.all(LINES, recurring_id=row.id)
    unit.revise(RecurringInvoice, row, next_on=_next(row, period_on))
    period_id = unit.append(RecurringPeriod, [{"recurring_id": row.id, "period_on": period_on}])[0]
    invoice_id, number = api.issue(
        unit,
        api.IssueRequest(
            source=(SOURCE, period_id),
            party_id=customer.id,
            branch_id=row.branch_id,
            payment_terms=row.payment_terms,
            lines=[
                api.IssueLine(
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
    return {"id": row.id, "invoice_id": invoice_id, "number": number, "prints": {"invoice_id": invoice_id}}


def _next(row: Any, period_on: dt.date) -> dt.date:
    """The first day of the period after this one: the day of the month on which the contract began, or its last."""
    months = (period_on.year - row.starts_on.year) * 12 + period_on.month - row.starts_on.month + row.every_months
    return months_later(row.starts_on, months)


def _contract(unit: Unit, recurring_id: str, version: int | None) -> Any:
    row = unit.get(RecurringInvoice, recurring_id, field="recurring_id")
    company.reachable_branch(unit, row.branch_id, "recurring_id")
    unit.fresh(row, version, "recurring_invoice")
    if row.ended:
        raise Refusal("billing.recurring_ended", field="recurring_id", name=row.name)
    return row


def _check(unit: Unit, command: RecurringRecord, starts_on: dt.date) -> None:
    api.check_terms(command.payment_terms)
    if command.ends_on is not None and command.ends_on < starts_on:
        raise Invalid(Fault("ends_on", "billing.ends_before_it_starts"))
    products = catalog.products(unit, [line.product_id for line in command.lines])
    faults = []
    for place, line in enumerate(command.lines, 1):
        product = products.get(line.product_id)
        if product is None:
            raise Missing("product", line.product_id, field=f"lines.{place}.product_id")
        if product.kept:
            faults.append(Fault(f"lines.{place}.product_id", "billing.only_services", {"name": product.name}))
    if faults:
        raise Invalid(*faults)


def _rows(recurring_id: str, lines: Sequence[RecurringPart]) -> list[dict[str, Any]]:
    return [
        {
            "recurring_id": recurring_id,
            "position": place,
            "product_id": line.product_id,
            "quantity": line.quantity,
            "unit_price": line.unit_price,
            "discount_rate": line.discount_rate,
            "active": True,
        }
        for place, line in enumerate(lines, 1)
    ]
