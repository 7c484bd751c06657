"""Entries made by hand: recorded with lines of their own, opening balances, reversals."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from sqlalchemy import select

from retaguarda.kernel.command import Command, Part, Rows
from retaguarda.kernel.errors import Fault, Invalid, Missing, Refusal
from retaguarda.kernel.kinds import Day, Money, Ref, Text
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.company import api as company

ZERO = Decimal(0)
JOURNAL = "command_journal"
"""The document of an entry made by hand is the command that recorded it."""
_M, _C = api.money_account_table.c, api.cost_centre.c
MONEY_ACCOUNTS = Statement(select(_M.account_id))
CENTRES = ForKeys(lambda keys: select(_C.id, _C.name, _C.archived).where(_C.id.in_(keys)))


@dataclass(frozen=True, slots=True, kw_only=True)
class LineByHand(Part):
    """One side of an entry: an account with either a debit or a credit."""

    account_id: Annotated[str, Ref("account")]
    debit: Annotated[Decimal, Money(least=ZERO)] | None = None
    credit: Annotated[Decimal, Money(least=ZERO)] | None = None
    cost_centre_id: Annotated[str, Ref("cost_centre")] | None = None
    memo: Annotated[str, Text(120)] = ""

    @property
    def amount(self) -> Decimal:
        """The debit above zero, or the credit below."""
        return (self.debit or ZERO) - (self.credit or ZERO)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEntry(Command):
    """Records an entry with at least two lines whose debits equal their credits.

    Accounts that follow a ledger of another part of the program (receivables, payables, stock, money accounts) are
    not posted to by hand: the document there books them. An entry is never changed; it is reversed.
    """

    lines: Annotated[tuple[LineByHand, ...], Rows(least=2)]
    memo: Annotated[str, Text(200)]
    occurred_on: Annotated[dt.date, Day()] | None = None
    branch_id: Annotated[str, Ref("branch")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordOpening(Command):
    """Records the balances with which the books begin: only the accounts and what they held; the other side goes to
    the account of opening balances. Money accounts get theirs when they are added."""

    lines: Annotated[tuple[LineByHand, ...], Rows(least=1)]
    occurred_on: Annotated[dt.date, Day()]
    memo: Annotated[str, Text(200)] = ""
    branch_id: Annotated[str, Ref("branch")] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReverseEntry(Command):
    """Reverses an entry made by hand with an opposite one, dated today unless told otherwise. Money that moved with it
    moves back. Entries that follow a document are reversed by reversing the document."""

    entry_id: Annotated[str, Ref("entry")]
    reason: Annotated[str, Text(200)]
    occurred_on: Annotated[dt.date, Day()] | None = None


def record_entry(unit: Unit, command: RecordEntry) -> Mapping[str, Any]:
    day = command.occurred_on or unit.today
    faults = _faults(unit, day, command.lines)
    debit = sum((line.debit or ZERO for line in command.lines), ZERO)
    credit = sum((line.credit or ZERO for line in command.lines), ZERO)
    if not faults and debit != credit:
        params = {"debit": debit, "credit": credit, "difference": abs(debit - credit)}
        faults.append(Fault("lines", "accounting.entry_unbalanced", params))
    if faults:
        raise Invalid(*faults)
    return _post(unit, command, day, rules.MANUAL, _lines(command.lines))


def record_opening(unit: Unit, command: RecordOpening) -> Mapping[str, Any]:
    day = command.occurred_on
    faults = _faults(unit, day, command.lines)
    if faults:
        raise Invalid(*faults)
    lines = _lines(command.lines)
    rest = -sum((line.amount for line in lines), ZERO)
    if rest:
        lines.append(api.Line(account_id=api.remembered(unit, day).by_role["opening"], amount=rest))
    return _post(unit, command, day, rules.OPENING, lines)


def reverse_entry(unit: Unit, command: ReverseEntry) -> Mapping[str, Any]:
    row = unit.one(api.ENTRY, id=command.entry_id)
    if row is None:
        raise Missing("entry", command.entry_id, field="entry_id")
    company.reachable_branch(unit, row.branch_id, field="entry_id")
    if row.rule not in rules.BY_HAND:
        raise Refusal("accounting.follows_document", field="entry_id", rule=row.rule)
    if row.rule in (rules.MONEY_OPENED, rules.MONEY_TRANSFERRED):
        api.move_back(unit, (row.source_table, row.source_id), command.reason, command.occurred_on)
    return {"id": api.reverse(unit, row.id, command.reason, command.occurred_on)[0]}


def _post(
    unit: Unit, command: RecordEntry | RecordOpening, day: dt.date, rule: str, lines: Sequence[api.Line]
) -> Mapping[str, Any]:
    branch_id = command.branch_id or unit.actor.branch_id or str(company.first_branch(unit).id)
    company.reachable_branch(unit, branch_id)
    head = {
        "id": unit.new_id(),
        "branch_id": branch_id,
        "occurred_on": day,
        "rule": rule,
        "source_table": JOURNAL,
        "source_id": unit.command_id,
        "memo": command.memo or None,
    }
    return {"id": api.post(unit, [(head, lines)])[0]}


def _lines(lines: Sequence[LineByHand]) -> list[api.Line]:
    return [
        api.Line(
            account_id=line.account_id,
            amount=line.amount,
            cost_centre_id=line.cost_centre_id,
            memo=line.memo or None,
        )
        for line in lines
    ]


def _faults(unit: Unit, day: dt.date, lines: Sequence[LineByHand]) -> list[Fault]:
    """Everything that is wrong with lines made by hand."""
    books = api.remembered(unit, day)
    kept = {books.by_role[role] for role in rules.BOOKED_BY_MODULES} | {r.account_id for r in unit.all(MONEY_ACCOUNTS)}
    wanted = tuple(dict.fromkeys(line.cost_centre_id for line in lines if line.cost_centre_id))
    centres = {}
    if wanted:
        statement, values = CENTRES.of(wanted)
        centres = {row.id: row for row in unit.all(statement, **values)}
    return [f for n, line in enumerate(lines, 1) for f in _line_faults(books, kept, centres, line, f"lines.{n}.")]


def _line_faults(
    books: api.Remembered, kept: set[str], centres: Mapping[str, Any], line: LineByHand, path: str
) -> Iterator[Fault]:
    if bool(line.debit) == bool(line.credit):
        yield Fault(f"{path}debit", "accounting.one_side")
    account = books.accounts.get(line.account_id)
    if account is None:
        yield Fault(f"{path}account_id", "accounting.unknown_account")
        return
    name = f"{account.code} {account.name}"
    if not account.usable:
        yield Fault(f"{path}account_id", "accounting.account_not_postable", {"account": name})
    elif account.id in kept:
        yield Fault(f"{path}account_id", "accounting.booked_by_documents", {"account": name})
    if line.cost_centre_id is None:
        return
    centre = centres.get(line.cost_centre_id)
    if centre is None:
        yield Fault(f"{path}cost_centre_id", "accounting.unknown_cost_centre")
    elif centre.archived:
        yield Fault(f"{path}cost_centre_id", "accounting.cost_centre_archived", {"name": centre.name})
    elif account.kind not in rules.RESULT_KINDS:
        yield Fault(f"{path}cost_centre_id", "accounting.no_cost_centre_here", {"account": name})
