"""Trial balance, account's ledger, income statement and balance sheet, between two days.

Without days they run from the first of the month to today, or as `span` says: `last_month`, `year`, `all`. The books
are the company's: no row rule by branch.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Date,
    String,
    and_,
    bindparam,
    case,
    extract,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.sql.selectable import CTE, FromClause

from retaguarda.kernel.model import Key, Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api, rules
from retaguarda.modules.party import api as party

READ = "accounting.read"
NOTHING: ColumnElement[Any] = literal_column("0")
DOT: ColumnElement[Any] = literal_column("'.%'", String())
_A, _L, _E, _P = api.account.c, api.entry_line.c, api.entry.c, api.period.c
_LAY, _RL = api.report_layout.c, api.report_line.c
SINCE, UNTIL = bindparam("since", type_=Date()), bindparam("until", type_=Date())
CENTRE, ACCOUNT = bindparam("cost_centre", type_=Key()), bindparam("account", type_=Key())
SPAN = bindparam("span", type_=String())
_TODAY = bindparam("today", type_=Date())
_MONTH = select(func.max(_P.starts_on)).where(_P.starts_on <= _TODAY).scalar_subquery()
_LAST_MONTH = select(func.max(_P.starts_on)).where(_P.starts_on < _MONTH).scalar_subquery()
_LAST_END = select(func.max(_P.ends_on)).where(_P.starts_on < _MONTH).scalar_subquery()
_YEAR = select(func.min(_P.starts_on)).where(extract("year", _P.starts_on) == extract("year", _TODAY)).scalar_subquery()
_ALL = select(func.min(_P.starts_on)).scalar_subquery()
_FIRST = case((SPAN == "last_month", _LAST_MONTH), (SPAN == "year", _YEAR), (SPAN == "all", _ALL), else_=_MONTH)
FIRST = func.coalesce(SINCE, _FIRST, _TODAY, type_=Date())
LAST = func.coalesce(UNTIL, case((SPAN == "last_month", _LAST_END)), _TODAY, type_=Date())
DAYS: Mapping[str, BindParameter[Any]] = {"since": SINCE, "until": UNTIL, "span": SPAN, "cost_centre_id": CENTRE}
_OF_CENTRE = or_(CENTRE.is_(None), _L.cost_centre_id == CENTRE)
_LEAF = api.account.alias("leaf")


def _sum(column: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.coalesce(func.sum(column), NOTHING, type_=Minor(2))


def _below(leaf: FromClause, node: FromClause) -> ColumnElement[bool]:
    """Whether `leaf` is the account itself or stands below it."""
    return or_(leaf.c.code == node.c.code, leaf.c.code.like(node.c.code + DOT))


def _when(condition: ColumnElement[bool], value: ColumnElement[Any] = _L.amount) -> ColumnElement[Any]:
    return func.sum(case((condition, value), else_=NOTHING))


_MOVED = (
    select(
        _L.account_id,
        _when(_L.occurred_on < FIRST).label("opening"),
        _when(and_(_L.occurred_on >= FIRST, _L.amount > NOTHING)).label("debit"),
        _when(and_(_L.occurred_on >= FIRST, _L.amount < NOTHING), -_L.amount).label("credit"),
        func.sum(_L.amount).label("closing"),
    )
    .where(_L.occurred_on <= LAST, _OF_CENTRE)
    .group_by(_L.account_id)
    .cte("moved")
)


@dataclass(frozen=True, slots=True)
class TrialBalanceRow:
    """An account between two days: what it held, what came and went, what it holds; debits above zero."""

    id: str
    code: str
    name: str
    kind: str
    level: int
    postable: bool
    opening_amount: Decimal
    debit_amount: Decimal
    credit_amount: Decimal
    closing_amount: Decimal


_BALANCES = (
    select(
        _A.id,
        _A.code,
        _A.name,
        _A.kind,
        (func.length(_A.code) - func.length(func.replace(_A.code, ".", ""))).label("level"),
        _A.postable,
        _A.folded,
        _sum(_MOVED.c.opening).label("opening_amount"),
        _sum(_MOVED.c.debit).label("debit_amount"),
        _sum(_MOVED.c.credit).label("credit_amount"),
        _sum(_MOVED.c.closing).label("closing_amount"),
    )
    .select_from(api.account.join(_LEAF, _below(_LEAF, api.account)).join(_MOVED, _MOVED.c.account_id == _LEAF.c.id))
    .group_by(_A.id, _A.code, _A.name, _A.kind, _A.postable, _A.folded)
    .subquery("balances")
)
trial_balance = Query(
    "accounting.trial_balance",
    TrialBalanceRow,
    select(*(column for column in _BALANCES.c if column.key != "folded")),
    permission=READ,
    key=_BALANCES.c.id,
    order="code",
    search=_BALANCES.c.folded,
    given=DAYS,
)

_RUN = (
    select(
        _L.id,
        _L.entry_id,
        _L.occurred_on,
        _E.rule,
        _E.source_number,
        # An expression, since the outer join may find no name.
        func.nullif(party.party.c.name, literal_column("''")).label("party_name"),
        func.coalesce(_L.memo, _E.memo).label("memo"),
        case((_L.amount > NOTHING, _L.amount)).label("debit"),
        case((_L.amount < NOTHING, -_L.amount)).label("credit"),
        func.sum(_L.amount, type_=Minor(2)).over(order_by=(_L.occurred_on, _L.id)).label("balance"),
    )
    .select_from(
        api.entry_line.join(api.entry, _E.id == _L.entry_id).outerjoin(party.party, party.party.c.id == _E.party_id)
    )
    .where(_L.account_id == ACCOUNT)
    .subquery("run")
)


@dataclass(frozen=True, slots=True)
class LedgerRow:
    """A line of an account with what the account held after it."""

    id: str
    entry_id: str
    occurred_on: dt.date
    rule: str
    source_number: str | None
    party_name: str | None
    memo: str | None
    debit: Decimal | None
    credit: Decimal | None
    balance: Decimal


account_ledger = Query(
    "accounting.account_ledger",
    LedgerRow,
    select(*_RUN.c),
    permission=READ,
    key=_RUN.c.id,
    order="occurred_on",
    given={"account_id": ACCOUNT},
)


@dataclass(frozen=True, slots=True)
class AccountCardRow:
    """An account and what is in it, with all below it."""

    id: str
    version: int
    code: str
    name: str
    kind: str
    parent_name: str | None
    postable: bool
    archived: bool
    line_count: int
    debit_amount: Decimal
    credit_amount: Decimal
    balance: Decimal


_PARENT = api.account.alias("parent")


def _of_account(column: ColumnElement[Any]) -> Any:
    below = select(column).select_from(api.entry_line.join(_LEAF, _LEAF.c.id == _L.account_id))
    return below.where(_below(_LEAF, api.account)).correlate(api.account).scalar_subquery()


account_card = Query(
    "accounting.account_card",
    AccountCardRow,
    select(
        _A.id,
        _A.version,
        _A.code,
        _A.name,
        _A.kind,
        _PARENT.c.name.label("parent_name"),
        _A.postable,
        _A.archived,
        _of_account(func.count(_L.id)).label("line_count"),
        _of_account(_sum(case((_L.amount > NOTHING, _L.amount)))).label("debit_amount"),
        _of_account(_sum(case((_L.amount < NOTHING, -_L.amount)))).label("credit_amount"),
        _of_account(_sum(_L.amount)).label("balance"),
    ).select_from(api.account.outerjoin(_PARENT, _PARENT.c.id == _A.parent_id)),
    permission=READ,
    key=_A.id,
    order="code",
)


def _laid_out(report: str, from_start: bool, sign: ColumnElement[Any]) -> CTE:
    """The present lines of a report, those of accounts and the result with their amounts."""
    root = api.account.alias("root")
    first = _L.occurred_on <= LAST if from_start else and_(_L.occurred_on >= FIRST, _L.occurred_on <= LAST)
    sums = select(_L.account_id, func.sum(_L.amount).label("amount")).where(first, _OF_CENTRE).group_by(_L.account_id)
    of = sums.cte(f"{report}_sums")
    shown = (
        select(func.sum(of.c.amount) * sign)
        .select_from(_LEAF.join(of, of.c.account_id == _LEAF.c.id))
        .where(or_(_LEAF.c.code == root.c.code, _LEAF.c.code.like(root.c.code + DOT)))
        .correlate(root)
        .scalar_subquery()
    )
    result = (
        select(-func.sum(of.c.amount))
        .select_from(_LEAF.join(of, of.c.account_id == _LEAF.c.id))
        .where(_LEAF.c.kind.in_(sorted(rules.RESULT_KINDS)))
        .scalar_subquery()
    )
    amount = case((_RL.kind == rules.ACCOUNTS, shown), (_RL.kind == rules.RESULT, result), else_=NOTHING)
    return (
        select(
            _RL.id,
            _RL.position,
            _RL.kind,
            func.coalesce(root.c.name, _RL.label).label("label"),
            func.coalesce(root.c.code, literal_column("''")).label("code"),
            _RL.account_id,
            func.coalesce(amount, NOTHING).label("amount"),
        )
        .select_from(
            api.report_line.join(
                api.report_layout, and_(_LAY.id == _RL.layout_id, _LAY.version == _RL.edition)
            ).outerjoin(root, root.c.id == _RL.account_id)
        )
        .where(_LAY.report == report)
        .cte(f"{report}_lines")
    )


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A line of the income statement or balance sheet."""

    id: str
    position: int
    kind: str
    code: str
    label: str
    account_id: str | None
    amount: Decimal


