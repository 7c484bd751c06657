"""Money accounts, and money that moves from one to another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Annotated, Any

from retaguarda.kernel.command import Command
from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.fold import fold
from retaguarda.kernel.kinds import Choice, Day, Money, Ref, Text, Version
from retaguarda.kernel.reference import BANK
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.accounting.commands.entries import JOURNAL, ZERO
from retaguarda.modules.accounting.model import MoneyAccount
from retaguarda.modules.company import api as company
from retaguarda.modules.reference import api as reference


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMoneyAccount(Command):
    """Adds a bank account, a cash box or a station's till, with an account of its own in the chart and with what was
    in it when the books began."""

    name: Annotated[str, Text(80, least=1)]
    kind: Annotated[str, Choice(rules.MONEY_KINDS, texts="accounting.money_kind")]
    branch_id: Annotated[str, Ref("branch")] | None = None
    station: Annotated[str, Text(40)] | None = None
    bank_code: Annotated[str, Text(10)] | None = None
    bank_agency: Annotated[str, Text(20)] | None = None
    bank_number: Annotated[str, Text(30)] | None = None
    opening_amount: Annotated[Decimal, Money()] = ZERO
    opening_on: Annotated[dt.date, Day()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMoney(Command):
    """Moves money from one money account to another and books it. Cash and tills give no more than they hold."""

    from_id: Annotated[str, Ref("money_account")]
    to_id: Annotated[str, Ref("money_account")]
    amount: Annotated[Decimal, Money(above=ZERO)]
    occurred_on: Annotated[dt.date, Day()] | None = None
    bank_reference: Annotated[str, Text(80)] | None = None
    memo: Annotated[str, Text(200)] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviseMoneyAccount(Command):
    """Changes what a money account is called and what the bank calls it; its kind, branch and station stay."""

    money_account_id: Annotated[str, Ref("money_account")]
    name: Annotated[str, Text(80, least=1)]
    bank_code: Annotated[str, Text(10)] | None = None
    bank_agency: Annotated[str, Text(20)] | None = None
    bank_number: Annotated[str, Text(30)] | None = None
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ArchiveMoneyAccount(Command):
    """Archives a money account that holds nothing any more."""

    money_account_id: Annotated[str, Ref("money_account")]
    version: Annotated[int, Version()] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestoreMoneyAccount(Command):
    """Brings an archived money account back into use."""

    money_account_id: Annotated[str, Ref("money_account")]
    version: Annotated[int, Version()] | None = None


def add_money_account(unit: Unit, command: AddMoneyAccount) -> Mapping[str, Any]:
    branch_id = command.branch_id or unit.actor.branch_id or str(company.first_branch(unit).id)
    company.reachable_branch(unit, branch_id)
    station = command.station or None
    faults = []
    if (command.kind == "till") != (station is not None):
        faults.append(Fault("station", "accounting.till_needs_station"))
    elif station is not None and api.till_of(unit, station) is not None:
        faults.append(Fault("station", "accounting.station_has_till", {"station": station}))
    if command.kind != "bank" and command.opening_amount < 0:
        faults.append(Fault("opening_amount", "accounting.cash_below_zero"))
    if faults:
        raise Invalid(*faults)
    key = api.add_money_account(
        unit,
        name=command.name,
        kind=command.kind,
        branch_id=branch_id,
        station=station,
        bank_code=command.bank_code or None,
        bank_agency=command.bank_agency or None,
        bank_number=command.bank_number or None,
    )
    _warn_of_bank(unit, command.bank_code)
    if command.opening_amount:
        _open(unit, api.money_account(unit, key), command.opening_amount, command.opening_on or unit.today)
    return {"id": key, "version": 1}


def _open(unit: Unit, into: api.MoneyAccountFacts, amount: Decimal, day: dt.date) -> None:
    source = (JOURNAL, unit.command_id)
    api.move_money(
        unit, api.Movement(money_account_id=into.id, amount=amount, kind="opening", source=source, occurred_on=day)
    )
    api.book(
        unit,
        api.Booking(
            rule=rules.MONEY_OPENED,
            source=source,
            branch_id=into.branch_id,
            amounts={"money": amount},
            accounts={"money": into.account_id},
            occurred_on=day,
        ),
    )


def revise_money_account(unit: Unit, command: ReviseMoneyAccount) -> Mapping[str, Any]:
    row = _row(unit, command)
    numbers = {
        "bank_code": command.bank_code or None,
        "bank_agency": command.bank_agency or None,
        "bank_number": command.bank_number or None,
    }
    _warn_of_bank(unit, command.bank_code)
    words = " ".join(word for word in (command.name, numbers["bank_number"], row.station) if word)
    unit.revise(MoneyAccount, row, name=command.name, folded=fold(words), **numbers)
    return {"id": row.id, "version": row.version + 1}


def _warn_of_bank(unit: Unit, code: str | None) -> None:
    """A bank may be younger than the table, so that it is pointed out and not refused."""
    if code and reference.is_unknown(unit, BANK, code):
        unit.warn("accounting.unknown_bank", bank=code)


def archive_money_account(unit: Unit, command: ArchiveMoneyAccount) -> Mapping[str, Any]:
    row = _row(unit, command)
    if row.archived:
        raise Refusal("accounting.money_account_archived", name=row.name)
    balance = api.money_account(unit, row.id).balance
    if balance:
        raise Refusal("accounting.money_left", name=row.name, balance=balance)
    unit.revise(MoneyAccount, row, archived=True)
    return {"id": row.id, "version": row.version + 1}


def restore_money_account(unit: Unit, command: RestoreMoneyAccount) -> Mapping[str, Any]:
    row = _row(unit, command)
    if not row.archived:
        raise Refusal("accounting.money_account_in_place", name=row.name)
    if row.station is not None and api.till_of(unit, row.station) is not None:
        raise Refusal("accounting.station_has_till", station=row.station)
    unit.revise(MoneyAccount, row, archived=False)
    return {"id": row.id, "version": row.version + 1}


def _row(unit: Unit, command: ReviseMoneyAccount | ArchiveMoneyAccount | RestoreMoneyAccount) -> MoneyAccount:
    row = unit.get(MoneyAccount, command.money_account_id, field="money_account_id")
    company.reachable_branch(unit, row.branch_id, field="money_account_id")
    unit.fresh(row, command.version, "money_account")
    return row


def transfer_money(unit: Unit, command: TransferMoney) -> Mapping[str, Any]:
    if command.from_id == command.to_id:
        raise Invalid(Fault("to_id", "accounting.same_money_account"))
    source_account = api.open_money_account(unit, command.from_id, "from_id")
    target = api.open_money_account(unit, command.to_id, "to_id")
    company.reachable_branch(unit, source_account.branch_id, field="from_id")
    source, memo = (JOURNAL, unit.command_id), command.memo or None
    moves = [(source_account, -command.amount, command.bank_reference or None), (target, command.amount, None)]
    api.move_money(
        unit,
        *(
            api.Movement(
                money_account_id=facts.id,
                amount=amount,
                kind="transferred",
                source=source,
                occurred_on=command.occurred_on,
                bank_reference=reference,
                memo=memo,
            )
            for facts, amount, reference in moves
        ),
    )
    entries = api.book(
        unit,
        api.Booking(
            rule=rules.MONEY_TRANSFERRED,
            source=source,
            branch_id=source_account.branch_id,
            amounts={"money": command.amount},
            accounts={"from": source_account.account_id, "to": target.account_id},
            occurred_on=command.occurred_on,
            memo=memo,
        ),
    )
    return {"id": entries[0]}
