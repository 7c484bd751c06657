"""Writing a settlement: its rows in the order of the locks, the money, the books, then the number and the head."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from retaguarda.kernel.series import MAIN_DEVICE, next_number
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api import debts
from retaguarda.modules.billing.model import CustomerCreditEntry, ReceivableEntry, Settlement, SettlementMoney

ZERO = Decimal("0.00")
TABLE = "settlement"


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """Money that came (above zero) or went back: where to, how, through which open till."""

    account: accounting.MoneyAccountFacts
    method: str
    amount: Decimal
    bank_reference: str | None = None
    till_session_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Settling:
    """One settlement to be written. `entry_days` are the days that count for interest where they are not its own day;
    `bookings` what the books say of it."""

    id: str
    kind: str
    branch_id: str
    party_id: str
    occurred_on: dt.date
    shared: Sequence[rules.Shared] = ()
    moneys: Sequence[Money] = ()
    credit: Decimal = ZERO
    value: Decimal = ZERO
    invoice_id: str | None = None
    reverses_id: str | None = None
    reason: str = ""
    movement: str = "received"
    entry_days: dict[str, dt.date] = field(default_factory=dict)
    bookings: Sequence[accounting.Booking] = ()


def settle(unit: Unit, asked: Settling) -> int:
    """Writes the settlement and gives its number. Balances move in order: receivables, credit, till, money account."""
    _entries(unit, asked)
    if asked.credit:
        parts = _credit_parts(unit, asked.party_id, asked.credit)
        rows = [{"party_id": key, "settlement_id": asked.id, "amount": amount} for key, amount in parts.items()]
        unit.append(CustomerCreditEntry, rows)
    _moneys(unit, asked)
    accounting.book(unit, *asked.bookings)
    number = next_number(unit, Settlement, asked.branch_id, by=asked.kind)
    sums = sums_of(asked.shared)
    head = {
        "id": asked.id,
        "kind": asked.kind,
        "branch_id": asked.branch_id,
        "device": MAIN_DEVICE,
        "number": number,
        "party_id": asked.party_id,
        "occurred_on": asked.occurred_on,
        "money_amount": sum((money.amount for money in asked.moneys), ZERO),
        "value_amount": asked.value,
        "principal_amount": sums.principal,
        "interest_amount": sums.interest,
        "fine_amount": sums.fine,
        "discount_amount": sums.discount,
        "credit_amount": asked.credit,
        "invoice_id": asked.invoice_id,
        "reverses_id": asked.reverses_id,
        "person_id": unit.actor.person_id,
        "reason": asked.reason,
    }
    unit.append(Settlement, [head])
    return number


def _credit_parts(unit: Unit, party_id: str, amount: Decimal) -> dict[str, Decimal]:
    """Whose credit changes: what is gained is the party's own, what is used is first its own and then of those who were
    merged into it. What nobody has is asked of the party, whose balance refuses it."""
    if amount > 0:
        return {party_id: amount}
    found: dict[str, Decimal] = {}
    for row in unit.all(debts.CREDITS, party_id=party_id):
        part = max(amount, -row.amount)
        if part:
            found[row.party_id] = part
            amount -= part
    if amount:
        found[party_id] = found.get(party_id, ZERO) + amount
    return found


def sums_of(shared: Sequence[rules.Shared], credit: Decimal = ZERO) -> rules.Sums:
    """What the parts of a settlement come to."""
    return rules.Sums(
        principal=sum((part.principal for part in shared), ZERO),
        interest=sum((part.interest for part in shared), ZERO),
        fine=sum((part.fine for part in shared), ZERO),
        discount=sum((part.discount for part in shared), ZERO),
        credit=credit,
    )


def _entries(unit: Unit, asked: Settling) -> None:
    unit.append(
        ReceivableEntry,
        [
            {
                "receivable_id": part.receivable_id,
                "settlement_id": asked.id,
                "occurred_on": asked.entry_days.get(part.receivable_id, asked.occurred_on),
                "principal_amount": part.principal,
                "interest_amount": part.interest,
                "fine_amount": part.fine,
                "discount_amount": part.discount,
            }
            for part in asked.shared
        ],
    )


def _moneys(unit: Unit, asked: Settling) -> None:
    unit.append(
        SettlementMoney,
        [
            {
                "settlement_id": asked.id,
                "position": place,
                "method": money.method,
                "money_account_id": money.account.id,
                "amount": money.amount,
                "bank_reference": money.bank_reference,
                "till_session_id": money.till_session_id,
            }
            for place, money in enumerate(asked.moneys, 1)
        ],
    )
    movements = [
        accounting.Movement(
            money_account_id=money.account.id,
            amount=money.amount,
            kind=asked.movement,
            source=(TABLE, asked.id),
            bank_reference=money.bank_reference,
            occurred_on=asked.occurred_on,
        )
        for money in asked.moneys
    ]
    if movements:
        accounting.move_money(unit, *movements)
