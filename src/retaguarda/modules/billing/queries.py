"""What screens, scripts and the printed invoice ask of billing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select

from retaguarda.kernel.query import Query
from retaguarda.modules.billing import api
from retaguarda.modules.company import api as company

_I, _L, _P = api.invoice, api.invoice_line, api.instalment
READ = "billing.read"


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


invoices = Query(
    "billing.invoices",
    InvoiceRow,
    select(
        _I.c.id,
        _I.c.number,
        _I.c.branch_id,
        company.branch.c.name.label("branch_name"),
        _I.c.issued_on,
        _I.c.party_id,
        _I.c.buyer_name,
        _I.c.source_table,
        _I.c.source_id,
        _I.c.source_number,
        _I.c.payment_terms,
        _I.c.total_amount,
    ).join(company.branch, company.branch.c.id == _I.c.branch_id),
    permission=READ,
    key=_I.c.id,
    order="-number",
    search=_I.c.folded,
    branch=_I.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class InvoiceCardRow:
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
    company_name: str
    company_tax_id: str | None
    branch_code: str
    branch_name: str
    branch_address: str | None
    branch_city: str | None
    branch_state: str | None
    branch_phone: str | None


invoice_card = Query(
    "billing.invoice_card",
    InvoiceCardRow,
    select(
        _I.c.id,
        _I.c.number,
        _I.c.device,
        _I.c.issued_on,
        _I.c.party_id,
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
        company.company.c.name.label("company_name"),
        company.company.c.tax_id.label("company_tax_id"),
        company.branch.c.code.label("branch_code"),
        company.branch.c.name.label("branch_name"),
        company.branch.c.address.label("branch_address"),
        company.branch.c.city.label("branch_city"),
        company.branch.c.state.label("branch_state"),
        company.branch.c.phone.label("branch_phone"),
    )
    .join(company.branch, company.branch.c.id == _I.c.branch_id)
    .join(company.company, company.company.c.single == 1),
    permission=READ,
    key=_I.c.id,
    order="number",
    branch=_I.c.branch_id,
)


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
    ).join(_I, _I.c.id == _L.c.invoice_id),
    permission=READ,
    key=_L.c.id,
    order="position",
    branch=_I.c.branch_id,
)


@dataclass(frozen=True, slots=True)
class InstalmentRow:
    """A part of an invoice's total and its day."""

    id: str
    invoice_id: str
    invoice_number: int
    position: int
    due_on: dt.date
    amount: Decimal
    party_id: str
    buyer_name: str


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
        _I.c.party_id,
        _I.c.buyer_name,
    ).join(_I, _I.c.id == _P.c.invoice_id),
    permission=READ,
    key=_P.c.id,
    order="due_on",
    branch=_I.c.branch_id,
)
