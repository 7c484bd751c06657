"""Money accounts with what is in them, and their movements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.kernel.reference import BANK, CodeUse
from retaguarda.modules.accounting import api
from retaguarda.modules.accounting.queries.chart import ChoiceRow
from retaguarda.modules.company import api as company

READ_MONEY = "accounting.read_money"
_M, _B, _V = api.money_account_table.c, api.money_balance.c, api.money_movement.c


@dataclass(frozen=True, slots=True)
class MoneyAccountRow:
    """A bank account, cash box or till and how much there is."""

    id: str
    version: int
    name: str
    kind: str
    branch_id: str
    branch_name: str
    account_id: str
    account_code: str
    station: str | None
    bank_code: str | None
    bank_agency: str | None
    bank_number: str | None
    archived: bool
    balance: Decimal
    allowed: tuple[str, ...] = ()


def _allowed(row: MoneyAccountRow) -> tuple[str, ...]:
    if row.archived:
        return ("accounting.restore_money_account",)
    archive = () if row.balance else ("accounting.archive_money_account",)
    return ("accounting.revise_money_account", "accounting.transfer_money", *archive)


money_accounts = Query(
    "accounting.money_accounts",
    MoneyAccountRow,
    select(
        _M.id,
        _M.version,
        _M.name,
        _M.kind,
        _M.branch_id,
        company.branch.c.name.label("branch_name"),
        _M.account_id,
        api.account.c.code.label("account_code"),
        _M.station,
        _M.bank_code,
        _M.bank_agency,
        _M.bank_number,
        _M.archived,
        _B.balance,
    ).select_from(
        api.money_account_table.join(api.money_balance, _B.money_account_id == _M.id)
        .join(company.branch, company.branch.c.id == _M.branch_id)
        .join(api.account, api.account.c.id == _M.account_id)
    ),
    permission=READ_MONEY,
    key=_M.id,
    order="name",
    search=_M.folded,
    branch=_M.branch_id,
    allowed=_allowed,
)
BANK_CODES = CodeUse(
    "money_accounts",
    BANK,
    READ_MONEY,
    select(_M.id, _M.name, _M.bank_code.label("code"), _M.branch_id).where(~_M.archived),
)
money_account_choices = Query(
    "accounting.money_account_choices",
    ChoiceRow,
    select(_M.id, _M.name, company.branch.c.name.label("sub"))
    .join(company.branch, company.branch.c.id == _M.branch_id)
    .where(~_M.archived),
    permission=READ_MONEY,
    key=_M.id,
    order="name",
    search=_M.folded,
    branch=_M.branch_id,
)


@dataclass(frozen=True, slots=True)
class MoneyMovementRow:
    """Money that came in or went out."""

    id: str
    money_account_id: str
    money_account_name: str
    occurred_on: dt.date
    at: dt.datetime
    movement: str
    amount: Decimal
    source_table: str
    source_id: str
    bank_reference: str | None
    memo: str | None


money_movements = Query(
    "accounting.money_movements",
    MoneyMovementRow,
    select(
        _V.id,
        _V.money_account_id,
        _M.name.label("money_account_name"),
        _V.occurred_on,
        _V.at,
        _V.kind.label("movement"),
        _V.amount,
        _V.source_table,
        _V.source_id,
        _V.bank_reference,
        _V.memo,
    ).join(api.money_account_table, _M.id == _V.money_account_id),
    permission=READ_MONEY,
    key=_V.id,
    order="-occurred_on",
    branch=_M.branch_id,
)
