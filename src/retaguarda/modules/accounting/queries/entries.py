"""Entries and their lines."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, case, func, literal_column, select

from retaguarda.kernel.journal import CommandJournal
from retaguarda.kernel.model import Minor, table_of
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

READ = "accounting.read"
NOTHING: ColumnElement[Any] = literal_column("0")
_E, _L, _A = api.entry.c, api.entry_line.c, api.account.c
_J = table_of(CommandJournal)
_REVERSAL = api.entry.alias("reversal")
_TOTAL = (
    select(func.sum(_L.amount, type_=Minor(2)))
    .where(_L.entry_id == _E.id, _L.amount > NOTHING)
    .correlate(api.entry)
    .scalar_subquery()
)


def _allowed(row: EntryRow) -> tuple[str, ...]:
    open_by_hand = row.rule in rules.BY_HAND and row.reverses_id is None and row.reversed_by_id is None
    return ("accounting.reverse_entry",) if open_by_hand else ()


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry: what happened, for which document and party, how much."""

    id: str
    occurred_on: dt.date
    at: dt.datetime
    branch_id: str
    branch_name: str
    rule: str
    source_table: str
    source_id: str
    source_number: str | None
    party_id: str | None
    party_name: str | None
    memo: str | None
    reverses_id: str | None
    reversed_by_id: str | None
    person_name: str | None
    total_amount: Decimal
    allowed: tuple[str, ...] = ()


entries = Query(
    "accounting.entries",
    EntryRow,
    select(
        _E.id,
        _E.occurred_on,
        _E.at,
        _E.branch_id,
        company.branch.c.name.label("branch_name"),
        _E.rule,
        _E.source_table,
        _E.source_id,
        _E.source_number,
        _E.party_id,
        party.party.c.name.label("party_name"),
        _E.memo,
        _E.reverses_id,
        _REVERSAL.c.id.label("reversed_by_id"),
        company.person.c.name.label("person_name"),
        _TOTAL.label("total_amount"),
    ).select_from(
        api.entry.join(company.branch, company.branch.c.id == _E.branch_id)
        .outerjoin(party.party, party.party.c.id == _E.party_id)
        .outerjoin(_REVERSAL, _REVERSAL.c.reverses_id == _E.id)
        .join(_J, _J.c.id == _E.command_id)
        .outerjoin(company.person, company.person.c.id == _J.c.person_id)
    ),
    permission=READ,
    key=_E.id,
    order="-occurred_on",
    branch=_E.branch_id,
    allowed=_allowed,
)


@dataclass(frozen=True, slots=True)
class EntryLineRow:
    """One side of an entry."""

    id: str
    entry_id: str
    position: int
    occurred_on: dt.date
    account_id: str
    account_code: str
    account_name: str
    debit: Decimal | None
    credit: Decimal | None
    amount: Decimal
    cost_centre_id: str | None
    cost_centre_name: str | None
    memo: str | None


entry_lines = Query(
    "accounting.entry_lines",
    EntryLineRow,
    select(
        _L.id,
        _L.entry_id,
        _L.position,
        _L.occurred_on,
        _L.account_id,
        _A.code.label("account_code"),
        _A.name.label("account_name"),
        case((_L.amount > NOTHING, _L.amount)).label("debit"),
        case((_L.amount < NOTHING, -_L.amount)).label("credit"),
        _L.amount,
        _L.cost_centre_id,
        api.cost_centre.c.name.label("cost_centre_name"),
        _L.memo,
    ).select_from(
        api.entry_line.join(api.entry, _E.id == _L.entry_id)
        .join(api.account, _A.id == _L.account_id)
        .outerjoin(api.cost_centre, api.cost_centre.c.id == _L.cost_centre_id)
    ),
    permission=READ,
    key=_L.id,
    order="position",
    branch=_E.branch_id,
)


@dataclass(frozen=True, slots=True)
class JournalLineRow:
    """A line with its entry, as the journal as plain text has it."""

    id: str
    entry_id: str
    occurred_on: dt.date
    rule: str
    source_number: str | None
    party_name: str | None
    memo: str | None
    account_code: str
    account_name: str
    amount: Decimal


journal_lines = Query(
    "accounting.journal_lines",
    JournalLineRow,
    select(
        _L.id,
        _L.entry_id,
        _L.occurred_on,
        _E.rule,
        _E.source_number,
        party.party.c.name.label("party_name"),
        _E.memo,
        _A.code.label("account_code"),
        _A.name.label("account_name"),
        _L.amount,
    ).select_from(
        api.entry_line.join(api.entry, _E.id == _L.entry_id)
        .join(api.account, _A.id == _L.account_id)
        .outerjoin(party.party, party.party.c.id == _E.party_id)
    ),
    permission=READ,
    key=_L.id,
    order="entry_id",
    branch=_E.branch_id,
)
