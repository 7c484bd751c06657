"""C17: whatever people note internally on the way of an order, the customer's paper has none of it."""

from __future__ import annotations

import io

from pypdf import PdfReader

from tests.helpers import company

SECRET = "SEGREDO-DA-CASA"


def test_an_order_full_of_internal_notes_prints_none_of_them(sqlite_url: str) -> None:
    company.build(sqlite_url)
    office = company.open_as(sqlite_url)
    try:
        customer = office.do(
            "party.add_party", name="Maria Souza", kind="person", customer=True, notes=f"paga tarde {SECRET}"
        ).value["id"]
        product = office.do(
            "catalog.add_product", code="P-1", name="Escada de alumínio", price="169", note=f"custo 80 {SECRET}"
        ).value["id"]
        office.do(
            "inventory.receive_stock", lines=[{"product_id": product, "quantity": "5"}], reason=f"sem nota {SECRET}"
        )
        contact = office.do(
            "sales.log_contact", channel="phone", customer_id=customer, internal_note=f"insistente {SECRET}"
        ).value["id"]
        order = office.do(
            "sales.create_order",
            contact_id=contact,
            lines=[{"product_id": product, "quantity": "2"}],
            internal_note=f"não dar mais desconto {SECRET}",
        ).value["id"]
        office.do("sales.confirm_order", order_id=order)
        office.do("sales.hold_order", order_id=order, reason=f"desconfiança {SECRET}")
        office.do("sales.resume_order", order_id=order)
        invoice = office.do("sales.invoice_order", order_id=order).value["invoice_id"]
        data = office.print_document("billing.invoice", {"invoice_id": invoice})
    finally:
        office.close()
    reader = PdfReader(io.BytesIO(data))
    text = "\n".join(page.extract_text() for page in reader.pages)
    assert "Maria Souza" in text
    assert "Escada de alumínio" in text
    assert SECRET not in text
    assert SECRET not in str(reader.metadata)
    assert SECRET.encode() not in data
