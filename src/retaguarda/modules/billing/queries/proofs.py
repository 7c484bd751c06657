"""What `check` proves of billing: documents and their parts, balances and their ledgers, series, tills, the books."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, FromClause, String, Table, case, cast, func, literal, or_, select

from retaguarda.kernel.module import Proof
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api.tables import money, open_amount
from retaguarda.modules.billing.model.tills import MOVES_TILLS

_I, _L, _P, _R, _E, _S = (
    api.invoice,
    api.invoice_line,
    api.instalment,
    api.receivable,
    api.receivable_entry,
    api.settlement,
)
_M, _C, _CE, _N, _NL = (
    api.settlement_money,
    api.customer_credit,
    api.customer_credit_entry,
    api.credited_line,
    api.credit_note_line,
)
_T, _B, _TE, _TC = api.till_session, api.till_balance, api.till_entry, api.till_closing
_ZERO = Decimal(0)


def _sum(value: ColumnElement[Any], *where: ColumnElement[bool], source: FromClause | None = None) -> Any:
    found = select(func.coalesce(func.sum(value), _ZERO))
    if source is not None:
        found = found.select_from(source)
    return found.where(*where).scalar_subquery()


def _differ(name: str, table: Table, key: ColumnElement[Any], expected: Any, found: Any) -> Proof:
    return Proof(
        f"billing.{name}",
        select(key.label("id"), expected.label("expected"), found.label("found"))
        .select_from(table)
        .where(expected != found),
    )


_LINES = select(func.sum(_L.c.net_amount)).where(_L.c.invoice_id == _I.c.id).scalar_subquery()
_DOCUMENTS = (
    Proof(
        "billing.total_equals_lines",
        select(_I.c.id, _LINES.label("expected"), _I.c.total_amount.label("found")).where(
            or_(_LINES.is_(None), _I.c.total_amount != _LINES)
        ),
    ),
    _differ("total_equals_instalments", _I, _I.c.id, _sum(_P.c.amount, _P.c.invoice_id == _I.c.id), _I.c.total_amount),
    _differ(
        "settlement_equals_entries",
        _S,
        _S.c.id,
        _sum(
            money(_E.c.principal_amount + _E.c.interest_amount + _E.c.fine_amount - _E.c.discount_amount),
            _E.c.settlement_id == _S.c.id,
        ),
        money(_S.c.principal_amount + _S.c.interest_amount + _S.c.fine_amount - _S.c.discount_amount),
    ),
    _differ(
        "settlement_equals_money", _S, _S.c.id, _sum(_M.c.amount, _M.c.settlement_id == _S.c.id), _S.c.money_amount
    ),
)
_O = api.opening_receivable


def _taken_back() -> ColumnElement[Any]:
    return case((_O.c.state == rules.REVERSED, _O.c.amount), else_=_ZERO)


def _annulled() -> Any:
    return _sum(
        _E.c.principal_amount,
        _E.c.receivable_id == _O.c.id,
        _S.c.id == _E.c.settlement_id,
        _S.c.kind == rules.ANNULMENT,
    )


_BALANCES = (
    Proof(
        "billing.receivable_equals_instalment",
        select(_P.c.id, _P.c.amount.label("expected"), _R.c.due_amount.label("found"))
        .select_from(_P.outerjoin(_R, _R.c.id == _P.c.id))
        .where(or_(_R.c.id.is_(None), _R.c.due_amount != _P.c.amount)),
    ),
    _differ("opening_equals_instalment", _O, _O.c.id, _sum(_P.c.amount, _P.c.opening_id == _O.c.id), _O.c.amount),
    # What was taken back owes nothing, and by an annulment; what stands was annulled by none.
    _differ("opening_taken_back", _O, _O.c.id, _taken_back(), _annulled()),
    _differ(
        "settled_equals_entries",
        _R,
        _R.c.id,
        _sum(_E.c.principal_amount, _E.c.receivable_id == _R.c.id),
        _R.c.settled_amount,
    ),
    _differ(
        "credit_equals_entries", _C, _C.c.party_id, _sum(_CE.c.amount, _CE.c.party_id == _C.c.party_id), _C.c.amount
    ),
    _differ(
        "credited_equals_notes",
        _N,
        _N.c.invoice_line_id,
        _sum(_NL.c.net_amount, _NL.c.invoice_line_id == _N.c.invoice_line_id),
        _N.c.credited_amount,
    ),
)


def _till_cash() -> ColumnElement[Any]:
    """The float, what was put in and taken out, and the cash of payments."""
    entries = _sum(_TE.c.amount, _TE.c.session_id == _B.c.session_id)
    paid = _sum(_M.c.amount, _M.c.till_session_id == _B.c.session_id, _M.c.method == rules.CASH)
    floated = select(_T.c.float_amount).where(_T.c.id == _B.c.session_id).scalar_subquery()
    return money(floated + entries + paid)


_MA, _MB, _MM = accounting.money_account_table, accounting.money_balance, accounting.money_movement


def _in_drawer() -> ColumnElement[Any]:
    """What lies in a drawer: the cash of its sessions, and while none is open what was put in by others since the last
    one closed. Whoever opens it next counts that."""
    mine = _B.c.money_account_id == _MA.c.id
    is_open = select(_B.c.session_id).where(mine, _B.c.state == "open").exists()
    closed_at = (
        select(func.max(_TC.c.at))
        .join(_B, _B.c.session_id == _TC.c.session_id)
        .where(mine)
        .correlate(_MA)
        .scalar_subquery()
    )
    by_others = _MM.c.source_table.not_in(MOVES_TILLS)
    since = _sum(_MM.c.amount, _MM.c.money_account_id == _MA.c.id, by_others, _MM.c.at >= closed_at)
    return money(_sum(_B.c.cash_amount, mine) + case((is_open, _ZERO), else_=since))


_DIFFERENCE = _sum(_TE.c.amount, _TE.c.session_id == _TC.c.session_id, _TE.c.kind == "difference")
_TILLS = (
    _differ("till_equals_movements", _B, _B.c.session_id, _till_cash(), _B.c.cash_amount),
    _differ("till_difference_posted", _TC, _TC.c.session_id, _DIFFERENCE, _TC.c.difference_amount),
    Proof(
        "billing.drawer_equals_till",
        select(
            _MA.c.id,
            _in_drawer().label("expected"),
            _MB.c.balance.label("found"),
        )
        .join(_MB, _MB.c.money_account_id == _MA.c.id)
        .where(
            _MA.c.kind == "till",
            select(_T.c.id).where(_T.c.money_account_id == _MA.c.id).exists(),
            _MB.c.balance != _in_drawer(),
        ),
    ),
)


def _booked(role: str) -> Any:
    """The balance of the account that has this role, debits above zero."""
    line, holder = accounting.entry_line, accounting.account_role
    return (
        select(func.coalesce(func.sum(line.c.amount), _ZERO))
        .select_from(line.join(holder, holder.c.account_id == line.c.account_id))
        .where(holder.c.role == role)
        .scalar_subquery()
    )


def _books(name: str, role: str, kept: Any) -> Proof:
    return Proof(
        f"billing.{name}",
        select(cast(literal(role), String).label("id"), kept.label("expected"), _booked(role).label("found")).where(
            kept != _booked(role)
        ),
    )


_BOOKS = (
    _books("books_equal_receivables", "receivable", _sum(open_amount)),
    _books("books_equal_credits", "customer_credit", _sum(-_C.c.amount)),
)

PROOFS: tuple[Proof, ...] = (*_DOCUMENTS, *_BALANCES, *_TILLS, *_BOOKS)
