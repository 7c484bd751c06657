"""Two records of one customer, both with orders and debts, for the tests of merging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from retaguarda.app.headless import Office
from tests.modules.party.records import ADDRESS, CNPJ, CONTACT, add_customer


@dataclass
class Twins:
    """The record that is kept and the one that is merged into it, and something to sell to both."""

    office: Office
    kept: str
    other: str
    product: str

    def merge(self, *taken: str) -> str:
        """Merges the two, with the values of these fields from the other; the key of the merge."""
        key: str = self.office.do("party.propose_merge", party_id=self.kept, other_id=self.other).value["id"]
        for field in taken:
            self.office.do("party.choose_value", merge_id=key, field=field, side="merged")
        self.office.do("party.merge_parties", merge_id=key)
        return key

    def order(self, customer: str, quantity: str, *, billed: bool = False) -> str:
        """A confirmed order of so many pieces at ten each; its key."""
        lines = [{"product_id": self.product, "quantity": quantity}]
        key: str = self.office.do(
            "sales.create_quotation", customer_id=customer, lines=lines, payment_terms="30"
        ).value["id"]
        self.office.do("sales.confirm_order", order_id=key)
        if billed:
            self.office.do("sales.invoice_order", order_id=key)
        return key


def record(office: Office, party_id: str) -> dict[str, Any]:
    """Everything a person can know of a party, but its version."""
    row = office.one("party.parties", party_id)
    found = office.show("party.customers", {"id": party_id}).rows
    fields = [name for name in type(row).__slots__ if name not in ("version", "allowed")]
    return {name: getattr(row, name) for name in fields} | {"status": found[0].status if found else None}


def twins(office: Office) -> Twins:
    """Padaria (limit, no tax id, no address) and its second record (tax id, address, contact, supplier too)."""
    kept = add_customer(office, "Padaria São João", notes="Paga em dia")
    other = add_customer(office, "S. João Pães", tax_id=CNPJ, addresses=[ADDRESS], contacts=[CONTACT], supplier=True)
    office.do("party.set_credit_limit", party_id=kept, credit_limit="100")
    office.do("party.set_credit_limit", party_id=other, credit_limit="500")
    product = str(office.do("catalog.add_product", code="P-1", name="Saco de papel", price="10").value["id"])
    office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "100"}])
    return Twins(office, kept, other, product)


def bank_of(office: Office) -> str:
    """A bank account to take money into."""
    return str(office.do("accounting.add_money_account", kind="bank", name="Banco Ipê").value["id"])
