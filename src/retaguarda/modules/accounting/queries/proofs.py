"""What `check` proves of the books."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, String, and_, case, cast, exists, func, literal_column, or_, select

from retaguarda.kernel.module import Proof
from retaguarda.modules.accounting import api

NOTHING: ColumnElement[Any] = literal_column("0")
SLASH: ColumnElement[Any] = literal_column("'/'")
_E, _L, _T = api.entry.c, api.entry_line.c, api.posting.c
_M, _B, _V = api.money_account_table.c, api.money_balance.c, api.money_movement.c
_P, _A = api.period.c, api.account.c


def _of_entry(what: ColumnElement[Any]) -> Any:
    return select(what).where(_L.entry_id == _E.id).correlate(api.entry).scalar_subquery()


_SUM, _COUNT = _of_entry(func.coalesce(func.sum(_L.amount), 0)), _of_entry(func.count(_L.id))

_ON_ACCOUNT = select(func.count(_L.id)).where(_L.account_id == _A.id).correlate(api.account).scalar_subquery()

_C, _LATER = api.period_change.c, api.period.alias("later")
_IN = and_(_L.occurred_on >= _P.starts_on, _L.occurred_on <= _P.ends_on)
_IN_MONTH = select(func.count(_L.id)).where(_IN).correlate(api.period).scalar_subquery()
_DEBITS = (
    select(func.coalesce(func.sum(case((_L.amount > NOTHING, _L.amount))), NOTHING))
    .where(_IN)
    .correlate(api.period)
    .scalar_subquery()
)


def _text(value: Any) -> ColumnElement[str]:
    return cast(value, String)


def _money(expected: Any) -> Select[Any]:
    total = func.coalesce(expected, NOTHING)
    return (
        select(_M.id, _text(total).label("expected"), _text(_B.balance).label("found"))
        .select_from(api.money_account_table.join(api.money_balance, _B.money_account_id == _M.id))
        .where(total != _B.balance)
    )


PROOFS = (
    Proof(
        "accounting.entries_balance",
        select(_E.id, literal_column("'0'").label("expected"), _text(_SUM).label("found")).where(_SUM != NOTHING),
    ),
    Proof(
        "accounting.entries_are_posted",
        select(_E.id, _text(_COUNT).label("expected"), _text(_T.line_count).label("found"))
        .select_from(api.entry.outerjoin(api.posting, _T.entry_id == _E.id))
        .where(or_(_T.line_count.is_(None), _T.line_count != _COUNT, _E.posting_id != _E.id)),
    ),
    Proof(
        "accounting.lines_keep_the_day",
        select(_L.id, _text(_E.occurred_on).label("expected"), _text(_L.occurred_on).label("found"))
        .join(api.entry, _E.id == _L.entry_id)
        .where(_L.occurred_on != _E.occurred_on),
    ),
    Proof(
        "accounting.entries_lie_in_their_month",
        select(_E.id, _text(_P.starts_on).label("expected"), _text(_E.occurred_on).label("found"))
        .join(api.period, _P.id == _E.period_id)
        .where(or_(_E.occurred_on < _P.starts_on, _E.occurred_on > _P.ends_on)),
    ),
    Proof(
        "accounting.lines_are_on_leaves",
        select(_A.id, literal_column("'0'").label("expected"), _text(_ON_ACCOUNT).label("found")).where(
            ~_A.postable, _ON_ACCOUNT > NOTHING
        ),
    ),
    # What was in a month when it was closed is in it still, and nothing more.
    Proof(
        "accounting.closed_months_stay",
        select(
            _P.id,
            (_text(_C.line_count) + SLASH + _text(_C.debit_amount)).label("expected"),
            (_text(_IN_MONTH) + SLASH + _text(_DEBITS)).label("found"),
        )
        .select_from(api.period.outerjoin(api.period_change, and_(_C.period_id == _P.id, _C.edition == _P.version)))
        .where(_P.state == "closed", or_(_C.id.is_(None), _C.line_count != _IN_MONTH, _C.debit_amount != _DEBITS)),
    ),
    Proof(
        "accounting.months_are_closed_in_order",
        select(_P.id, literal_column("'closed'").label("expected"), _P.state.label("found")).where(
            _P.state == "open",
            exists().where(_LATER.c.starts_on > _P.starts_on, _LATER.c.state == "closed"),
        ),
    ),
    Proof(
        "accounting.money_equals_movements",
        _money(
            select(func.sum(_V.amount))
            .where(_V.money_account_id == _M.id)
            .correlate(api.money_account_table)
            .scalar_subquery()
        ),
    ),
    Proof(
        "accounting.money_equals_books",
        _money(
            select(func.sum(_L.amount))
            .where(_L.account_id == _M.account_id)
            .correlate(api.money_account_table)
            .scalar_subquery()
        ),
    ),
)