def _report(name: str, lines: CTE) -> Query:
    above, mark = lines.alias("above"), lines.alias("mark")

    def since(*kinds: str) -> ColumnElement[Any]:
        last = select(func.max(mark.c.position)).where(mark.c.position < lines.c.position, mark.c.kind.in_(kinds))
        found: ColumnElement[Any] = func.coalesce(last.correlate(lines).scalar_subquery(), NOTHING)
        return found

    start = case(
        (lines.c.kind == rules.SUBTOTAL, since(rules.SUBTOTAL, rules.TOTAL)),
        (lines.c.kind == rules.TOTAL, since(rules.TOTAL)),
        else_=NOTHING,
    )
    summed = (
        select(func.sum(above.c.amount))
        .where(above.c.position < lines.c.position, above.c.position > start)
        .correlate(lines)
        .scalar_subquery()
    )
    own = lines.c.kind.in_((rules.ACCOUNTS, rules.RESULT))
    amount = func.coalesce(case((own, lines.c.amount), else_=summed), NOTHING, type_=Minor(2))
    return Query(
        name,
        ReportRow,
        select(
            lines.c.id,
            lines.c.position,
            lines.c.kind,
            lines.c.code,
            lines.c.label,
            lines.c.account_id,
            amount.label("amount"),
        ),
        permission=READ,
        key=lines.c.id,
        order="position",
        given=DAYS,
    )


income_statement = _report("accounting.income_statement", _laid_out(rules.INCOME, False, literal_column("-1")))
balance_sheet = _report(
    "accounting.balance_sheet",
    _laid_out(rules.BALANCE, True, literal_column("CASE root.kind WHEN 'asset' THEN 1 ELSE -1 END")),
)


@dataclass(frozen=True, slots=True)
class LayoutRow:
    """The layout of a report with its lines."""

    id: str
    version: int
    report: str
    lines: tuple[NestedRow, ...]


report_layouts = Query(
    "accounting.report_layouts",
    LayoutRow,
    select(
        _LAY.id,
        _LAY.version,
        _LAY.report,
        nested(
            (
                _RL.position,
                _RL.kind,
                _RL.label,
                _RL.account_id,
                func.coalesce(
                    select(_A.code + literal_column("' '") + _A.name).where(_A.id == _RL.account_id).scalar_subquery(),
                    literal_column("''"),
                ).label("account_name"),
            ),
            _RL.layout_id == _LAY.id,
            _RL.edition == _LAY.version,
            order="position",
        ).label("lines"),
    ),
    permission=READ,
    key=_LAY.id,
    order="report",
)
