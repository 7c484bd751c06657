"""Suppliers' invoices with their differences, what is owed and since when, payments."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Date, bindparam, case, func, literal_column, select, type_coerce

from retaguarda.kernel.literal import word
from retaguarda.kernel.model import Minor
from retaguarda.kernel.query import Query
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party
from retaguarda.modules.purchasing import api

READ, READ_PAYABLES = "purchasing.read", "purchasing.read_payables"
TODAY = bindparam("today", type_=Date())
ZERO: ColumnElement[Any] = literal_column("0")
_I, _IL, _O = api.supplier_invoice.c, api.supplier_invoice_line.c, api.purchase_order.c
_P, _N, _Y = api.payable.c, api.payable_entry.c, api.supplier_payment.c
_SUPPLIER, _WHO = party.party.alias("supplier_party"), company.person.alias("who")


@dataclass(frozen=True, slots=True)
class SupplierInvoiceRow:
    """A supplier's invoice: what it bills, what of that was agreed, how much of it is still owed."""

    id: str
    version: int
    supplier_id: str
    supplier_name: str
    supplier_number: str
    supplier_series: str
    order_id: str | None
    order_number: int | None
    issued_on: dt.date
    entered_on: dt.date
    payment_terms: str
    goods_amount: Decimal
    other_amount: Decimal
    total_amount: Decimal
    difference_amount: Decimal
    open_amount: Decimal
    state: str
    reason: str
    approved_by: str | None
    allowed: tuple[str, ...] = ()


def _invoice_commands(row: Any) -> tuple[str, ...]:
    return ("purchasing.approve_invoice", "purchasing.refuse_invoice") if row.state == "held" else ()


_STILL = (
    select(func.coalesce(func.sum(_P.open_amount), ZERO))
    .where(_P.invoice_id == _I.id)
    .correlate(api.supplier_invoice)
    .scalar_subquery()
)
invoices = Query(
    "purchasing.invoices",
    SupplierInvoiceRow,
    select(
        _I.id,
        _I.version,
        _I.supplier_id,
        _SUPPLIER.c.name.label("supplier_name"),
        _I.supplier_number,
        _I.supplier_series,
        _I.order_id,
        _O.number.label("order_number"),
        _I.issued_on,
        _I.entered_on,
        _I.payment_terms,
        _I.goods_amount,
        _I.other_amount,
        _I.total_amount,
        type_coerce(_I.goods_amount - _I.received_amount, Minor(2)).label("difference_amount"),
        type_coerce(_STILL, Minor(2)).label("open_amount"),
        _I.state,
        _I.reason,
        _WHO.c.name.label("approved_by"),
    )
    .join(_SUPPLIER, _SUPPLIER.c.id == _I.supplier_id)
    .outerjoin(api.purchase_order, _O.id == _I.order_id)
    .outerjoin(_WHO, _WHO.c.id == _I.approved_by_id),
    permission=READ,
    key=_I.id,
    order="-entered_on",
    search=_I.folded,
    branch=_I.branch_id,
    allowed=_invoice_commands,
)


@dataclass(frozen=True, slots=True)
class SupplierInvoiceLineRow:
    """A billed line beside order and receipt; `judgement` names what differs."""

    id: str
    invoice_id: str
    position: int
    product_id: str
    name: str
    quantity: Decimal
    to_bill_quantity: Decimal
    unit_price: Decimal
    order_price: Decimal
    net_amount: Decimal
    price_difference_amount: Decimal
    judgement: str


_MORE = _IL.quantity > _IL.to_bill_quantity
_JUDGED = case(
    (_IL.within & (_IL.price_difference_amount == ZERO) & ~_MORE, word("same")),
    (_IL.within, word("within")),
    (_MORE & (_IL.price_difference_amount != ZERO), word("both")),
    (_MORE, word("quantity")),
    else_=word("price"),
)
invoice_lines = Query(
    "purchasing.invoice_lines",
    SupplierInvoiceLineRow,
    select(
        _IL.id,
        _IL.invoice_id,
        _IL.position,
        _IL.product_id,
        _IL.name,
        _IL.quantity,
        _IL.to_bill_quantity,
        _IL.unit_price,
        _IL.order_price,
        _IL.net_amount,
        _IL.price_difference_amount,
        _JUDGED.label("judgement"),
    ).join(api.supplier_invoice, _I.id == _IL.invoice_id),
    permission=READ,
    key=_IL.id,
    order="position",
    branch=_I.branch_id,
)


