"""What the tests over all modules ask of sales beyond its lines in their own tables."""

from __future__ import annotations

from retaguarda.app.headless import Office


def tell(office: Office) -> None:
    """A sale over the customer's credit limit, let through."""
    customer = office.do("party.add_party", name="Sem Limite", customer=True).value["id"]
    office.do("party.set_credit_limit", party_id=customer, credit_limit="1")
    service = office.do("catalog.add_product", code="SV", name="Serviço", kind="service", price="50").value["id"]
    line = {"product_id": service, "quantity": "1"}
    asked = {"customer_id": customer, "lines": [line], "approval_reason": "Cliente antigo"}
    office.do(("sales.place_order", asked))
