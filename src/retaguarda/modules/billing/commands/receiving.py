"""Payments of customers: received by one or several methods over any number of instalments, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part
from retaguarda.kernel.kinds import Choice, Day, Flag, Money, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api.receiving import reverse_settlement, reversible
from retaguarda.modules.company import api as company

Method = Annotated[str, Choice(rules.METHODS, "billing.method")]
Account = Annotated[str, Ref("money_account")]
Reference = Annotated[str, Text(80)]
Amount = Annotated[Decimal, Money(above=Decimal(0))]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidPart(Part):
    """An instalment and how much money is meant for it; without an amount as much as it takes."""

    receivable_id: Annotated[str, Ref("receivable")]
    amount: Amount | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaidMoney(Part):
    """Some of the money of a payment, by a further method."""

    method: Method = "pix"
    amount: Amount
    money_account_id: Account | None = None
    bank_reference: Reference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivePayment(Command):
    """Takes a customer's payment for instalments, an invoice or all that the customer owes, the oldest first.

    Fine and interest of late instalments and the discount of early ones are added by the company's rates. Without an
    amount the payment is what is due. Cash goes into the open till. More than is due is refused, unless the rest is
    kept as the customer's credit.
    """

    parts: tuple[PaidPart, ...] = ()
    invoice_id: Annotated[str, Ref("invoice")] | None = None
    party_id: Annotated[str, Ref("party")] | None = None
    method: Method = rules.CASH
    amount: Amount | None = None
    money_account_id: Account | None = None
    bank_reference: Reference | None = None
    moneys: tuple[PaidMoney, ...] = ()
    use_credit: Annotated[Decimal, Money(least=Decimal(0))] = Decimal(0)
    keep_credit: Annotated[bool, Flag()] = False
    waive_charges: Annotated[bool, Flag()] = False
    received_on: Annotated[dt.date, Day()] | None = None
    branch_id: Annotated[str, Ref("branch")] | None = None


def receive_payment(unit: Unit, command: ReceivePayment) -> Mapping[str, Any]:
    branch_id = company.branch_of(unit, command.branch_id)
    first = api.PaymentMoney(
        method=command.method,
        amount=command.amount,
        money_account_id=command.money_account_id,
        bank_reference=command.bank_reference,
    )
    more = [
        api.PaymentMoney(
            method=money.method,
            amount=money.amount,
            money_account_id=money.money_account_id,
            bank_reference=money.bank_reference,
        )
        for money in command.moneys
    ]
    made = api.receive_payment(
        unit,
        api.PaymentRequest(
            branch_id=branch_id,
            moneys=[first, *more],
            parts=[api.PaymentPart(receivable_id=part.receivable_id, amount=part.amount) for part in command.parts],
            invoice_id=command.invoice_id,
            party_id=command.party_id,
            use_credit=command.use_credit,
            keep_credit=command.keep_credit,
            waive_charges=command.waive_charges,
            received_on=command.received_on,
        ),
    )
    return {
        "id": made.id,
        "number": made.number,
        "principal": str(made.sums.principal),
        "interest": str(made.sums.interest),
        "fine": str(made.sums.fine),
        "discount": str(made.sums.discount),
        "prints": {"settlement_id": made.id},
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class ReversePayment(Command):
    """Takes a payment back that did not come after all, with the reason: its instalments are owed again, the money
    leaves the account it came into, cash the open till."""

    settlement_id: Annotated[str, Ref("settlement")]
    reason: Annotated[str, Text(200, least=3)]


def reverse_payment(unit: Unit, command: ReversePayment) -> Mapping[str, Any]:
    row = reversible(unit, command.settlement_id, rules.PAYMENT)
    reversal_id, number = reverse_settlement(unit, row, command.reason)
    return {"id": reversal_id, "number": number, "reverses": row.number, "prints": {"settlement_id": reversal_id}}
