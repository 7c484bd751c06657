"""The cash that is to come: from the money of today on, what customers owe and what suppliers are owed, by due day,
and what is ordered without an invoice yet, by the day it is promised or expected for.

What is overdue stands with the money of today: it may come, or have to be paid, any day. A supplier's credit lowers
what goes out. A customer's order counts from its confirmation to its invoice. A line of a purchase counts until it is
billed, with what of its amount no posted invoice has taken; where the order is closed only if all of it came: what of a
part will be billed nobody can say.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, fields
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    Date,
    Select,
    String,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    or_,
    select,
    type_coerce,
    union_all,
)

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Key, Minor
from retaguarda.kernel.periods import WEEK, day_before, period_begin
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api as billing
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api as purchasing
from retaguarda.modules.sales import api as sales

READ = "reports.read_cash"
TODAY, UNTIL = bindparam("today", type_=Date()), bindparam("until", type_=Date())
BRANCH, GRAIN = bindparam("of_branch", type_=Key()), bindparam("grain", type_=String())
_O, _B = sales.sales_order.c, purchasing.purchase_order.c
_R, _N, _P = billing.receivable.c, billing.instalment.c, purchasing.payable.c
_I, _WHO, _PLACE = billing.invoice.c, party.party.c, company.branch.c
_NOTHING = literal_column("0", Minor(2))
FIRST = "0"


_OWED = (
    billing.receivable.join(billing.instalment, _N.id == _R.id)
    .outerjoin(billing.invoice, _I.id == _N.invoice_id)
    .outerjoin(billing.opening_receivable, billing.opening_receivable.c.id == _N.opening_id)
)
_TO_COME: Select[Any] = (
    select(
        _R.id,
        word("in").label("kind"),
        _R.branch_id,
        _R.party_id,
        func.coalesce(cast(_I.number, String), billing.opening_receivable.c.number).label("number"),
        _R.due_on,
        billing.open_amount.label("in_amount"),
        _NOTHING.label("out_amount"),
        func.coalesce(_N.invoice_id, _R.party_id).label("leads_to"),
        case((_N.invoice_id.is_(None), "billing.account_page"), else_="billing.invoice_page").label("opens"),
    )
    .select_from(_OWED)
    .where(billing.is_open)
)
_TO_PAY: Select[Any] = select(
    _P.id,
    word("out"),
    _P.branch_id,
    _P.supplier_id,
    _P.number,
    _P.due_on,
    _NOTHING,
    _P.open_amount,
    _P.document_id,
    case(
        (_P.document_table == purchasing.OPENING, "purchasing.opening_page"),
        (_P.invoice_id.is_(None), "purchasing.return_page"),
        else_="purchasing.invoice_page",
    ),
).where(_P.open_amount != Decimal(0))
_ORDERED: Select[Any] = select(
    _O.id,
    word("order"),
    _O.branch_id,
    _O.customer_id,
    cast(_O.number, String),
    _O.promised_on,
    _O.total_amount,
    _NOTHING,
    _O.id,
    word("sales.order_page"),
).where(sales.unbilled(), _O.total_amount > _NOTHING)
_BOUGHT: Select[Any] = (
    select(
        _B.id,
        word("purchase"),
        _B.branch_id,
        _B.supplier_id,
        cast(_B.number, String),
        _B.expected_on,
        _NOTHING,
        purchasing.to_be_billed.c.amount,
        _B.id,
        word("purchasing.order_page"),
    )
    .join(purchasing.to_be_billed, purchasing.to_be_billed.c.order_id == _B.id)
    .where(purchasing.to_be_billed.c.amount > _NOTHING)
)
_DUES = union_all(_TO_COME, _TO_PAY, _ORDERED, _BOUGHT).subquery("cash_due")
_D = _DUES.c
_ZEROS = "0" * 40
"""As long as a number is at most: behind them the last 40 characters of every number sort as numbers do."""


@dataclass(frozen=True, slots=True)
class CashDueRow:
    """An instalment, or an order without an invoice, that is to come in or to go out; `leads_to` is the key of the
    paper that it `opens`."""

    id: str
    kind: str
    branch_id: str
    branch_name: str
    party_name: str
    number: str | None
    number_place: str | None
    due_on: dt.date
    in_amount: Decimal
    out_amount: Decimal
    leads_to: str
    opens: str


_PLACE_OF_NUMBER = func.substr(word(_ZEROS).op("||")(_D.number), func.length(_D.number) + 1, type_=String())
_BESIDE: dict[str, Any] = {"branch_name": _PLACE.name, "party_name": _WHO.name, "number_place": _PLACE_OF_NUMBER}


def _columns() -> list[Any]:
    return [_BESIDE[f.name].label(f.name) if f.name in _BESIDE else _D[f.name] for f in fields(CashDueRow)]


cash_due = Query(
    "reports.cash_due",
    CashDueRow,
    select(*_columns()).select_from(
        _DUES.join(party.party, _WHO.id == _D.party_id).join(company.branch, _PLACE.id == _D.branch_id)
    ),
    permission=READ,
    key=_D.id,
    order="due_on",
    search=_WHO.folded,
    branch=_D.branch_id,
    sorted_by={"number": "number_place"},
)


@dataclass(frozen=True, slots=True)
class CashRow:
    """What comes in and goes out in a day, week or month (`coming`), and what there is in the end of it.

    The first row (`begin`) holds the money of today and all that is overdue. `first_on` and `last_on` are the days
    whose dues it adds up; those of the first row are over before today.
    """

    id: str
    standing: str
    begun_on: dt.date | None
    first_on: dt.date
    last_on: dt.date
    held_amount: Decimal | None
    in_amount: Decimal
    out_amount: Decimal
    balance_amount: Decimal | None

    @property
    def net_amount(self) -> Decimal:
        """What there is and comes in, less what goes out."""
        return (self.held_amount or 0) + self.in_amount - self.out_amount


_MONEY, _HELD = accounting.money_account_table.c, accounting.money_balance.c
_BEGIN = period_begin(_D.due_on, func.coalesce(GRAIN, WEEK))
_OVERDUE = _D.due_on < TODAY
_EVERY = union_all(
    select(
        word(FIRST).label("id"),
        type_coerce(cast(None, Date), Date()).label("begun_on"),
        cast(None, Date).label("due_on"),
        type_coerce(_HELD.balance, Minor(2)).label("held_amount"),
        _NOTHING.label("in_amount"),
        _NOTHING.label("out_amount"),
    )
    .join(accounting.money_account_table, _MONEY.id == _HELD.money_account_id)
    .where(or_(BRANCH.is_(None), _MONEY.branch_id == BRANCH), company.sees(_MONEY.branch_id)),
    select(
        case((_OVERDUE, word(FIRST)), else_=cast(_BEGIN, String)),
        case((_OVERDUE, None), else_=_BEGIN),
        _D.due_on,
        _NOTHING,
        _D.in_amount,
        _D.out_amount,
    ).where(
        or_(UNTIL.is_(None), _D.due_on <= UNTIL, _OVERDUE),
        or_(BRANCH.is_(None), _D.branch_id == BRANCH),
        company.sees(_D.branch_id),
    ),
).subquery("cash_part")
_E = _EVERY.c


def _sum(name: str) -> Any:
    return func.sum(_E[name], type_=Minor(2)).label(name)


# A row without a due is the first one, where nothing is overdue.
_YESTERDAY = day_before(TODAY)
_ROWS = (
    select(
        _E.id,
        case((_E.id == word(FIRST), word("begin")), else_=word("coming")).label("standing"),
        func.min(_E.begun_on).label("begun_on"),
        func.coalesce(func.min(_E.due_on), _YESTERDAY, type_=Date()).label("first_on"),
        func.coalesce(func.max(_E.due_on), _YESTERDAY, type_=Date()).label("last_on"),
        case((_E.id == word(FIRST), _sum("held_amount").element)).label("held_amount"),
        _sum("in_amount"),
        _sum("out_amount"),
    )
    .group_by(_E.id)
    .subquery("cash_sum")
)
_S = _ROWS.c
_BALANCE = func.sum(
    func.coalesce(_S.held_amount, Decimal(0), type_=Minor(2)) + _S.in_amount - _S.out_amount, type_=Minor(2)
).over(order_by=_S.id)
_FORECAST = select(*_S, _BALANCE.label("balance_amount")).subquery("cash_forecast").c
cash_forecast = Query(
    "reports.cash_forecast",
    CashRow,
    select(*_FORECAST),
    permission=READ,
    key=_FORECAST.id,
    order="id",
    given={"until": UNTIL, "branch_id": BRANCH, "grain": GRAIN},
)

CASH = (cash_due, cash_forecast)
