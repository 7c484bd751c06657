"""Invoices: the list with what is still owed, one whole, its lines and instalments, what may be credited."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, and_, case, func, literal, select, type_coerce

from retaguarda.kernel.model import Minor
from retaguarda.kernel.nested import NestedRow, nested
from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api, rules
from retaguarda.modules.billing.api.tables import is_open, open_amount
from retaguarda.modules.billing.queries.parts import READ, SETTLED_BY, TODAY, LeadsOn
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

_I, _L, _P, _R, _S = api.invoice, api.invoice_line, api.instalment, api.receivable, api.settlement
_C = api.credited_line
_ZERO = Decimal(0)
_OF_INVOICE = api.receivable.join(_P, _P.c.id == _R.c.id)
_OWED = (
    select(func.coalesce(func.sum(open_amount), _ZERO))
    .select_from(_OF_INVOICE)
    .where(_P.c.invoice_id == _I.c.id)
    .correlate(_I)
    .scalar_subquery()
)
_NEXT_DUE = (
    select(func.min(_R.c.due_on))
    .select_from(_OF_INVOICE)
    .where(_P.c.invoice_id == _I.c.id, is_open)
    .correlate(_I)
    .scalar_subquery()
)
_CREDITED = (
    select(func.coalesce(func.sum(_S.c.value_amount), _ZERO))
    .where(_S.c.invoice_id == _I.c.id)
    .correlate(_I)
    .scalar_subquery()
)
_REVERSED = api.settlement.alias("reversal")


def _settled_by(kind: str) -> ColumnElement[bool]:
    """Whether a settlement of this kind, not taken back, closed one of the invoice's instalments."""
    entry = api.receivable_entry.alias(f"by_{kind}")
    return (
        select(entry.c.id)
        .join(_S, _S.c.id == entry.c.settlement_id)
        .join(_P, _P.c.id == entry.c.receivable_id)
        .where(
            _P.c.invoice_id == _I.c.id,
            _S.c.kind == kind,
            ~select(_REVERSED.c.id).where(_REVERSED.c.reverses_id == _S.c.id).exists(),
        )
        .correlate(_I)
        .exists()
    )


STATE = case(
    (and_(_I.c.total_amount > _ZERO, _I.c.total_amount <= _CREDITED), "credited"),
    (_NEXT_DUE < TODAY, "overdue"),
    (_NEXT_DUE.is_not(None), "open"),
    (_settled_by(rules.WRITE_OFF), "written_off"),
    (_settled_by(rules.RENEGOTIATION), "renegotiated"),
    else_="paid",
)
STATES = ("open", "overdue", "paid", "credited", "renegotiated", "written_off")


def _invoice_allowed(row: Any) -> tuple[str, ...]:
    return () if row.state == "credited" else ("billing.credit_invoice",)


@dataclass(frozen=True, slots=True)
class InvoiceRow:
    """An invoice in a list; `source_table` and `source_id` name the document it bills."""

    id: str
    number: int
    branch_id: str
    branch_name: str
    issued_on: dt.date
    party_id: str
    buyer_name: str
    source_table: str
    source_id: str
    source_number: int | None
    payment_terms: str
    total_amount: Decimal
    open_amount: Decimal
    next_due_on: dt.date | None
    state: str
    allowed: tuple[str, ...] = ()


invoices = Query(
    "billing.invoices",
    InvoiceRow,
    select(
        _I.c.id,
        _I.c.number,
        _I.c.branch_id,
        company.branch.c.name.label("branch_name"),
        _I.c.issued_on,
        party.as_one(_I.c.party_id).label("party_id"),
        _I.c.buyer_name,
        _I.c.source_table,
        _I.c.source_id,
        _I.c.source_number,
        _I.c.payment_terms,
        _I.c.total_amount,
        _OWED.label("open_amount"),
        _NEXT_DUE.label("next_due_on"),
        STATE.label("state"),
        # Every invoice has one: as an inner join SQLite may begin there, and sort all invoices for one page.
    ).outerjoin(company.branch, company.branch.c.id == _I.c.branch_id),
    permission=READ,
    key=_I.c.id,
    order="-number",
    search=_I.c.folded,
    branch=_I.c.branch_id,
    allowed=_invoice_allowed,
)


@dataclass(frozen=True, slots=True)
class InvoiceCardRow(company.Issuer):
    """One invoice whole, with who issued it: what its page and its paper show."""

    id: str
    number: int
    device: str
    issued_on: dt.date
    party_id: str
    buyer_name: str
    buyer_tax_id: str | None
    buyer_address: str | None
    source_table: str
    source_id: str
    source_number: int | None
    payment_terms: str
    gross_amount: Decimal
    discount_amount: Decimal
    total_amount: Decimal
    open_amount: Decimal
    state: str
    branch_code: str
    branch_name: str
    allowed: tuple[str, ...] = ()


