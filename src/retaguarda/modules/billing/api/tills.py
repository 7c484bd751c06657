"""The open till of a station, and the money account that a payment goes through."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Fault, Invalid, Refusal
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.api.settling import Money
from retaguarda.modules.billing.api.tables import till_balance, till_session
from retaguarda.modules.company import api as company

_B, _S = till_balance.c, till_session.c
OPEN = "open"
_TILL = select(*till_session.c, _B.state, _B.cash_amount).join(till_balance, _B.session_id == _S.id)
TILL_HERE = Statement(
    _TILL.where(
        _B.state == OPEN,
        _B.branch_id == bindparam("branch_id", type_=_B.branch_id.type),
        _B.station == bindparam("station"),
    )
)
TILL_OF_DRAWER = Statement(
    _TILL.where(_B.state == OPEN, _B.money_account_id == bindparam("money_account_id", type_=_B.money_account_id.type))
)
SESSION = Statement(_TILL.where(_S.id == bindparam("session_id", type_=_S.id.type)).with_for_update(of=till_balance))


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentMoney:
    """Some of the money of a payment; without an amount it is what the others leave to be paid. Cash without an
    account named goes through the open till of the station."""

    method: str
    amount: Decimal | None = None
    money_account_id: str | None = None
    bank_reference: str | None = None


def open_till(reads: Reads, branch_id: str, station: str) -> Any | None:
    """The session that is open at this station, with its `cash_amount`; None when there is none."""
    return reads.one(TILL_HERE, branch_id=branch_id, station=station)


def moneys_of(unit: Unit, branch_id: str, asked: Sequence[PaymentMoney], *, sign: int = 1) -> list[Money]:
    """The moneys with their accounts: cash through the open till; refuses money without a place to go to."""
    cash = any(money.method == rules.CASH for money in asked)
    here = open_till(unit, branch_id, unit.actor.station) if cash else None
    return [_money(unit, here, money, f"money.{place}", sign) for place, money in enumerate(asked, 1)]


def money_back(unit: Unit, branch_id: str, asked: PaymentMoney) -> list[Money]:
    """The money that leaves for a customer; refuses an account of a branch where the actor does not work."""
    moneys = moneys_of(unit, branch_id, [asked], sign=-1)
    for money in moneys:
        if money.account.branch_id != branch_id:
            company.reachable_branch(unit, money.account.branch_id, "money_account_id")
    return moneys


def _money(unit: Unit, here: Any | None, asked: PaymentMoney, path: str, sign: int) -> Money:
    till = here
    account_id = asked.money_account_id
    if account_id is None:
        if asked.method != rules.CASH:
            raise Invalid(Fault(f"{path}.money_account_id", "billing.no_money_account"))
        if here is None:
            raise Refusal("billing.no_open_till", field=f"{path}.money_account_id", station=unit.actor.station)
        account_id = here.money_account_id
    account = accounting.open_money_account(unit, account_id, f"{path}.money_account_id")
    if account.kind == "till":
        if asked.method != rules.CASH:
            raise Invalid(Fault(f"{path}.method", "billing.only_cash_in_till"))
        if here is None or here.money_account_id != account_id:
            till = unit.one(TILL_OF_DRAWER, money_account_id=account_id)
        if till is None:
            raise Refusal("billing.no_open_till", field=f"{path}.money_account_id", station=account.name)
    elif asked.method == rules.CASH:
        # Cash that goes elsewhere than into a till lies in no drawer that is counted.
        till = None
    return Money(
        account=account,
        method=asked.method,
        amount=(asked.amount or Decimal(0)) * sign,
        bank_reference=asked.bank_reference or None,
        till_session_id=till.id if till is not None else None,
    )
