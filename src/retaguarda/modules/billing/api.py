"""The public door of billing: issuing an invoice for a document, its terms, its selectables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, select

from retaguarda.kernel.errors import Fault, Invalid, Missing
from retaguarda.kernel.fold import fold
from retaguarda.kernel.model import table_of
from retaguarda.kernel.money import line_parts
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.series import MAIN_DEVICE, next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.billing import rules
from retaguarda.modules.billing.events import InvoiceIssued
from retaguarda.modules.billing.model import Instalment, Invoice, InvoiceLine
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.party import api as party

invoice = table_of(Invoice)
invoice_line = table_of(InvoiceLine)
instalment = table_of(Instalment)

INVOICE_OF = Statement(
    select(invoice).where(
        invoice.c.source_id == bindparam("source_id", type_=invoice.c.source_id.type),
        invoice.c.source_table == bindparam("source_table"),
    )
)


def owed_by(party_id: ColumnElement[str]) -> ColumnElement[Decimal]:
    """What a party was invoiced and has not paid, as a column of a select that has `party_id`.

    There are no payments yet, so everything invoiced is owed; what takes payments lowers it here, for all who ask.
    """
    owed: ColumnElement[Decimal] = (
        select(func.coalesce(func.sum(invoice.c.total_amount), Decimal(0)))
        .where(invoice.c.party_id == party_id)
        .scalar_subquery()
    )
    return owed


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueLine:
    """What is billed: a product or service, how much of it, at which price and discount (a share of 1)."""

    product_id: str
    quantity: Decimal
    unit_price: Decimal
    discount_rate: Decimal = Decimal(0)
    source_line_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueRequest:
    """One invoice to issue. `source` is the document billed (table, id), `payment_terms` a text such as `30/60/90`,
    `3x` or nothing for at once. Internal notes have no place here: everything of it may reach the buyer's paper."""

    source: tuple[str, str]
    party_id: str
    branch_id: str
    lines: Sequence[IssueLine]
    payment_terms: str = ""
    source_number: int | None = None


def check_terms(payment_terms: str | None, field: str = "payment_terms") -> rules.Terms:
    """What the terms mean; `Invalid` naming `field` where they mean nothing."""
    terms = rules.read_terms(payment_terms)
    if terms is None:
        raise Invalid(Fault(field, "billing.unknown_terms", {"terms": payment_terms}))
    return terms


def issue(unit: Unit, request: IssueRequest) -> tuple[str, int]:
    """Posts the invoice and gives its key and number; refuses a document without lines; the database one
    that was billed before (`billing.already_billed`).

    The counter is taken last, with only the head after it: whoever calls this writes nothing that locks afterwards.
    """
    terms = check_terms(request.payment_terms)
    if not request.lines:
        raise Invalid(Fault("lines", "billing.no_lines"))
    invoice_id = unit.new_id()
    lines = _lines(unit, invoice_id, request.lines)
    gross = sum((line["gross_amount"] for line in lines), Decimal(0))
    discount = sum((line["discount_amount"] for line in lines), Decimal(0))
    total = gross - discount
    buyer = party.party_of(unit, request.party_id)
    address = party.address_of(unit, request.party_id, "billing")
    buyer_name = buyer.legal_name or buyer.name
    unit.append(InvoiceLine, lines)
    parts = rules.instalments(total, terms, unit.today)
    unit.append(
        Instalment,
        [{"invoice_id": invoice_id, "position": p.position, "due_on": p.due_on, "amount": p.amount} for p in parts],
    )
    number = next_number(unit, Invoice, request.branch_id)
    found_by = (number, buyer_name, buyer.name, buyer.tax_id, buyer.tax_id_shown, request.source_number)
    head = {
        "id": invoice_id,
        "branch_id": request.branch_id,
        "device": MAIN_DEVICE,
        "number": number,
        "issued_on": unit.today,
        "party_id": request.party_id,
        "buyer_name": buyer_name,
        "buyer_tax_id": buyer.tax_id_shown,
        "buyer_address": _words(address),
        "source_table": request.source[0],
        "source_id": request.source[1],
        "source_number": request.source_number,
        "payment_terms": request.payment_terms.strip(),
        "gross_amount": gross,
        "discount_amount": discount,
        "total_amount": total,
        "folded": fold(" ".join(str(word) for word in found_by if word is not None)),
    }
    unit.append(Invoice, [head])
    unit.emit(InvoiceIssued(invoice_id, number, *request.source, request.party_id, request.branch_id, total))
    return invoice_id, number


def invoice_of(reads: Reads, source: tuple[str, str]) -> Any | None:
    """The invoice that bills this document (table, id), None before it was issued."""
    return reads.one(INVOICE_OF, source_table=source[0], source_id=source[1])


def _words(address: party.AddressFacts | None) -> str | None:
    """The address as one line of paper, without what is not known."""
    if address is None:
        return None
    house = ", ".join(word for word in (address.street, address.number) if word)
    door = " ".join(word for word in (house, address.complement) if word)
    town = " - ".join(word for word in (address.city, address.state) if word)
    return ", ".join(word for word in (door, address.district, town, address.postcode) if word) or None


def _lines(unit: Unit, invoice_id: str, asked: Sequence[IssueLine]) -> list[dict[str, Any]]:
    products = catalog.products(unit, [line.product_id for line in asked])
    rows = []
    for position, line in enumerate(asked, 1):
        product = products.get(line.product_id)
        if product is None:
            raise Missing("product", line.product_id, field=f"lines.{position}.product_id")
        parts = line_parts(line.quantity, line.unit_price, line.discount_rate)
        rows.append(
            {
                "invoice_id": invoice_id,
                "position": position,
                "product_id": line.product_id,
                "code": product.code,
                "name": product.name,
                "unit_code": product.unit_code,
                "quantity": line.quantity,
                "unit_price": line.unit_price,
                "discount_rate": line.discount_rate,
                "gross_amount": parts.gross,
                "discount_amount": parts.discount,
                "net_amount": parts.net,
                "source_line_id": line.source_line_id,
            }
        )
    return rows
