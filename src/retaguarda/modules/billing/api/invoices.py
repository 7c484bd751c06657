"""Issuing an invoice for a document: its lines, its instalments, its number, its entry in the books."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import bindparam, select

from retaguarda.kernel.calendar import NeverOpen, WorkingCalendar
from retaguarda.kernel.errors import Fault, Invalid, Missing
from retaguarda.kernel.fold import fold
from retaguarda.kernel.money import line_parts
from retaguarda.kernel.reads import Reads
from retaguarda.kernel.series import MAIN_DEVICE, next_number
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.terms import Terms, instalments, read_terms
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api as accounting
from retaguarda.modules.billing.api import debts
from retaguarda.modules.billing.api.tables import invoice
from retaguarda.modules.billing.events import InvoiceIssued
from retaguarda.modules.billing.model import Instalment, Invoice, InvoiceLine
from retaguarda.modules.catalog import api as catalog
from retaguarda.modules.company import api as company
from retaguarda.modules.party import api as party

INVOICE_OF = Statement(
    select(invoice).where(
        invoice.c.source_id == bindparam("source_id", type_=invoice.c.source_id.type),
        invoice.c.source_table == bindparam("source_table"),
    )
)


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
    device: str = MAIN_DEVICE


def check_terms(payment_terms: str | None, field: str = "payment_terms") -> Terms:
    """What the terms mean; `Invalid` naming `field` where they mean nothing."""
    terms = read_terms(payment_terms)
    if terms is None:
        raise Invalid(Fault(field, "billing.unknown_terms", {"terms": payment_terms}))
    return terms


def issue(unit: Unit, request: IssueRequest) -> tuple[str, int]:
    """Posts the invoice and gives its key and number; refuses a document without lines; the database one
    that was billed before (`billing.already_billed`) or has a stock-kept line that is neither reserved nor gone out.

    The counter is taken last, with only the head after it: whoever calls this writes nothing that locks afterwards.
    """
    terms = check_terms(request.payment_terms)
    if not request.lines:
        raise Invalid(Fault("lines", "billing.no_lines"))
    invoice_id = unit.new_id()
    products = catalog.products(unit, [line.product_id for line in request.lines])
    lines = _lines(invoice_id, request.lines, products)
    gross, discount = (_sum(lines, f"{name}_amount") for name in ("gross", "discount"))
    total = gross - discount
    buyer, address = party.billed_to(unit, request.party_id)
    unit.append(InvoiceLine, lines)
    instalments = instalments_of(unit, buyer.id, request.branch_id, total, terms, invoice_id=invoice_id)
    for row in instalments:
        row["id"] = unit.new_id()
    unit.append(Instalment, instalments)
    debts.keep_issued(unit, invoice_id, instalments)
    goods = _sum([line for line in lines if products[line["product_id"]].kept], "gross_amount")
    accounting.book(
        unit,
        accounting.Booking(
            rule="billing.invoice_issued",
            source=("invoice", invoice_id),
            branch_id=request.branch_id,
            party_id=buyer.id,
            amounts={"goods": goods, "services": gross - goods, "discount": discount},
        ),
    )
    number = next_number(unit, Invoice, request.branch_id, device=request.device)
    buyer_name = buyer.legal_name or buyer.name
    found_by = (number, buyer_name, buyer.name, buyer.tax_id, buyer.tax_id_shown, request.source_number)
    head = {
        "id": invoice_id,
        "branch_id": request.branch_id,
        "device": request.device,
        "number": number,
        "issued_on": unit.today,
        "party_id": buyer.id,
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
    unit.emit(InvoiceIssued(invoice_id, number, *request.source, buyer.id, request.branch_id, total))
    return invoice_id, number


def instalments_of(
    unit: Unit, party_id: str, branch_id: str, total: Decimal, terms: Terms, **document: str
) -> list[dict[str, Any]]:
    """The rows of a document's instalments: to the cent, each free of charges until the branch works again."""
    calendar = company.calendar_of(unit, branch_id)
    return [
        {
            **document,
            "party_id": party_id,
            "branch_id": branch_id,
            "position": part.position,
            "due_on": part.due_on,
            "free_until": free_until(calendar, part.due_on),
            "amount": part.amount,
        }
        for part in instalments(total, terms, unit.today)
    ]


def free_until(calendar: WorkingCalendar, due_on: dt.date) -> dt.date:
    """The last day on which what falls due then is paid without charges: the next on which the branch works."""
    try:
        return calendar.working_day_from(due_on)
    except NeverOpen:
        return due_on


def _sum(lines: Sequence[Mapping[str, Any]], name: str) -> Decimal:
    return sum((line[name] for line in lines), Decimal(0))


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


def _lines(invoice_id: str, asked: Sequence[IssueLine], products: Mapping[str, Any]) -> list[dict[str, Any]]:
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
