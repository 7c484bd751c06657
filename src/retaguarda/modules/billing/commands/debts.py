"""What becomes of debts and credits: renegotiated, written off, paid after all, paid back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.kinds import Flag, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api import debts
from retaguarda.modules.billing.api.crediting import refund_booking
from retaguarda.modules.billing.api.receiving import WAIVE, reverse_settlement, reversible
from retaguarda.modules.billing.api.settling import TABLE, ZERO, Settling, settle, sums_of
from retaguarda.modules.billing.api.tills import money_back
from retaguarda.modules.billing.commands.receiving import Account, Amount, Method, Reference
from retaguarda.modules.billing.model import Instalment
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party


@dataclass(frozen=True, slots=True, kw_only=True)
class OldPart(Part):
    """An instalment that is renegotiated."""

    receivable_id: Annotated[str, Ref("receivable")]


@dataclass(frozen=True, slots=True, kw_only=True)
class RenegotiateDebt(Command):
    """Closes open instalments of a customer and opens new ones over the same amount with what is charged for being
    late; without instalments named, all that the customer owes."""

    party_id: Annotated[str, Ref("party")]
    payment_terms: Annotated[str, Text(80)]
    parts: Annotated[tuple[OldPart, ...], Rows()] = ()
    waive_charges: Annotated[bool, Flag()] = False
    reason: Annotated[str, Text(200)] = ""


def renegotiate_debt(unit: Unit, command: RenegotiateDebt) -> Mapping[str, Any]:
    terms = api.check_terms(command.payment_terms)
    if command.waive_charges:
        unit.demand(WAIVE)
    ids = [part.receivable_id for part in command.parts] or debts.open_of_party(unit, command.party_id)
    facts = _to_settle(unit, ids, command.party_id)
    late = debts.late_rules(unit)
    shared = [_whole(fact, unit, late, waive=command.waive_charges) for fact in facts]
    sums = sums_of(shared)
    settlement_id, branch_id = unit.new_id(), facts[0].branch_id
    new = api.instalments_of(unit, command.party_id, branch_id, sums.money, terms, settlement_id=settlement_id)
    unit.append(Instalment, new)
    number = settle(
        unit,
        Settling(
            id=settlement_id,
            kind=rules.RENEGOTIATION,
            branch_id=branch_id,
            party_id=command.party_id,
            occurred_on=unit.today,
            shared=shared,
            value=sums.money,
            reason=command.reason,
            bookings=[
                accounting.Booking(
                    rule="billing.renegotiated",
                    source=(TABLE, settlement_id),
                    branch_id=branch_id,
                    party_id=command.party_id,
                    amounts={"interest": sums.interest + sums.fine},
                )
            ],
        ),
    )
    return {"id": settlement_id, "number": number, "amount": str(sums.money), "instalments": len(new)}


def _to_settle(unit: Unit, ids: list[str], party_id: str) -> list[debts.ReceivableFacts]:
    if len(set(ids)) < len(ids):
        raise Invalid(Fault("parts", "billing.instalment_twice"))
    facts = debts.lock_receivables(unit, ids, "parts")
    if not facts:
        raise Refusal("billing.nothing_to_pay", field="party_id")
    for place, fact in enumerate(facts, 1):
        if fact.party_id != party_id:
            raise Refusal("billing.several_customers", field="parts")
        if fact.owing.open_amount <= 0:
            raise Refusal("billing.nothing_open", field=f"parts.{place}.receivable_id")
    return facts


def _whole(fact: debts.ReceivableFacts, unit: Unit, late: rules.Late, *, waive: bool) -> rules.Shared:
    charges = rules.Charges() if waive else rules.charges_of(fact.owing, unit.today, late)
    return rules.Shared(fact.id, fact.owing.open_amount, charges.interest, charges.fine)


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOffDebt(Command):
    """Gives an instalment up as a bad debt, with the reason; it stays in the customer's history."""

    receivable_id: Annotated[str, Ref("receivable")]
    reason: Annotated[str, Text(200, least=3)]


def write_off_debt(unit: Unit, command: WriteOffDebt) -> Mapping[str, Any]:
    fact = debts.lock_receivables(unit, [command.receivable_id], "receivable_id")[0]
    amount = fact.owing.open_amount
    if amount <= 0:
        raise Refusal("billing.nothing_open", field="receivable_id")
    settlement_id = unit.new_id()
    number = settle(
        unit,
        Settling(
            id=settlement_id,
            kind=rules.WRITE_OFF,
            branch_id=fact.branch_id,
            party_id=fact.party_id,
            occurred_on=unit.today,
            shared=[rules.Shared(fact.id, amount)],
            value=amount,
            reason=command.reason,
            bookings=[
                accounting.Booking(
                    rule="billing.written_off",
                    source=(TABLE, settlement_id),
                    branch_id=fact.branch_id,
                    party_id=fact.party_id,
                    amounts={"principal": amount},
                )
            ],
        ),
    )
    return {"id": settlement_id, "number": number, "amount": str(amount)}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseWriteOff(Command):
    """Takes a write-off back because the customer pays after all: the instalment is owed again."""

    settlement_id: Annotated[str, Ref("settlement")]
    reason: Annotated[str, Text(200, least=3)]


def reverse_write_off(unit: Unit, command: ReverseWriteOff) -> Mapping[str, Any]:
    row = reversible(unit, command.settlement_id, rules.WRITE_OFF)
    reversal_id, number = reverse_settlement(unit, row, command.reason)
    return {"id": reversal_id, "number": number, "reverses": row.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundCredit(Command):
    """Pays a customer's credit back, all of it unless an amount is named; cash leaves the open till."""

    party_id: Annotated[str, Ref("party")]
    amount: Amount | None = None
    method: Method = rules.CASH
    money_account_id: Account | None = None
    bank_reference: Reference | None = None


def refund_credit(unit: Unit, command: RefundCredit) -> Mapping[str, Any]:
    branch_id = str(unit.actor.branch_id)
    company.reachable_branch(unit, branch_id)
    party.party_of(unit, command.party_id)
    credit = api.customer_credit_of(unit, command.party_id)
    amount = command.amount or credit
    if amount <= 0 or amount > credit:
        raise Refusal("billing.not_so_much_credit", field="amount", credit=credit)
    back = api.PaymentMoney(
        method=command.method,
        amount=amount,
        money_account_id=command.money_account_id,
        bank_reference=command.bank_reference,
    )
    moneys = money_back(unit, branch_id, back)
    settlement_id = unit.new_id()
    common: dict[str, Any] = {"source": (TABLE, settlement_id), "branch_id": branch_id, "party_id": command.party_id}
    number = settle(
        unit,
        Settling(
            id=settlement_id,
            kind=rules.REFUND,
            branch_id=branch_id,
            party_id=command.party_id,
            occurred_on=unit.today,
            moneys=moneys,
            credit=-amount,
            value=ZERO,
            movement="refunded",
            bookings=[refund_booking(money, **common) for money in moneys],
        ),
    )
    return {"id": settlement_id, "number": number, "amount": str(amount), "prints": {"settlement_id": settlement_id}}
