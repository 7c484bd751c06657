"""The printed invoice: everything the buyer needs, nothing internal, in both languages, over several pages."""

from __future__ import annotations

import dataclasses
import io
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

from retaguarda.kernel.unit import Actor
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def words(data: bytes) -> str:
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return text.replace("\u00a0", " ")


def printed(billing: Billing, invoice_id: str, language: str = "pt_BR") -> bytes:
    office = billing.office
    before: Actor = office.actor
    office.actor = dataclasses.replace(before, language=language)
    try:
        return office.print_document("billing.invoice", {"invoice_id": invoice_id})
    finally:
        office.actor = before


def test_it_says_who_what_and_when_in_portuguese(billing: Billing) -> None:
    done = billing.bill(billing.line("1234.5", "2", "0.1"), billing.line("3", product=1), payment_terms="30/60")
    text = words(printed(billing, done["id"]))
    for said in (
        "Comercial Silva & Filhos",
        "Fatura 1",
        "Padaria Estrela Ltda.",
        "99.000.001/0001-01",
        "Rua B, 2 sala 3, Jundiaí",
        "Parafuso sextavado",
        "Desconto",
        "R$ 246,90",
        "R$ 2.225,10",
        "1/2",
        "23/12/2026",
        "R$ 1.112,55",
        "Página 1 de 1",
        "não é documento fiscal",
    ):
        assert said in text, said


def test_it_reads_english_for_who_reads_english(billing: Billing) -> None:
    done = billing.bill(billing.line("10"))
    text = words(printed(billing, done["id"], "en"))
    for said in ("Invoice 1", "Customer", "Total to pay", "At once", "Page 1 of 1", "23 Nov 2026"):
        assert said in text, said
    assert "Discount" not in text


def test_long_invoices_number_their_pages_and_repeat_the_head(billing: Billing) -> None:
    done = billing.bill(*(billing.line("1.99", str(n), product=n % 2) for n in range(1, 121)))
    data = printed(billing, done["id"])
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(data)).pages]
    assert len(pages) > 2
    for number, page in enumerate(pages, 1):
        assert f"Página {number} de {len(pages)}" in page
        assert "Fatura 1" in page
    assert all("Preço unitário" in page for page in pages[:-1])
    assert printed(billing, done["id"]) == data, "the same invoice gives the same bytes"


def test_it_holds_nothing_that_is_internal(billing: Billing) -> None:
    """C17: what stands in notes about the customer never reaches the customer's paper."""
    secret = "NUNCA-MOSTRAR"
    office = billing.office
    party = office.do(
        "party.add_party", name="Maria Souza", kind="person", customer=True, notes=f"paga mal {secret}"
    ).value["id"]
    done = billing.bill(billing.line("10"), party_id=party)
    data = printed(billing, done["id"])
    assert "Maria Souza" in words(data)
    assert secret not in words(data)
    assert secret.encode() not in data


def test_only_who_may_read_invoices_prints_them(billing: Billing) -> None:
    done = billing.bill(billing.line("10"))
    with acting(billing.office, "picking"), refused(billing.office, "kernel.forbidden"):
        billing.office.print_document("billing.invoice", {"invoice_id": done["id"]})


@pytest.mark.parametrize(("params", "code"), [({}, "kernel.required"), ({"invoice_id": "0" * 32}, "kernel.missing")])
def test_an_unknown_invoice_is_refused(billing: Billing, params: dict[str, str], code: str) -> None:
    with refused(billing.office, code):
        billing.office.print_document("billing.invoice", params)
