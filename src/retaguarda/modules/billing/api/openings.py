"""Titles that customers owed before the program: written with their books, and taken back where nothing is built on
them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api import debts
from retaguarda.modules.billing.api.invoices import free_until
from retaguarda.modules.billing.api.settling import Settling, settle
from retaguarda.modules.billing.api.tables import opening_receivable, receivable_entry, settlement
from retaguarda.modules.billing.model import Instalment, OpeningReceivable
from retaguarda.modules.company import api as company

TABLE = "opening_receivable"
IMPORT_UNDONE = "billing.import_undone"
_O, _E, _S = opening_receivable.c, receivable_entry.c, settlement.c
STANDING = Statement(
    select(_O.id).where(
        _O.party_id == bindparam("party_id", type_=_O.party_id.type),
        _O.number == bindparam("number"),
        _O.state == rules.STANDS,
    )
)
_BACK = settlement.alias("back")
BUILT_ON = Statement(
    select(_S.kind, _S.number)
    .join(receivable_entry, _E.settlement_id == _S.id)
    .where(
        _E.receivable_id == bindparam("id", type_=_E.receivable_id.type),
        _S.kind != rules.REVERSAL,
        ~select(_BACK.c.id).where(_BACK.c.reverses_id == _S.id).exists(),
    )
    .order_by(_S.at.desc(), _S.id.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """What a customer owed already."""

    branch_id: str
    party_id: str
    party_name: str
    number: str
    issued_on: dt.date
    due_on: dt.date
    amount: Decimal
    note: str = ""


def open_title(unit: Unit, title: Title) -> str:
    """Writes a title with its instalment and its entry in the books; refuses a number of this customer that stands."""
    if unit.one(STANDING, party_id=title.party_id, number=title.number) is not None:
        raise Refusal("billing.opening_twice", field="number", number=title.number, name=title.party_name)
    key = unit.new_id()
    owner = {"party_id": title.party_id, "branch_id": title.branch_id, "due_on": title.due_on, "amount": title.amount}
    until = free_until(company.calendar_of(unit, title.branch_id), title.due_on)
    unit.append(Instalment, [{**owner, "id": key, "opening_id": key, "position": 1, "free_until": until}])
    accounting.book(
        unit,
        accounting.Booking(
            rule="billing.opening",
            source=(TABLE, key),
            number=title.number,
            branch_id=title.branch_id,
            party_id=title.party_id,
            amounts={"principal": title.amount},
        ),
    )
    unit.add(
        OpeningReceivable,
        **owner,
        id=key,
        number=title.number,
        issued_on=title.issued_on,
        note=title.note,
        state=rules.STANDS,
        person_id=unit.actor.person_id,
        at=unit.now,
        folded=fold(f"{title.number} {title.party_name}")[:400],
    )
    return key


def load_title(unit: Unit, key: str, field: str = "receivable_id") -> Any:
    """The title, if the actor works in its branch."""
    row = unit.get(OpeningReceivable, key, field=field)
    if not (unit.actor.all_branches or row.branch_id in unit.actor.branch_ids):
        raise Missing(TABLE, key, field=field)
    return row


def annul(unit: Unit, rows: Sequence[Any], reason: str) -> int:
    """Takes titles back, those of one customer by one settlement, and gives the number of the last; refuses all of them
    where one was taken back already or something was built on it."""
    for row in rows:
        if row.state != rules.STANDS:
            raise Refusal("billing.opening_reversed", field="receivable_id", number=row.number)
    facts = debts.lock_receivables(unit, [row.id for row in rows], "receivable_id")
    for row, fact in zip(rows, facts, strict=True):
        # A payment that only paid interest has settled nothing of it, and was made for it all the same.
        last = unit.one(BUILT_ON, id=row.id) if fact.owing.settled else None
        if last is not None:
            said = {"number": row.number, "kind": f"billing.kind.{last.kind}", "by": last.number}
            raise Refusal("billing.opening_built_on", field="receivable_id", **said)
    unit.revise_all(OpeningReceivable, [(row, {"state": rules.REVERSED}) for row in rows])
    for row in rows:
        accounting.reverse(unit, (TABLE, row.id), reason)
    together: dict[tuple[str, str], list[Any]] = {}
    for row, fact in zip(rows, facts, strict=True):
        together.setdefault((fact.branch_id, fact.party_id), []).append(row)
    number = 0
    for (branch_id, party_id), titles in sorted(together.items()):
        number = settle(
            unit,
            Settling(
                id=unit.new_id(),
                kind=rules.ANNULMENT,
                branch_id=branch_id,
                party_id=party_id,
                occurred_on=unit.today,
                shared=[rules.Shared(row.id, row.amount) for row in titles],
                value=sum((row.amount for row in titles), Decimal(0)),
                reason=reason,
            ),
        )
    return number
