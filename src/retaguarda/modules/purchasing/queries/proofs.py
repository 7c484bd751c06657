"""What `check` proves of purchasing."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, String, and_, case, cast, func, literal_column, or_, select

from retaguarda.kernel.module import Proof
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.inventory import api as inventory
from retaguarda.modules.purchasing import api, rules

ZERO: ColumnElement[Any] = literal_column("0")
_O, _L, _B = api.purchase_order.c, api.purchase_order_line.c, api.purchase_line_balance.c
_X = inventory.expected_movement.c


def text(value: ColumnElement[Any]) -> ColumnElement[str]:
    """A figure as `check` shows it, in minor units."""
    return cast(value, String)


_LINE_SUM = (
    select(func.coalesce(func.sum(_L.net_amount), ZERO)).where(_L.order_id == _O.id, _L.active).scalar_subquery()
)
_CAME = func.coalesce(_B.received, ZERO)
_STILL = case(
    (and_(_L.active, or_(*(_O.state == s for s in rules.AWAITED)), _L.quantity > _CAME), _L.quantity - _CAME),
    else_=ZERO,
)

_RL, _TL, _G, _M = (
    api.purchase_receipt_line.c,
    api.supplier_return_line.c,
    api.purchase_billing.c,
    inventory.stock_move.c,
)
_I, _P, _N, _Y = api.supplier_invoice.c, api.payable.c, api.payable_entry.c, api.supplier_payment.c


def _sum(of: ColumnElement[Any], *where: ColumnElement[bool], outer: Any = None) -> Any:
    core = select(func.coalesce(func.sum(of), ZERO)).where(*where)
    return (core if outer is None else core.correlate(outer)).scalar_subquery()


def _balance(name: str, column: ColumnElement[Any], of: ColumnElement[Any], *where: ColumnElement[bool]) -> Proof:
    """A balance of a line is the sum of its ledger."""
    ledger = _sum(of, *where, outer=api.purchase_line_balance)
    return Proof(
        f"purchasing.{name}",
        select(_B.id, text(ledger).label("expected"), text(column).label("found")).where(column != ledger),
    )


def _equals(name: str, key: ColumnElement[Any], expected: Any, found: Any, *where: ColumnElement[bool]) -> Proof:
    return Proof(
        f"purchasing.{name}",
        select(key, text(expected).label("expected"), text(found).label("found")).where(expected != found, *where),
    )


_R, _T = api.purchase_receipt.c, api.supplier_return.c
_TAKEN_IN = _sum(_RL.quantity, _RL.receipt_id == _R.id, outer=api.purchase_receipt)
_CAME_IN = _sum(_M.quantity, _M.document_id == _R.id, _M.kind == "receipt", outer=api.purchase_receipt)
_SENT = _sum(_TL.quantity, _TL.return_id == _T.id, outer=api.supplier_return)
_WENT = _sum(_M.quantity, _M.document_id == _T.id, _M.kind == "back", outer=api.supplier_return)
_OPENED = _sum(_P.amount, _P.invoice_id == _I.id, outer=api.supplier_invoice)
_OWED = _sum(_N.amount, _N.payable_id == _P.id, outer=api.payable)
_SETTLED = _sum(-_N.amount, _N.document_id == _Y.id, _N.kind == api.PAID, outer=api.supplier_payment)
_OP = api.opening_payable.c
_OF_OPENING = _sum(_P.amount, _P.id == _OP.id, outer=api.opening_payable)
_OPEN_OF_OPENING = _sum(_P.open_amount, _P.id == _OP.id, outer=api.opening_payable)
_ROLE, _LINES_OF_BOOKS = accounting.account_role.c, accounting.entry_line.c
_BOOKED = _sum(-_LINES_OF_BOOKS.amount, _LINES_OF_BOOKS.account_id == _ROLE.account_id, outer=accounting.account_role)
_ALL_OWED = _sum(_P.open_amount)

PROOFS = (
    _balance("received_equals_receipts", _B.received, _RL.quantity, _RL.line_id == _B.id),
    _balance("returned_equals_returns", _B.returned, _TL.quantity, _TL.line_id == _B.id),
    _balance("invoiced_equals_billing", _B.invoiced, _G.quantity, _G.line_id == _B.id, _G.kind == "invoiced"),
    _balance("credited_equals_billing", _B.credited, _G.quantity, _G.line_id == _B.id, _G.kind == "credited"),
    # What receipts and returns say moved is what the stock moved.
    _equals("receipts_equal_moves", _R.id, _TAKEN_IN, _CAME_IN),
    _equals("returns_equal_moves", _T.id, _SENT, _WENT),
    _equals("payables_equal_invoice", _I.id, _I.total_amount, _OPENED, _I.state == "posted"),
    _equals("payable_equals_entries", _P.id, _OWED, _P.open_amount),
    _equals("payment_equals_entries", _Y.id, _SETTLED, _Y.principal_amount),
    # A title of before is its payable; one that was taken back owes nothing.
    _equals("opening_equals_payable", _OP.id, _OP.amount, _OF_OPENING),
    _equals("opening_taken_back", _OP.id, ZERO, _OPEN_OF_OPENING, _OP.state == rules.REVERSED),
    # All that is owed, credits taken off, is what the books owe.
    _equals("payables_equal_books", _ROLE.id, _BOOKED, _ALL_OWED, _ROLE.role == "payable"),
    Proof(
        "purchasing.order_total_equals_lines",
        select(_O.id, text(_LINE_SUM).label("expected"), text(_O.total_amount).label("found")).where(
            _O.total_amount != _LINE_SUM
        ),
    ),
    # What the stock expects of an order is what its lines still lack.
    Proof(
        "purchasing.expected_equals_open",
        select(_L.id, text(_STILL).label("expected"), text(func.coalesce(_X.quantity, ZERO)).label("found"))
        .select_from(
            api.purchase_order_line.join(api.purchase_order, _O.id == _L.order_id)
            .outerjoin(api.purchase_line_balance, _B.id == _L.id)
            .outerjoin(inventory.expected_movement, _X.id == _L.expected_id)
        )
        .where(func.coalesce(_X.quantity, ZERO) != _STILL),
    ),
)
