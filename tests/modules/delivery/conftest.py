"""A customer, three products with stock and a service, and orders brought to where a test needs them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pytest

from retaguarda.app.headless import Office
from tests.modules.delivery.aisles import Aisles

STEPS = ("confirm", "invoice", "pick", "ship", "deliver")


@dataclass
class Shop:
    """The test company ready to deliver."""

    office: Office
    customer: str
    products: Sequence[str]
    service: str
    carrier: str

    def order(self, until: str = "invoice", lines: Sequence[tuple[str, str]] = (), **more: Any) -> str:
        """An order that has gone through every step up to `until`; its key."""
        asked = lines or ((self.products[0], "2"), (self.products[1], "1"), (self.products[0], "1"))
        order_id: str = self.office.do(
            (
                "sales.create_quotation",
                {
                    "customer_id": self.customer,
                    "lines": [{"product_id": product, "quantity": quantity} for product, quantity in asked],
                    **more,
                },
            )
        ).value["id"]
        for step in STEPS[: STEPS.index(until) + 1]:
            self.step(step, order_id)
        return order_id

    def step(self, step: str, order_id: str, **more: Any) -> Any:
        """One step of an order's way, as the administrator."""
        name = f"sales.{step}_order" if step in ("confirm", "invoice") else f"delivery.{step}_order"
        if step == "deliver":
            more.setdefault("receiver_name", "Porteiro Zé")
        return self.office.do((name, {"order_id": order_id, **more}))

    def set(self, **settings: str) -> None:
        """Settings of the company."""
        for code, value in settings.items():
            self.office.do("company.change_setting", code=code, value=value)

    def picked(self) -> str:
        """The shipment of a new order that was just picked: 2 and 1 of the first product, 1 of the second."""
        return str(self.office.show("delivery.shipments", {"order_id": self.order("pick")}).rows[0].id)

    def count(self, product: str, quantity: str) -> None:
        """A count that says there is so much at the first location."""
        place = self.office.show("inventory.locations").rows[0]
        self.office.do(
            (
                "inventory.count_stock",
                {"lines": [{"product_id": product, "location_id": place.id, "quantity": quantity}]},
            )
        )


@pytest.fixture
def shop(office: Office) -> Shop:
    products = [
        office.do("catalog.add_product", code=f"P-{n}", name=f"Produto {n}", price=f"{n}0.00").value["id"]
        for n in (1, 2, 3)
    ]
    service = office.do("catalog.add_product", code="S-1", name="Montagem", kind="service", price="50").value["id"]
    office.do("inventory.receive_stock", lines=[{"product_id": p, "quantity": "10"} for p in products])
    address = {"street": "Rua A", "number": "10", "city": "Campinas", "state": "SP"}
    customer = office.do(
        "party.add_party", name="Maria Souza", kind="person", customer=True, addresses=[address]
    ).value["id"]
    carrier = office.do("party.add_party", name="Transportes Rota", kind="company", carrier=True).value["id"]
    return Shop(office, customer, products, service, carrier)


@pytest.fixture
def aisles(shop: Shop) -> Aisles:
    return Aisles(shop)
