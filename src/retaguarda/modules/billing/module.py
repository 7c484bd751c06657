"""Billing: invoices with their instalments, posted once, numbered without a gap, printed for the customer."""

from __future__ import annotations

from sqlalchemy import func, or_, select

from retaguarda.kernel.module import DocumentSpec, Module, Proof
from retaguarda.modules.billing import api, documents, events, model, queries, screens

_I, _L, _P = api.invoice, api.invoice_line, api.instalment
_LINES = select(func.sum(_L.c.net_amount)).where(_L.c.invoice_id == _I.c.id).scalar_subquery()
_PARTS = select(func.coalesce(func.sum(_P.c.amount), 0)).where(_P.c.invoice_id == _I.c.id).scalar_subquery()

PROOFS = (
    Proof(
        "billing.total_equals_lines",
        select(_I.c.id, _LINES.label("expected"), _I.c.total_amount.label("found")).where(
            or_(_LINES.is_(None), _I.c.total_amount != _LINES)
        ),
    ),
    Proof(
        "billing.total_equals_instalments",
        select(_I.c.id, _I.c.total_amount.label("expected"), _PARTS.label("found")).where(_I.c.total_amount != _PARTS),
    ),
)

READERS = ("finance", "sales", "commercial", "relations", "shipping", "analyst", "accounting")

MODULE = Module(
    name="billing",
    needs=("company", "party", "catalog"),
    models=(model.Invoice, model.InvoiceLine, model.Instalment),
    queries=(queries.invoices, queries.invoice_card, queries.invoice_lines, queries.instalments),
    documents=(DocumentSpec("billing.invoice", queries.READ, documents.invoice),),
    screens=(screens.invoice_list, screens.invoice_page),
    places=(screens.PLACE,),
    events=(events.InvoiceIssued,),
    guards={"uq_invoice_source_table_source_id": "billing.already_billed"},
    grants=dict.fromkeys(
        ("finance", "sales", "commercial", "relations", "shipping", "analyst", "accounting"), (queries.READ,)
    ),
    proofs=PROOFS,
)