invoice_card = Query(
    "billing.invoice_card",
    InvoiceCardRow,
    select(
        *company.ISSUER,
        _I.c.id,
        _I.c.number,
        _I.c.device,
        _I.c.issued_on,
        party.as_one(_I.c.party_id).label("party_id"),
        _I.c.buyer_name,
        _I.c.buyer_tax_id,
        _I.c.buyer_address,
        _I.c.source_table,
        _I.c.source_id,
        _I.c.source_number,
        _I.c.payment_terms,
        _I.c.gross_amount,
        _I.c.discount_amount,
        _I.c.total_amount,
        _OWED.label("open_amount"),
        STATE.label("state"),
        company.branch.c.code.label("branch_code"),
        company.branch.c.name.label("branch_name"),
    )
    .join(company.branch, company.branch.c.id == _I.c.branch_id)
    .join(company.company, company.company.c.single == 1),
    permission=READ,
    key=_I.c.id,
    order="number",
    branch=_I.c.branch_id,
    allowed=_invoice_allowed,
)


_CREDITED_QUANTITY = func.coalesce(_C.c.credited_quantity, _ZERO)


@dataclass(frozen=True, slots=True)
class InvoiceLineRow:
    """One billed line."""

    id: str
    invoice_id: str
    position: int
    product_id: str
    code: str
    name: str
    unit_code: str
    quantity: Decimal
    unit_price: Decimal
    discount_rate: Decimal
    gross_amount: Decimal
    discount_amount: Decimal
    net_amount: Decimal
    credited_quantity: Decimal


invoice_lines = Query(
    "billing.invoice_lines",
    InvoiceLineRow,
    select(
        _L.c.id,
        _L.c.invoice_id,
        _L.c.position,
        _L.c.product_id,
        _L.c.code,
        _L.c.name,
        _L.c.unit_code,
        _L.c.quantity,
        _L.c.unit_price,
        _L.c.discount_rate,
        _L.c.gross_amount,
        _L.c.discount_amount,
        _L.c.net_amount,
        _CREDITED_QUANTITY.label("credited_quantity"),
    )
    .join(_I, _I.c.id == _L.c.invoice_id)
    .outerjoin(_C, _C.c.invoice_line_id == _L.c.id),
    permission=READ,
    key=_L.c.id,
    order="position",
    branch=_I.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class InstalmentRow(LeadsOn):
    """A part of an invoice's total, its day, and what is still owed of it."""

    id: str
    invoice_id: str
    invoice_number: int
    position: int
    due_on: dt.date
    amount: Decimal
    open_amount: Decimal
    party_id: str
    buyer_name: str
    settled_by: str | None


instalments = Query(
    "billing.instalments",
    InstalmentRow,
    select(
        _P.c.id,
        _P.c.invoice_id,
        _I.c.number.label("invoice_number"),
        _P.c.position,
        _P.c.due_on,
        _P.c.amount,
        open_amount.label("open_amount"),
        party.as_one(_I.c.party_id).label("party_id"),
        _I.c.buyer_name,
        SETTLED_BY.label("settled_by"),
    )
    .join(_I, _I.c.id == _P.c.invoice_id)
    .join(_R, _R.c.id == _P.c.id),
    permission=READ,
    key=_P.c.id,
    order="due_on",
    branch=_I.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class CreditDraftRow:
    """What is left of an invoice to take back, as the form of a credit note begins."""

    id: str
    number: int
    buyer_name: str
    total_amount: Decimal
    lines: tuple[NestedRow, ...]
    refund: str
    method: str


_TAKEN = select(_C.c.credited_quantity).where(_C.c.invoice_line_id == _L.c.id).correlate(_L).scalar_subquery()
_LEFT: ColumnElement[Any] = type_coerce(_L.c.quantity - func.coalesce(_TAKEN, _ZERO), Minor(4))
credit_draft = Query(
    "billing.credit_draft",
    CreditDraftRow,
    select(
        _I.c.id,
        _I.c.number,
        _I.c.buyer_name,
        _I.c.total_amount,
        nested(
            [_L.c.id.label("invoice_line_id"), _L.c.position, _L.c.name, _LEFT.label("quantity")],
            _L.c.invoice_id == _I.c.id,
            _LEFT > _ZERO,
            order="position",
        ).label("lines"),
        literal("balance").label("refund"),
        literal(rules.CASH).label("method"),
    ),
    permission="billing.credit_invoice",
    key=_I.c.id,
    order="number",
    search=_I.c.folded,
    branch=_I.c.branch_id,
)
