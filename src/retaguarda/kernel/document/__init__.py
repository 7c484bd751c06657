"""Documents: a page model that becomes PDF. Modules declare blocks; `render` is all that the outside calls."""

from __future__ import annotations

from retaguarda.kernel.document.issuer import branch_head, company_head
from retaguarda.kernel.document.model import (
    A4,
    LABEL_100X150,
    RECEIPT_80,
    Align,
    Barcode,
    Block,
    Column,
    ColumnKind,
    CompanyHeader,
    Display,
    Document,
    Ean13,
    Heading,
    KeyValues,
    Note,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Spacer,
    Table,
    Total,
)
from retaguarda.kernel.document.priced import priced_lines

__all__ = [
    "A4",
    "LABEL_100X150",
    "RECEIPT_80",
    "Align",
    "Barcode",
    "Block",
    "Column",
    "ColumnKind",
    "CompanyHeader",
    "Display",
    "Document",
    "Ean13",
    "Heading",
    "KeyValues",
    "Note",
    "PageBreak",
    "Paper",
    "Paragraph",
    "Picture",
    "Spacer",
    "Table",
    "Total",
    "branch_head",
    "company_head",
    "priced_lines",
    "render",
]


def render(document: Document) -> bytes:
    """The document as PDF bytes; the same document gives the same bytes, on every day and machine."""
    from retaguarda.kernel.document.pdf import render_pdf

    return render_pdf(document)
