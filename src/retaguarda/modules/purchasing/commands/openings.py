"""What suppliers were owed when the company began with the program: recorded title by title, and taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Day, Money, Ref, Text
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.terms import Part
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api, rules
from retaguarda.modules.purchasing.model import OpeningPayable

IMPORT_UNDONE = "purchasing.import_undone"
_I = api.supplier_invoice.c
ENTERED = Statement(
    select(_I.id).where(
        _I.supplier_id == bindparam("supplier_id", type_=Key()),
        _I.supplier_number == bindparam("number"),
        _I.state != "refused",
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpeningPayable(Command):
    """Records what a supplier was owed already when the company began with the program: one title with the number of
    its own paper, its days, and what of it is still open. It is paid and ages like any other."""

    supplier_id: Annotated[str, Ref("party")]
    number: Annotated[str, Text(40, least=1)]
    issued_on: Annotated[dt.date, Day()]
    due_on: Annotated[dt.date, Day()]
    amount: Annotated[Decimal, Money(above=rules.ZERO)]
    note: Annotated[str, Text(200)] = ""
    branch_id: Annotated[str, Ref("branch")] | None = None


def record_opening_payable(unit: Unit, command: RecordOpeningPayable) -> Mapping[str, Any]:
    branch_id = company.branch_of(unit, command.branch_id)
    supplier = party.may_supply(unit, command.supplier_id)
    _demand_days(unit, command)
    said = {"supplier_id": supplier.id, "number": command.number}
    api.demand_none(unit, supplier, command.number, "number")
    if unit.one(ENTERED, **said) is not None:
        raise Refusal("purchasing.invoice_twice", field="number", number=command.number, supplier=supplier.name)
    key = unit.new_id()
    head = {**said, "id": key, "branch_id": branch_id, "issued_on": command.issued_on}
    document = {"document_table": api.OPENING, "document_id": key, "invoice_id": None}
    api.open_payable(unit, {**head, **document}, [Part(1, command.due_on, command.amount)], supplier.name)
    accounting.book(
        unit,
        accounting.Booking(
            rule="purchasing.opening",
            source=(api.OPENING, key),
            number=command.number,
            branch_id=branch_id,
            party_id=supplier.id,
            amounts={"principal": command.amount},
        ),
    )
    unit.add(
        OpeningPayable,
        **head,
        due_on=command.due_on,
        amount=command.amount,
        note=command.note,
        state=rules.STANDS,
        reason="",
        person_id=unit.actor.person_id,
        at=unit.now,
        folded=fold(f"{command.number} {supplier.name}")[:400],
    )
    return {"id": key, "version": 1, "number": command.number}


def _demand_days(unit: Unit, command: RecordOpeningPayable) -> None:
    faults = []
    if command.issued_on > unit.today:
        said = {"day": command.issued_on, "today": unit.today}
        faults.append(Fault("issued_on", "purchasing.day_to_come", said))
    if command.due_on < command.issued_on:
        faults.append(Fault("due_on", "purchasing.due_before_issue", {"day": command.issued_on}))
    if faults:
        raise Invalid(*faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseOpeningPayable(Command):
    """Takes an opening payable back that was recorded wrongly, with the reason: nothing is owed by it any more. One
    that something was paid on, or that goods sent back have lowered, stands."""

    payable_id: Annotated[str, Ref("opening_payable")]
    reason: Annotated[str, Text(200, least=3)]


def reverse_opening_payable(unit: Unit, command: ReverseOpeningPayable) -> Mapping[str, Any]:
    row = api.load_opening(unit, command.payable_id)
    api.reverse_openings(unit, [row], command.reason)
    return {"id": row.id, "version": row.version + 1, "number": row.number}
