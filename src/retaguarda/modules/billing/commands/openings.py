"""What customers owed when the company began with the program: recorded title by title, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.kinds import Day, Money, Ref, Text
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing.api import openings
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

ZERO = Decimal(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpeningReceivable(Command):
    """Records what a customer owed already when the company began with the program: one title with the number of its
    own paper, its days, and what of it is still open. It is received, charged and aged like any other."""

    party_id: Annotated[str, Ref("party")]
    number: Annotated[str, Text(40, least=1)]
    issued_on: Annotated[dt.date, Day()]
    due_on: Annotated[dt.date, Day()]
    amount: Annotated[Decimal, Money(above=ZERO)]
    note: Annotated[str, Text(200)] = ""
    branch_id: Annotated[str, Ref("branch")] | None = None


def record_opening_receivable(unit: Unit, command: RecordOpeningReceivable) -> Mapping[str, Any]:
    branch_id = company.branch_of(unit, command.branch_id)
    customer = party.may_owe(unit, command.party_id)
    faults = []
    if command.issued_on > unit.today:
        faults.append(Fault("issued_on", "billing.issued_to_come", {"day": command.issued_on}))
    if command.due_on < command.issued_on:
        faults.append(Fault("due_on", "billing.due_before_issue", {"day": command.issued_on}))
    if faults:
        raise Invalid(*faults)
    key = openings.open_title(
        unit,
        openings.Title(
            branch_id=branch_id,
            party_id=customer.id,
            party_name=customer.name,
            number=command.number,
            issued_on=command.issued_on,
            due_on=command.due_on,
            amount=command.amount,
            note=command.note,
        ),
    )
    return {"id": key, "version": 1, "number": command.number}


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseOpeningReceivable(Command):
    """Takes an opening receivable back that was recorded wrongly, with the reason: nothing is owed by it any more. One
    that something was paid on, or that was settled otherwise, stands until that is taken back."""

    receivable_id: Annotated[str, Ref("opening_receivable")]
    reason: Annotated[str, Text(200, least=3)]


def reverse_opening_receivable(unit: Unit, command: ReverseOpeningReceivable) -> Mapping[str, Any]:
    row = openings.load_title(unit, command.receivable_id)
    number = openings.annul(unit, [row], command.reason)
    return {"id": row.id, "number": row.number, "annulment": number}
