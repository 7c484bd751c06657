"""What customers owe and have in credit, as the rules of paying late see it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func, select

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api.tables import (
    customer_credit,
    instalment,
    is_open,
    open_amount,
    receivable,
    receivable_entry,
    settlement,
)
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

_R, _E, _C = receivable.c, receivable_entry.c, customer_credit.c
_PARTY = bindparam("party_id", type_=_R.party_id.type)

# The rows are locked first and their entries read afterwards: who pays the same instalment meanwhile is waited for.
LOCKED = ForKeys(
    lambda keys: (
        select(receivable, party.survivor.label("owner_id"))
        .join(party.party, party.party.c.id == _R.party_id)
        .where(_R.id.in_(keys))
        .order_by(_R.id)
        .with_for_update(of=receivable)
    )
)
ENTRIES = ForKeys(
    lambda keys: select(
        _E.receivable_id, _E.occurred_on, _E.principal_amount, _E.interest_amount, _E.fine_amount
    ).where(_E.receivable_id.in_(keys))
)
OPEN_OF_PARTY = Statement(
    select(_R.id, _R.due_on).where(_R.party_id.in_(party.one_with(_PARTY)), is_open).order_by(_R.due_on, _R.id)
)
OPEN_OF_INVOICE = Statement(
    select(_R.id, _R.due_on)
    .join(instalment, instalment.c.id == _R.id)
    .where(instalment.c.invoice_id == bindparam("invoice_id", type_=_R.id.type), is_open)
    .order_by(_R.due_on, _R.id)
)
OWED = Statement(
    select(func.coalesce(func.sum(open_amount), Decimal(0)).label("amount")).where(
        _R.party_id.in_(party.one_with(_PARTY)), is_open
    )
)
CREDITS = Statement(
    select(_C.party_id, _C.amount)
    .where(_C.party_id.in_(party.one_with(_PARTY)), _C.amount > Decimal(0))
    .order_by(case((_C.party_id == _PARTY, 0), else_=1), _C.party_id)
)
SETTLEMENT_OF = Statement(select(settlement).where(settlement.c.id == bindparam("id", type_=_R.id.type)))


@dataclass(frozen=True, slots=True)
class ReceivableFacts:
    """One receivable with its history. Of a merged party the owner is the one that stands for both."""

    id: str
    party_id: str
    branch_id: str
    owing: rules.Owing


def owed_by(party_id: ColumnElement[str]) -> ColumnElement[Decimal]:
    """What a party, and who was merged into it, was invoiced and has not paid, as a column of a select that has
    `party_id`."""
    owed: ColumnElement[Decimal] = (
        select(func.coalesce(func.sum(open_amount), Decimal(0)))
        .where(_R.party_id.in_(party.one_with(party_id)), is_open)
        .scalar_subquery()
    )
    return owed


def credit_of(party_id: ColumnElement[str]) -> ColumnElement[Decimal]:
    """What a party, and who was merged into it, has paid or been credited beyond what it owes, as a column."""
    credit: ColumnElement[Decimal] = (
        select(func.coalesce(func.sum(_C.amount), Decimal(0)))
        .where(_C.party_id.in_(party.one_with(party_id)))
        .scalar_subquery()
    )
    return credit


def open_receivable(reads: Reads, party_id: str) -> Decimal:
    """What the customer still owes on issued invoices, interest left out. For a credit check read it under the lock of
    the party: two sellers must not both see the same room."""
    found = reads.one(OWED, party_id=party_id)
    return Decimal(found.amount) if found is not None else Decimal(0)


def customer_credit_of(reads: Reads, party_id: str) -> Decimal:
    """What the customer has paid or been credited beyond what it owes."""
    return sum((row.amount for row in reads.all(CREDITS, party_id=party_id)), Decimal(0))


def open_of_party(reads: Reads, party_id: str) -> list[str]:
    """The keys of the customer's open receivables, the one due first first."""
    return [row.id for row in reads.all(OPEN_OF_PARTY, party_id=party_id)]


def open_of_invoice(reads: Reads, invoice_id: str) -> list[str]:
    """The keys of an invoice's open receivables, the one due first first."""
    return [row.id for row in reads.all(OPEN_OF_INVOICE, invoice_id=invoice_id)]


def keep_issued(unit: Unit, invoice_id: str, instalments: Sequence[Mapping[str, Any]]) -> None:
    """Keeps what an invoice of this very command is owed by, for a payment that comes with it."""
    unit.memo[LOCKED, invoice_id] = [
        ReceivableFacts(
            row["id"],
            row["party_id"],
            row["branch_id"],
            rules.Owing(row["amount"], row["due_on"], row["free_until"], ()),
        )
        for row in sorted(instalments, key=lambda row: (row["due_on"], row["id"]))
    ]


def issued_now(unit: Unit, invoice_id: str) -> list[ReceivableFacts] | None:
    """The receivables of an invoice that this command has issued, the one due first first: nobody else can see them
    yet, so nothing is read and nothing locked. None for any other invoice."""
    found: list[ReceivableFacts] | None = unit.memo.pop((LOCKED, invoice_id), None)
    return found


def lock_receivables(unit: Unit, ids: Sequence[str], field: str) -> list[ReceivableFacts]:
    """The receivables of these keys in the order asked, locked; refuses unknown ones and those of other branches."""
    if not ids:
        return []
    statement, keys = LOCKED.of(ids)
    rows = {row.id: row for row in unit.all(statement, **keys)}
    statement, keys = ENTRIES.of(ids)
    settled: dict[str, list[rules.Settled]] = {}
    for entry in unit.all(statement, **keys):
        part = rules.Settled(entry.occurred_on, entry.principal_amount, entry.interest_amount, entry.fine_amount)
        settled.setdefault(entry.receivable_id, []).append(part)
    found = []
    for place, key in enumerate(ids, 1):
        row = rows.get(key)
        if row is None:
            raise Missing("receivable", key, field=f"{field}.{place}.receivable_id")
        if not (unit.actor.all_branches or row.branch_id in unit.actor.branch_ids):
            raise Refusal("company.other_branch", field=field, branch="")
        owing = rules.Owing(row.due_amount, row.due_on, row.free_until, tuple(settled.get(key, ())))
        found.append(ReceivableFacts(key, row.owner_id, row.branch_id, owing))
    return found


def late_rules(reads: Reads) -> rules.Late:
    """The company's rates for paying late and early."""
    said = company.settings(reads)
    return rules.Late(
        fine_rate=Decimal(said["late_fine_percent"]) / 100,
        monthly_rate=Decimal(said["late_interest_percent"]) / 100,
        grace_days=int(said["late_grace_days"]),
        early_rate=Decimal(said["early_discount_percent"]) / 100,
        early_days=int(said["early_discount_days"]),
    )


LATE_SETTINGS = (
    "late_fine_percent",
    "late_interest_percent",
    "late_grace_days",
    "early_discount_percent",
    "early_discount_days",
)


def invoice_policy(reads: Reads) -> str:
    """When orders of this company are billed: once `confirmed`, or once `shipped`."""
    return company.setting(reads, "invoice_policy")
