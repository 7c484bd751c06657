"""Booking what happens: entries by the posting rules, entries with lines of their own, and their reversal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import rules
from retaguarda.modules.accounting.api import tables
from retaguarda.modules.accounting.api.books import AccountFacts, Remembered, period_of, remembered
from retaguarda.modules.accounting.model import Entry, EntryLine, Posting

Source = tuple[str, str]
"""The document an entry stands for: its table and key."""
_E, _L = tables.entry.c, tables.entry_line.c
_REVERSAL = tables.entry.alias("reversal")
_REVERSED = select(_REVERSAL.c.id).where(_REVERSAL.c.reverses_id == _E.id).exists()
ENTRIES_OF = Statement(
    select(tables.entry)
    .where(
        _E.source_table == bindparam("source_table"),
        _E.source_id == bindparam("source_id", type_=_E.source_id.type),
        _E.reverses_id.is_(None),
        ~_REVERSED,
    )
    .order_by(_E.id)
)
ENTRY = Statement(select(tables.entry, _REVERSED.label("reversed")).where(_E.id == bindparam("id", type_=_E.id.type)))
LINES_OF = ForKeys(
    lambda keys: select(tables.entry_line).where(_L.entry_id.in_(keys)).order_by(_L.entry_id, _L.position)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Booking:
    """One thing that happened, to be booked by its rule.

    `source` is the document (table, id); `amounts` go by the names the rule knows, zero books nothing, and a negative
    amount goes to the other side; `accounts` names accounts where the rule says `given:<name>`. A cost centre is kept
    on revenue and expense only. Without a day it happened today. `number` is the document's, where it is none that the
    unit knows (`Unit.numbers`): a supplier's invoice has its supplier's.
    """

    rule: str
    source: Source
    branch_id: str
    amounts: Mapping[str, Decimal]
    party_id: str | None = None
    number: str | None = None
    occurred_on: dt.date | None = None
    accounts: Mapping[str, str] = field(default_factory=dict)
    cost_centre_id: str | None = None
    memo: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of an entry made by hand: a debit above zero, a credit below."""

    account_id: str
    amount: Decimal
    cost_centre_id: str | None = None
    memo: str | None = None


Draft = tuple[dict[str, Any], Sequence[Line]]
"""The head of an entry and its lines."""
_WAITING = "accounting.waiting"


def book(unit: Unit, *bookings: Booking) -> list[str]:
    """Judges one entry per booking and gives the entries' keys; they are written when the command ends (`post`).

    A booking whose amounts come to nothing is left out. Refuses a closed month (`accounting.period_closed`) and an
    account that is not posted to (`accounting.account_not_postable`); a rule, amount or given account that nobody
    knows is the caller's defect (ValueError).
    """
    drafts = []
    for booking in bookings:
        day = booking.occurred_on or unit.today
        books = remembered(unit, day)
        lines = _lines(books, booking)
        if lines:
            drafts.append((_head(unit, booking, day), lines))
    return post(unit, drafts)


def post(unit: Unit, drafts: Sequence[Draft]) -> list[str]:
    """Takes entries (heads with their lines) to be written with all others of their command, once every document has
    its number; the months are judged at once. Gives the entries' keys."""
    if not drafts:
        return []
    waiting: list[Draft] | None = unit.memo.get(_WAITING)
    if waiting is None:
        waiting = unit.memo[_WAITING] = []
        unit.at_end(partial(_write, unit, waiting))
    for head, lines in drafts:
        whole = {**head, "posting_id": head["id"], "period_id": period_of(unit, head["occurred_on"])}
        waiting.append((whole, lines))
    return [head["id"] for head, _ in drafts]


def _write(unit: Unit, drafts: Sequence[Draft]) -> None:
    """Writes the entries and their postings in three statements; the database proves that they balance."""
    for head, _ in drafts:
        number = unit.numbers.get((head["source_table"], head["source_id"]))
        if head.get("source_number") is None and number is not None:
            head["source_number"] = str(number)
    unit.append(Entry, [head for head, _ in drafts])
    unit.append(
        EntryLine,
        [
            {
                "entry_id": head["id"],
                "position": position,
                "account_id": line.account_id,
                "occurred_on": head["occurred_on"],
                "amount": line.amount,
                "cost_centre_id": line.cost_centre_id,
                "memo": line.memo,
            }
            for head, lines in drafts
            for position, line in enumerate(lines, 1)
        ],
    )
    unit.append(Posting, [{"entry_id": head["id"], "line_count": len(lines)} for head, lines in drafts])


