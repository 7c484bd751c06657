"""Receiving payments: charges by rule, money over several instalments, what is left kept as credit; taking it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api import debts
from retaguarda.modules.billing.api.settling import TABLE, ZERO, Money, Settling, settle, sums_of
from retaguarda.modules.billing.api.tables import receivable_entry, settlement, settlement_money
from retaguarda.modules.billing.api.tills import PaymentMoney, moneys_of
from retaguarda.modules.billing.events import PaymentReceived, PaymentReversed

WAIVE = "billing.waive_charges"
_ID = bindparam("settlement_id", type_=settlement.c.id.type)
ENTRIES_OF = Statement(select(receivable_entry).where(receivable_entry.c.settlement_id == _ID))
MONEYS_OF = Statement(
    select(settlement_money).where(settlement_money.c.settlement_id == _ID).order_by(settlement_money.c.position)
)
REVERSAL_OF = Statement(select(settlement.c.id, settlement.c.number).where(settlement.c.reverses_id == _ID))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentPart:
    """An instalment to be paid, and at most how much money is meant for it (None: as much as it takes)."""

    receivable_id: str
    amount: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentRequest:
    """A payment: the money, and what it is for. Without `parts` it pays the open instalments of the `invoice_id`, or
    else of the party, the one due first first.

    `keep_credit`: what is left over is kept as the customer's credit instead of being refused. `use_credit`: so much of
    the customer's credit pays along. `waive_charges`: no fine and no interest (needs `billing.waive_charges`).
    """

    branch_id: str
    moneys: Sequence[PaymentMoney]
    parts: Sequence[PaymentPart] = ()
    invoice_id: str | None = None
    party_id: str | None = None
    use_credit: Decimal = ZERO
    keep_credit: bool = False
    waive_charges: bool = False
    received_on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class PaymentMade:
    """A payment that was taken: its key, its number, whose it is and what it settled."""

    id: str
    number: int
    party_id: str
    sums: rules.Sums


def receive_payment(unit: Unit, request: PaymentRequest) -> PaymentMade:
    """Takes the payment; refuses more than is due (`billing.overpaid`) unless the rest is to be kept as credit."""
    on = _day_of(unit, request.received_on)
    if request.waive_charges:
        unit.demand(WAIVE)
    wanted, facts = _wanted(unit, request, on)
    party_id = _party_of(request, facts)
    asked = _filled(request, wanted)
    money = sum((m.amount or ZERO for m in asked), ZERO)
    if money + request.use_credit <= 0:
        raise Invalid(Fault("amount", "billing.no_money"))
    shared, rest = rules.share_money(money + request.use_credit, wanted)
    _judge_rest(request, wanted, rest)
    moneys = moneys_of(unit, request.branch_id, asked)
    settlement_id = unit.new_id()
    credit = rest - request.use_credit
    sums = sums_of(shared, rest)
    number = settle(
        unit,
        Settling(
            id=settlement_id,
            kind=rules.PAYMENT,
            branch_id=request.branch_id,
            party_id=party_id,
            occurred_on=on,
            shared=shared,
            moneys=moneys,
            credit=credit,
            bookings=_bookings(request, settlement_id, party_id, on, moneys, sums),
        ),
    )
    unit.emit(PaymentReceived(settlement_id, number, party_id, request.branch_id, sums.principal, money))
    return PaymentMade(settlement_id, number, party_id, sums)


def _day_of(unit: Unit, day: dt.date | None) -> dt.date:
    if day is not None and day > unit.today:
        raise Invalid(Fault("received_on", "billing.day_to_come", {"day": day}))
    return day or unit.today


def _wanted(unit: Unit, request: PaymentRequest, on: dt.date) -> tuple[list[rules.Wanted], list[debts.ReceivableFacts]]:
    parts = list(request.parts)
    fresh = debts.issued_now(unit, request.invoice_id) if not parts and request.invoice_id is not None else None
    if fresh is not None:
        parts = [PaymentPart(receivable_id=fact.id) for fact in fresh]
    elif not parts and request.invoice_id is not None:
        parts = [PaymentPart(receivable_id=key) for key in debts.open_of_invoice(unit, request.invoice_id)]
    elif not parts and request.party_id is not None:
        parts = [PaymentPart(receivable_id=key) for key in debts.open_of_party(unit, request.party_id)]
    keys = [part.receivable_id for part in parts]
    if len(set(keys)) < len(keys):
        raise Invalid(Fault("parts", "billing.instalment_twice"))
    facts = fresh if fresh is not None else debts.lock_receivables(unit, keys, "parts")
    late = debts.late_rules(unit)
    wanted = []
    for place, (part, fact) in enumerate(zip(parts, facts, strict=True), 1):
        if fact.owing.open_amount <= 0:
            raise Refusal("billing.nothing_open", field=f"parts.{place}.receivable_id")
        charges = rules.charges_of(fact.owing, on, late)
        if request.waive_charges:
            charges = rules.Charges(discount=charges.discount)
        wanted.append(rules.Wanted(part.receivable_id, fact.owing.open_amount, charges, part.amount))
    return wanted, facts


def _party_of(request: PaymentRequest, facts: Sequence[debts.ReceivableFacts]) -> str:
    parties = {fact.party_id for fact in facts} | ({request.party_id} if request.party_id else set())
    if len(parties) > 1:
        raise Refusal("billing.several_customers", field="parts")
    if not parties:
        raise Invalid(Fault("parts", "billing.nothing_to_pay"))
    return str(parties.pop())


def _filled(request: PaymentRequest, wanted: Sequence[rules.Wanted]) -> list[PaymentMoney]:
    """The moneys, the one without an amount with what is left to be paid; those of nothing are left out."""
    due = sum((want.whole if want.most is None else min(want.whole, want.most) for want in wanted), ZERO)
    left = due - request.use_credit - sum((money.amount or ZERO for money in request.moneys), ZERO)
    filled = []
    for money in request.moneys:
        amount, left = (max(left, ZERO), ZERO) if money.amount is None else (money.amount, left)
        if amount:
            filled.append(replace(money, amount=amount))
    return filled


def _judge_rest(request: PaymentRequest, wanted: Sequence[rules.Wanted], rest: Decimal) -> None:
    if rest <= 0:
        return
    if request.use_credit:
        raise Refusal("billing.credit_not_needed", rest=rest)
    if not request.keep_credit:
        due = sum((want.whole for want in wanted), ZERO)
        raise Refusal("billing.overpaid", rest=rest, due=due)


def _bookings(
    request: PaymentRequest,
    settlement_id: str,
    party_id: str,
    on: dt.date,
    moneys: Sequence[Money],
    sums: rules.Sums,
) -> list[accounting.Booking]:
    used = [request.use_credit] if request.use_credit else []
    parts = rules.booked_by_money(sums, [*used, *(money.amount for money in moneys)])
    accounts: list[dict[str, str]] = [{}] * len(used) + [{"money": money.account.account_id} for money in moneys]
    return [
        accounting.Booking(
            rule="billing.received",
            source=(TABLE, settlement_id),
            branch_id=request.branch_id,
            party_id=party_id,
            occurred_on=on,
            accounts=given,
            amounts={
                "money" if given else "credit": part.money,
                "principal": part.principal,
                "interest": part.interest,
                "fine": part.fine,
                "discount": part.discount,
                "advance": part.credit,
            },
        )
        for given, part in zip(accounts, parts, strict=True)
    ]


def reversible(unit: Unit, settlement_id: str, kind: str) -> Any:
    """The settlement of that kind, if it may still be reversed; refuses any other."""
    row = unit.one(debts.SETTLEMENT_OF, id=settlement_id)
    if row is None or not (unit.actor.all_branches or row.branch_id in unit.actor.branch_ids):
        raise Missing("settlement", settlement_id, field="settlement_id")
    if row.kind != kind:
        raise Refusal("billing.not_of_kind", field="settlement_id", number=row.number)
    if unit.one(REVERSAL_OF, settlement_id=settlement_id) is not None:
        raise Refusal("billing.already_reversed", field="settlement_id", number=row.number)
    return row


def reverse_settlement(unit: Unit, row: Any, reason: str) -> tuple[str, int]:
    """Takes a payment or a write-off back: its money leaves the accounts it came into, cash the till that is open now.

    The instalments stand as if it had never been: interest counts on from where it stood.
    """
    entries = unit.all(ENTRIES_OF, settlement_id=row.id)
    debts.lock_receivables(unit, [entry.receivable_id for entry in entries], "parts")
    asked = [
        PaymentMoney(
            method=money.method,
            amount=money.amount,
            money_account_id=None if money.till_session_id and money.method == rules.CASH else money.money_account_id,
        )
        for money in unit.all(MONEYS_OF, settlement_id=row.id)
    ]
    moneys = moneys_of(unit, row.branch_id, asked, sign=-1)
    reversal_id = unit.new_id()
    number = settle(
        unit,
        Settling(
            id=reversal_id,
            kind=rules.REVERSAL,
            branch_id=row.branch_id,
            party_id=row.party_id,
            occurred_on=unit.today,
            shared=[
                rules.Shared(
                    entry.receivable_id,
                    -entry.principal_amount,
                    -entry.interest_amount,
                    -entry.fine_amount,
                    -entry.discount_amount,
                )
                for entry in entries
            ],
            entry_days={entry.receivable_id: entry.occurred_on for entry in entries},
            moneys=moneys,
            credit=-row.credit_amount,
            value=-row.value_amount,
            reverses_id=row.id,
            reason=reason,
            movement="reversed",
            bookings=_reversed_bookings(row, reversal_id, moneys),
        ),
    )
    unit.emit(PaymentReversed(reversal_id, row.id, row.party_id, row.branch_id, row.kind))
    return reversal_id, number


def _reversed_bookings(row: Any, reversal_id: str, moneys: Sequence[Money]) -> list[accounting.Booking]:
    """The same amounts with the other sign: cash may leave another till than it came into."""
    common = {"source": (TABLE, reversal_id), "branch_id": row.branch_id, "party_id": row.party_id}
    if row.kind == rules.WRITE_OFF:
        amounts = {"principal": -row.principal_amount}
        return [accounting.Booking(rule="billing.written_off", amounts=amounts, **common)]
    kept = max(row.credit_amount, ZERO)
    used = kept - row.credit_amount
    sums = rules.Sums(row.principal_amount, row.interest_amount, row.fine_amount, row.discount_amount, kept)
    given = [*([None] if used else []), *moneys]
    parts = rules.booked_by_money(sums, [used if money is None else -money.amount for money in given])
    return [
        accounting.Booking(
            rule="billing.received",
            accounts={} if money is None else {"money": money.account.account_id},
            amounts={
                "credit" if money is None else "money": -part.money,
                "principal": -part.principal,
                "interest": -part.interest,
                "fine": -part.fine,
                "discount": -part.discount,
                "advance": -part.credit,
            },
            **common,
        )
        for money, part in zip(given, parts, strict=True)
    ]
