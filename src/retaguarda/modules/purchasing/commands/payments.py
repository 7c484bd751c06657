"""Paying what is owed: in part, several at once, with a supplier's credits, a discount or interest; and taking back."""

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
from retaguarda.kernel.kinds import Day, Money, Ref, Text
from retaguarda.kernel.model import Key
from retaguarda.kernel.series import next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.events import SupplierPaid
from retaguarda.modules.purchasing.model import SupplierPayment

PAYMENT = "supplier_payment"
ZERO = rules.ZERO
_N = api.payable_entry.c
ENTRIES_OF = Statement(
    select(_N.payable_id, _N.kind, _N.amount).where(_N.document_id == bindparam("document_id", type_=Key()))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart(Part):
    """How much of one payable is settled (all of it unless said otherwise), or of a supplier's credit used up."""

    payable_id: Annotated[str, Ref("payable")]
    amount: Annotated[Decimal, Money(above=ZERO)] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PayPayables(Command):
    """Pays what is owed to one supplier from a money account: one payable or several, whole or in part, with its
    credits taken off, less a discount, plus interest. Nothing is paid beyond what is due."""

    parts: Annotated[tuple[PaidPart, ...], Rows(least=1)]
    money_account_id: Annotated[str, Ref("money_account")]
    supplier_id: Annotated[str, Ref("party")] | None = None
    discount_amount: Annotated[Decimal, Money(least=ZERO)] = ZERO
    interest_amount: Annotated[Decimal, Money(least=ZERO)] = ZERO
    paid_on: Annotated[dt.date, Day()] | None = None
    bank_reference: Annotated[str, Text(60)] = ""
    note: Annotated[str, Text(200)] = ""


def pay_payables(unit: Unit, command: PayPayables) -> Mapping[str, Any]:
    paid_on = command.paid_on or unit.today
    if paid_on > unit.today:
        raise Invalid(Fault("paid_on", "purchasing.day_to_come", {"day": paid_on, "today": unit.today}))
    account = accounting.open_money_account(unit, command.money_account_id)
    company.reachable_branch(unit, account.branch_id, field="money_account_id")
    amounts, rows = _amounts(unit, command.parts, command.supplier_id)
    principal = sum((amount for _, amount in amounts), ZERO)
    money = principal + command.interest_amount - command.discount_amount
    if principal < 0 or money < 0:
        raise Invalid(Fault("parts", "purchasing.credits_exceed", {"principal": principal, "money": money}))
    supplier = party.party_of(unit, rows[0].supplier_id)
    payment_id, branch_id = unit.new_id(), rows[0].branch_id
    document = (PAYMENT, payment_id)
    api.move_payables(unit, api.PAID, [(key, -amount) for key, amount in amounts], document)
    accounting.move_money(
        unit,
        accounting.Movement(
            money_account_id=account.id,
            amount=-money,
            kind="paid",
            source=document,
            occurred_on=paid_on,
            bank_reference=command.bank_reference or None,
        ),
    )
    accounting.book(
        unit,
        accounting.Booking(
            rule="purchasing.paid",
            source=document,
            branch_id=branch_id,
            party_id=supplier.id,
            occurred_on=paid_on,
            accounts={"money": account.account_id},
            amounts={
                "principal": principal,
                "interest": command.interest_amount,
                "discount": command.discount_amount,
                "money": money,
            },
        ),
    )
    number = next_number(unit, SupplierPayment, branch_id)
    head = {
        "id": payment_id,
        "number": number,
        "branch_id": branch_id,
        "supplier_id": supplier.id,
        "money_account_id": account.id,
        "paid_on": paid_on,
        "principal_amount": principal,
        "money_amount": money,
        "folded": fold(f"{number} {supplier.name} {command.bank_reference}")[:400],
    }
    unit.append(SupplierPayment, [{**head, **_as_said(unit, command)}])
    unit.emit(SupplierPaid(payment_id, number, supplier.id, branch_id, money))
    return {"id": payment_id, "number": number, "money": str(money)}


def _as_said(unit: Unit, command: PayPayables) -> dict[str, Any]:
    """What the payment's head keeps of the command."""
    return {
        "discount_amount": command.discount_amount,
        "interest_amount": command.interest_amount,
        "bank_reference": command.bank_reference or None,
        "note": command.note,
        "person_id": unit.actor.person_id,
    }


def _amounts(
    unit: Unit, parts: Sequence[PaidPart], supplier_id: str | None
) -> tuple[list[tuple[str, Decimal]], list[Any]]:
    """What is taken off each payable (a credit's is below zero), checked against what is open now."""
    rows = api.payables(unit, [part.payable_id for part in parts])
    actor, amounts, faults = unit.actor, [], []
    for number, part in enumerate(parts, 1):
        row = rows.get(part.payable_id)
        if row is None or not (actor.all_branches or row.branch_id in actor.branch_ids):
            raise Missing("payable", part.payable_id, field=f"parts.{number}.payable_id")
        if any(part.payable_id == other.payable_id for other in parts[: number - 1]):
            faults.append(Fault(f"parts.{number}.payable_id", "purchasing.payable_twice"))
        asked = part.amount if part.amount is not None else abs(row.open_amount)
        if row.open_amount == 0:
            faults.append(Fault(f"parts.{number}.payable_id", "purchasing.payable_settled", {"number": row.number}))
        elif asked > abs(row.open_amount):
            said = {"number": row.number, "open": abs(row.open_amount), "asked": asked}
            faults.append(Fault(f"parts.{number}.amount", "purchasing.more_than_due", said))
        amounts.append((row.id, asked if row.amount > 0 else -asked))
    found = [rows[part.payable_id] for part in parts]
    suppliers = {row.supplier_id for row in found} | ({supplier_id} if supplier_id is not None else set())
    if len(suppliers) > 1:
        faults.append(Fault("parts", "purchasing.several_suppliers"))
    if len({row.branch_id for row in found}) > 1:
        faults.append(Fault("parts", "purchasing.several_branches"))
    if faults:
        raise Invalid(*faults)
    return amounts, found


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversePayment(Command):
    """Takes a payment back, with the reason: the money returns to its account, and what it settled is owed again."""

    payment_id: Annotated[str, Ref("supplier_payment")]
    reason: Annotated[str, Text(200, least=3)]


def reverse_payment(unit: Unit, command: ReversePayment) -> Mapping[str, Any]:
    row = unit.get(SupplierPayment, command.payment_id, field="payment_id")
    if not unit.actor.all_branches and row.branch_id not in unit.actor.branch_ids:
        raise Missing(PAYMENT, command.payment_id, field="payment_id")
    entries = unit.all(ENTRIES_OF, document_id=row.id)
    if any(entry.kind == api.REVERSED for entry in entries):
        raise Refusal("purchasing.payment_reversed", number=row.number)
    document = (PAYMENT, row.id)
    api.payables(unit, [entry.payable_id for entry in entries])
    api.move_payables(unit, api.REVERSED, [(entry.payable_id, -entry.amount) for entry in entries], document)
    accounting.move_back(unit, document, command.reason)
    accounting.reverse(unit, document, command.reason)
    return {"id": row.id, "number": row.number}
