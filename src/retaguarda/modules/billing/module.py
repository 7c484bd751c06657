"""Billing: invoices with their instalments, posted once, numbered without a gap, printed for the customer."""

from __future__ import annotations

from sqlalchemy import and_, func, or_, select

from retaguarda.kernel.model import table_of
from retaguarda.kernel.module import DocumentSpec, Module, Proof
from retaguarda.kernel.series import NumberSeries
from retaguarda.modules.billing import api, documents, events, model, queries, screens

_I, _L, _P = api.invoice, api.invoice_line, api.instalment
_S = table_of(NumberSeries)
_SAME_SERIES = and_(_S.c.kind == api.SERIES, _S.c.branch_id == _I.c.branch_id, _S.c.device == _I.c.device)
_LINES = select(func.sum(_L.c.net_amount)).where(_L.c.invoice_id == _I.c.id).scalar_subquery()
_PARTS = select(func.coalesce(func.sum(_P.c.amount), 0)).where(_P.c.invoice_id == _I.c.id).scalar_subquery()
_ISSUED = select(func.count()).select_from(_I).where(_SAME_SERIES).scalar_subquery()

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
    # Numbers are unique, so a series has no gap when it holds as many invoices as it gave numbers, all within them.
    Proof(
        "billing.series_is_whole",
        select(_S.c.id, _S.c.last.label("expected"), _ISSUED.label("found")).where(
            _S.c.kind == api.SERIES, _S.c.last != _ISSUED
        ),
    ),
    Proof(
        "billing.number_is_of_series",
        select(_I.c.id, _S.c.last.label("expected"), _I.c.number.label("found"))
        .select_from(_I.outerjoin(_S, _SAME_SERIES))
        .where(or_(_S.c.last.is_(None), _I.c.number > _S.c.last)),
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