def reverse(unit: Unit, what: str | Source, reason: str, occurred_on: dt.date | None = None) -> list[str]:
    """Books the opposite of an entry, or of every entry of a document that was not reversed yet; gives the new keys.

    Refuses an entry that was reversed already (`accounting.already_reversed`) or is a reversal itself.
    """
    if isinstance(what, str):
        row = unit.one(ENTRY, id=what)
        if row is None:
            raise Missing("entry", what, field="entry_id")
        if row.reverses_id is not None:
            raise Refusal("accounting.is_a_reversal")
        if row.reversed:
            raise Refusal("accounting.already_reversed")
        heads = [row]
    else:
        heads = unit.all(ENTRIES_OF, source_table=what[0], source_id=what[1])
    if not heads:
        return []
    statement, values = LINES_OF.of([head.id for head in heads])
    lines = unit.all(statement, **values)
    day = occurred_on or unit.today
    drafts = []
    for head in heads:
        new = {
            "id": unit.new_id(),
            "branch_id": head.branch_id,
            "occurred_on": day,
            "rule": head.rule,
            "source_table": head.source_table,
            "source_id": head.source_id,
            "source_number": head.source_number,
            "party_id": head.party_id,
            "reverses_id": head.id,
            "memo": reason,
        }
        own = [line for line in lines if line.entry_id == head.id]
        drafts.append((new, [_opposite(line) for line in own]))
    return post(unit, drafts)


def entries_of(reads: Reads, source: Source) -> list[Any]:
    """The entries of a document that stand: no reversals, and none that was reversed."""
    return reads.all(ENTRIES_OF, source_table=source[0], source_id=source[1])


def _opposite(line: Any) -> Line:
    return Line(account_id=line.account_id, amount=-line.amount, cost_centre_id=line.cost_centre_id, memo=line.memo)


def _head(unit: Unit, booking: Booking, day: dt.date) -> dict[str, Any]:
    return {
        "id": unit.new_id(),
        "branch_id": booking.branch_id,
        "occurred_on": day,
        "rule": booking.rule,
        "source_table": booking.source[0],
        "source_id": booking.source[1],
        "source_number": booking.number,
        "party_id": booking.party_id,
        "reverses_id": None,
        "memo": booking.memo,
    }


def _lines(books: Remembered, booking: Booking) -> list[Line]:
    rule = rules.RULES.get(booking.rule)
    if rule is None:
        raise ValueError(f"there is no posting rule {booking.rule!r}")
    if strange := booking.amounts.keys() - set(rule.amounts):
        raise ValueError(f"{booking.rule} knows no amount called {', '.join(sorted(strange))}")
    by_account: dict[str, Decimal] = {}
    for role, amount in rules.sums(books.rules[booking.rule], booking.amounts).items():
        account = _account(books, booking, role)
        by_account[account.id] = by_account.get(account.id, Decimal(0)) + amount
    return [
        Line(
            account_id=account_id,
            amount=amount,
            cost_centre_id=booking.cost_centre_id if books.accounts[account_id].kind in rules.RESULT_KINDS else None,
        )
        for account_id, amount in by_account.items()
        if amount
    ]


def _account(books: Remembered, booking: Booking, role: str) -> AccountFacts:
    name = role.removeprefix(rules.GIVEN)
    account_id = books.by_role.get(role) if name == role else booking.accounts.get(name)
    if account_id is None:
        raise ValueError(f"{booking.rule} needs an account for {role!r}")
    account = books.accounts.get(account_id)
    if account is None:
        raise Missing("account", account_id)
    if not account.usable:
        raise Refusal("accounting.account_not_postable", account=f"{account.code} {account.name}")
    return account
