"""Small documents of every size the house prints, as PDF."""

from __future__ import annotations

from functools import cache

from retaguarda.kernel.document import (
    A4,
    LABEL_100X150,
    RECEIPT_80,
    Barcode,
    CompanyHeader,
    Document,
    PageBreak,
    Paragraph,
    render,
)
from retaguarda.kernel.document import Paper as DocumentPaper

PAPERS: dict[str, DocumentPaper] = {"invoice": A4, "receipt": RECEIPT_80, "label": LABEL_100X150}


@cache
def pdf_of(paper: str = "invoice", title: str = "Fatura 75", pages: int = 1) -> bytes:
    """A document of so many pages with a bar code on each."""
    blocks: list[Paragraph | Barcode | PageBreak] = []
    for number in range(pages):
        blocks += [Paragraph(f"Página {number + 1} é esta"), Barcode(f"{number + 1:08}"), PageBreak()]
    header = CompanyHeader("Comercial Silva & Filhos")
    return render(Document("toy.order", title, "pt_BR", header, tuple(blocks[:-1]), PAPERS[paper]))