@dataclass(frozen=True, slots=True)
class PayableRow:
    """An instalment that is owed, or a supplier's credit; `age` says how far from its day it is."""

    id: str
    supplier_id: str
    supplier_name: str
    invoice_id: str | None
    number: str
    position: int
    positions: int
    issued_on: dt.date
    due_on: dt.date
    amount: Decimal
    open_amount: Decimal
    age: str
    open: bool
    branch_name: str
    document_table: str
    document_id: str
    allowed: tuple[str, ...] = ()

    @property
    def opens(self) -> str:
        """The screen of what it is owed by."""
        return OPENED_BY[self.document_table]


OPENED_BY = {
    "supplier_invoice": "purchasing.invoice_page",
    "supplier_return": "purchasing.return_page",
    "opening_payable": "purchasing.opening_page",
}
"""The page of each document that opens payables."""


def _payable_commands(row: Any) -> tuple[str, ...]:
    return ("purchasing.pay_payables",) if row.open and row.amount > 0 else ()


_AGE = case(
    (_P.open_amount == ZERO, word("settled")),
    (_P.amount < ZERO, word("credit")),
    (_P.due_on < TODAY, word("overdue")),
    (_P.due_on == TODAY, word("today")),
    else_=word("coming"),
)
payables = Query(
    "purchasing.payables",
    PayableRow,
    select(
        _P.id,
        _P.supplier_id,
        _SUPPLIER.c.name.label("supplier_name"),
        _P.invoice_id,
        _P.number,
        _P.position,
        _P.positions,
        _P.issued_on,
        _P.due_on,
        _P.amount,
        _P.open_amount,
        _AGE.label("age"),
        (_P.open_amount != ZERO).label("open"),
        company.branch.c.name.label("branch_name"),
        _P.document_table,
        _P.document_id,
    )
    .join(_SUPPLIER, _SUPPLIER.c.id == _P.supplier_id)
    .join(company.branch, company.branch.c.id == _P.branch_id),
    permission=READ_PAYABLES,
    key=_P.id,
    order="due_on",
    search=_P.folded,
    branch=_P.branch_id,
    allowed=_payable_commands,
)


@dataclass(frozen=True, slots=True)
class PayableEntryRow:
    """What made a payable more or less."""

    id: str
    payable_id: str
    at: dt.datetime
    kind: str
    amount: Decimal
    document_table: str
    document_id: str


payable_entries = Query(
    "purchasing.payable_entries",
    PayableEntryRow,
    select(_N.id, _N.payable_id, _N.at, _N.kind, _N.amount, _N.document_table, _N.document_id).join(
        api.payable, _P.id == _N.payable_id
    ),
    permission=READ_PAYABLES,
    key=_N.id,
    order="at",
    branch=_P.branch_id,
)


@dataclass(frozen=True, slots=True)
class SupplierPaymentRow:
    """Money that went to a supplier, and whether it was taken back."""

    id: str
    number: int
    supplier_id: str
    supplier_name: str
    paid_on: dt.date
    account_name: str
    principal_amount: Decimal
    discount_amount: Decimal
    interest_amount: Decimal
    money_amount: Decimal
    bank_reference: str | None
    note: str
    person_name: str | None
    reversed: bool
    allowed: tuple[str, ...] = ()


def _payment_commands(row: Any) -> tuple[str, ...]:
    return () if row.reversed else ("purchasing.reverse_payment",)


_BACK = select(_N.id).where(_N.document_id == _Y.id, _N.kind == api.REVERSED).correlate(api.supplier_payment).exists()
payments = Query(
    "purchasing.payments",
    SupplierPaymentRow,
    select(
        _Y.id,
        _Y.number,
        _Y.supplier_id,
        _SUPPLIER.c.name.label("supplier_name"),
        _Y.paid_on,
        accounting.money_account_table.c.name.label("account_name"),
        _Y.principal_amount,
        _Y.discount_amount,
        _Y.interest_amount,
        _Y.money_amount,
        _Y.bank_reference,
        _Y.note,
        _WHO.c.name.label("person_name"),
        _BACK.label("reversed"),
    )
    .join(_SUPPLIER, _SUPPLIER.c.id == _Y.supplier_id)
    .join(accounting.money_account_table, accounting.money_account_table.c.id == _Y.money_account_id)
    .outerjoin(_WHO, _WHO.c.id == _Y.person_id),
    permission=READ_PAYABLES,
    key=_Y.id,
    order="-number",
    search=_Y.folded,
    branch=_Y.branch_id,
    allowed=_payment_commands,
)
