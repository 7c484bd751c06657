"""The money accounts of the company and how money moves in them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Missing, Refusal
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import ForKeys, Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import rules
from retaguarda.modules.accounting.api import tables
from retaguarda.modules.accounting.api.booking import Source
from retaguarda.modules.accounting.model import MoneyMovement

_M, _B, _V = tables.money_account.c, tables.money_balance.c, tables.money_movement.c
_FACTS = select(_M.id, _M.name, _M.kind, _M.account_id, _M.branch_id, _M.station, _M.archived, _B.balance).join(
    tables.money_balance, _B.money_account_id == _M.id
)
ONE = Statement(_FACTS.where(_M.id == bindparam("id", type_=_M.id.type)))
TILL_OF = Statement(_FACTS.where(_M.kind == "till", _M.station == bindparam("station"), ~_M.archived))
CASH_OF = Statement(
    _FACTS.where(
        _M.kind == "cash", _M.branch_id == bindparam("branch_id", type_=_M.branch_id.type), ~_M.archived
    ).order_by(_M.name, _M.id)
)
BALANCES = ForKeys(lambda keys: _FACTS.where(_M.id.in_(keys)))
SAME_REFERENCE = Statement(
    select(_V.id).where(
        _V.money_account_id == bindparam("id", type_=_V.money_account_id.type),
        _V.bank_reference == bindparam("bank_reference"),
    )
)
OF_SOURCE = Statement(
    select(tables.money_movement)
    .where(
        _V.source_table == bindparam("source_table"),
        _V.source_id == bindparam("source_id", type_=_V.source_id.type),
        _V.kind != "reversed",
    )
    .order_by(_V.id)
)


@dataclass(frozen=True, slots=True)
class MoneyAccountFacts:
    """A money account: where its money is booked (`account_id`) and how much there is."""

    id: str
    name: str
    kind: str
    account_id: str
    branch_id: str
    station: str | None
    archived: bool
    balance: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """Money that comes in (above zero) or goes out (below) for a document. `kind` is one of `rules.MOVEMENTS`;
    a `bank_reference` (the bank's own id of a payment) comes once per money account."""

    money_account_id: str
    amount: Decimal
    kind: str
    source: Source
    occurred_on: dt.date | None = None
    bank_reference: str | None = None
    memo: str | None = None


def money_account(reads: Reads, money_account_id: str, field: str = "money_account_id") -> MoneyAccountFacts:
    """What the money account is; `Missing` naming `field` where there is none."""
    row = reads.one(ONE, id=money_account_id)
    if row is None:
        raise Missing("money_account", money_account_id, field=field)
    return _facts(row)


def open_money_account(reads: Reads, money_account_id: str, field: str = "money_account_id") -> MoneyAccountFacts:
    """The same, refusing one that is archived (`accounting.money_account_archived`)."""
    found = money_account(reads, money_account_id, field)
    if found.archived:
        raise Refusal("accounting.money_account_archived", field=field, name=found.name)
    return found


def till_of(reads: Reads, station: str) -> MoneyAccountFacts | None:
    """The till of a station, None where it has none."""
    row = reads.one(TILL_OF, station=station)
    return None if row is None else _facts(row)


def cash_of(reads: Reads, branch_id: str) -> MoneyAccountFacts | None:
    """The branch's cash box (the first by name), None where it has none."""
    row = reads.one(CASH_OF, branch_id=branch_id)
    return None if row is None else _facts(row)


def move_money(unit: Unit, *movements: Movement) -> list[str]:
    """Appends the movements, none of nothing, and gives their keys; the caller books them too.

    Refuses what cash or till does not hold (`accounting.not_enough_money`) and a bank reference that was here before
    (`accounting.reference_taken`); both stand in the database again, for whoever is faster.
    """
    moving = [movement for movement in movements if movement.amount]
    if not moving:
        return []
    _refuse_overdrawn(unit, moving)
    for movement in moving:
        if movement.bank_reference is not None and unit.one(
            SAME_REFERENCE, id=movement.money_account_id, bank_reference=movement.bank_reference
        ):
            raise Refusal("accounting.reference_taken", field="bank_reference", reference=movement.bank_reference)
    return list(unit.append(MoneyMovement, [_row(unit, movement) for movement in moving]))


def move_back(unit: Unit, source: Source, reason: str, occurred_on: dt.date | None = None) -> list[str]:
    """Moves back what was moved for a document, today unless told otherwise; gives the new movements' keys."""
    moved = unit.all(OF_SOURCE, source_table=source[0], source_id=source[1])
    return move_money(
        unit,
        *(
            Movement(
                money_account_id=row.money_account_id,
                amount=-row.amount,
                kind="reversed",
                source=source,
                occurred_on=occurred_on,
                memo=reason,
            )
            for row in moved
        ),
    )


def _refuse_overdrawn(unit: Unit, moving: list[Movement]) -> None:
    sums: dict[str, Decimal] = {}
    for movement in moving:
        sums[movement.money_account_id] = sums.get(movement.money_account_id, Decimal(0)) + movement.amount
    out = [key for key, amount in sums.items() if amount < 0]
    if not out:
        return
    statement, values = BALANCES.of(out)
    for row in unit.all(statement, **values):
        if row.kind != "bank" and row.balance + sums[row.id] < 0:
            raise Refusal("accounting.not_enough_money", name=row.name, balance=row.balance, needed=-sums[row.id])


def _row(unit: Unit, movement: Movement) -> dict[str, Any]:
    if movement.kind not in rules.MOVEMENTS:
        raise ValueError(f"money does not move as {movement.kind!r}")
    return {
        "money_account_id": movement.money_account_id,
        "kind": movement.kind,
        "amount": movement.amount,
        "occurred_on": movement.occurred_on or unit.today,
        "source_table": movement.source[0],
        "source_id": movement.source[1],
        "bank_reference": movement.bank_reference,
        "memo": movement.memo,
    }


def _facts(row: Any) -> MoneyAccountFacts:
    return MoneyAccountFacts(
        row.id, row.name, row.kind, row.account_id, row.branch_id, row.station, bool(row.archived), row.balance
    )
