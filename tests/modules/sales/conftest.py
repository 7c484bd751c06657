"""A small shop: a customer, three products of ten pieces each, a service, and the usual commands in one word."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from retaguarda.app.headless import Office

Asked = tuple[int, str]
"""Which product (0, 1, 2; 3 is the service) and how much of it."""


@dataclass
class Shop:
    """The test company ready to sell."""

    office: Office
    customer: str
    products: Sequence[str]

    def line(self, product: int, quantity: str, **more: str) -> dict[str, str]:
        return {"product_id": self.products[product], "quantity": quantity, **more}

    def lines(self, *asked: Asked) -> list[dict[str, str]]:
        return [self.line(product, quantity) for product, quantity in asked or ((0, "2"),)]

    def do(self, verb: str, order_id: str, **more: Any) -> Mapping[str, Any]:
        """A command on an order."""
        return self.office.do(f"sales.{verb}", order_id=order_id, **more).value

    def quote(self, *asked: Asked, **more: Any) -> str:
        """A quotation; its key."""
        values = {"customer_id": self.customer, "lines": self.lines(*asked), **more}
        key: str = self.office.do(("sales.create_quotation", values)).value["id"]
        return key

    def order(self, *asked: Asked, **more: Any) -> str:
        """A confirmed order; its key."""
        key = self.quote(*asked, **more)
        self.do("confirm_order", key)
        return key

    def row(self, order_id: str) -> Any:
        """The order as the list shows it."""
        return self.office.one("sales.orders", order_id)

    def stock(self, product: int) -> Any:
        """What the warehouse has of a product."""
        (row,) = self.office.show("inventory.availability", {"product_id": self.products[product]}).rows
        return row

    def promises(self, order_id: str) -> list[Any]:
        """The promises of an order that count, by line."""
        rows = self.office.show("sales.promises", {"order_id": order_id, "current": True}).rows
        return sorted(rows, key=lambda row: row.position)


@pytest.fixture
def shop(office: Office) -> Shop:
    products = [
        office.do("catalog.add_product", code=f"P-{n}", name=f"Produto {n}", price=f"{n}0.00").value["id"]
        for n in (1, 2, 3)
    ]
    office.do("inventory.receive_stock", lines=[{"product_id": p, "quantity": "10"} for p in products])
    service = office.do("catalog.add_product", code="S-1", name="Montagem", kind="service", price="50").value["id"]
    customer = office.do("party.add_party", name="Maria Souza", kind="person", customer=True).value["id"]
    return Shop(office, customer, (*products, service))
