"""A shop with stock, whose orders a test walks step by step, each at its time."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.clock import FixedClock

STEPS = {
    "check": ("sales.confirm_order", {}),
    "invoice": ("sales.invoice_order", {}),
    "pick": ("delivery.pick_order", {}),
    "pack": ("delivery.pack_order", {}),
    "ship": ("delivery.ship_order", {}),
    "deliver": ("delivery.deliver_order", {"receiver_name": "Zélia"}),
}


@dataclass
class Work:
    """The test company with a customer and plenty of one product."""

    office: Office
    customer: str
    product: str

    def order(self, until: str = "", *, quantity: str = "1", **more: Any) -> str:
        """A quotation whose steps are done up to `until`; its key."""
        lines = [{"product_id": self.product, "quantity": quantity}]
        payload = {"customer_id": self.customer, "lines": lines, **more}
        order_id: str = self.office.do(("sales.create_quotation", payload)).value["id"]
        for step in STEPS:
            if not until:
                break
            self.step(step, order_id)
            if step == until:
                break
        return order_id

    def step(self, step: str, order_id: str) -> Any:
        """Ends a step of an order."""
        command, more = STEPS[step]
        return self.office.do((command, {"order_id": order_id, **more}))

    def row(self, order_id: str) -> Any:
        """The order's row in the queue."""
        return self.office.show("process.queue", {"subject_id": order_id}).rows[0]

    def pass_time(self, **time: float) -> None:
        """Moves the clock."""
        assert isinstance(self.office.clock, FixedClock)
        self.office.clock.move(dt.timedelta(**time))


@pytest.fixture
def work(office: Office) -> Work:
    office.do("company.change_setting", code="packing", value="own_step")
    product = office.do("catalog.add_product", code="P-1", name="Vela", price="10.00").value["id"]
    office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "1000"}])
    customer = office.do("party.add_party", name="Maria Souza", kind="person", customer=True).value["id"]
    return Work(office, customer, product)
