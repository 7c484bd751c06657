"""The printed purchase order: what its supplier needs, nothing internal."""

from __future__ import annotations

import dataclasses
from io import BytesIO

import pytest
from pypdf import PdfReader

from tests.helpers.company import acting, refused
from tests.modules.purchasing.buying import Buying

SECRET = "não pagar mais que vinte"


def words(pdf: bytes) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)


@pytest.mark.parametrize(
    ("language", "title", "day"),
    [("pt_BR", "Pedido de compra 1", "26/11/2026"), ("en", "Purchase order 1", "26 Nov 2026")],
)
def test_it_says_what_is_ordered(buying: Buying, language: str, title: str, day: str) -> None:
    office = buying.office
    lines = [{"product_id": buying.paper, "quantity": "10"}, {"product_id": buying.pen, "quantity": "20"}]
    notes = {"supplier_note": "Entregar pela manhã.", "internal_note": SECRET}
    payload = {"supplier_id": buying.supplier, "lines": lines, "payment_terms": "30/60", **notes}
    key = office.do(("purchasing.place_order", payload)).value["id"]
    office.actor = dataclasses.replace(office.actor, language=language)
    text = words(office.print_document("purchasing.order", {"order_id": key}))
    for said in (title, "Papelaria Central", "PC-77", "Papel A4 75 g", "CAN-1", "30/60", "Entregar pela manhã.", day):
        assert said in text, said
    assert "230" in text
    assert SECRET not in text


def test_a_draft_says_that_it_is_one(buying: Buying) -> None:
    text = words(buying.office.print_document("purchasing.order", {"order_id": buying.draft()}))
    assert "Rascunho" in text


def test_refusals(buying: Buying) -> None:
    key = buying.draft()
    with refused(buying.office, "kernel.required"):
        buying.office.print_document("purchasing.order", {})
    with acting(buying.office, "picking"), refused(buying.office, "kernel.forbidden"):
        buying.office.print_document("purchasing.order", {"order_id": key})
