"""A shop with an order of twenty screws, of which fourteen are there, and every way out of it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Remedy, Shortfall
from tests.helpers.company import MONDAY

TODAY = MONDAY.date()
PROMISED = TODAY + dt.timedelta(days=2)


@dataclass(frozen=True)
class Shop:
    """Its records, by what they are."""

    office: Office
    customer: str
    screw: str
    stainless: str
    north: str

    def do(self, name: str, /, **payload: Any) -> Any:
        """The command's value."""
        return self.office.do((name, payload)).value

    def order(self, quantity: str = "20", **more: Any) -> str:
        """An order that was not confirmed yet."""
        lines = [{"product_id": self.screw, "quantity": quantity}]
        return str(self.do("sales.create_quotation", customer_id=self.customer, lines=lines, **more)["id"])

    def short(self, order_id: str) -> Shortfall:
        """How confirming it is refused."""
        try:
            self.do("sales.confirm_order", order_id=order_id)
        except Shortfall as refused:
            return refused
        raise AssertionError("there was enough")

    def ways(self, order_id: str) -> dict[str, Remedy]:
        """The remedies that stand there when confirming it is refused, by kind, in their order."""
        return {remedy.reason.rsplit(".", 1)[1]: remedy for remedy in self.short(order_id).remedies}

    def expect(self, quantity: str, days: int) -> None:
        """Screws that come in so many days and are promised to nobody."""
        day = (TODAY + dt.timedelta(days=days)).isoformat()
        self.do("inventory.expect_stock", product_id=self.screw, quantity=quantity, expected_on=day)

    def take(self, remedy: Remedy) -> Any:
        """What applying it gives."""
        return self.do(remedy.command, **remedy.payload)


def shop(
    office: Office, *, elsewhere: str = "30", substitutes: bool = True, supplier: bool = True, code: str = "P"
) -> Shop:
    """The shop: screws in the main warehouse and in the north, stainless ones, a supplier who brings packs of ten."""

    def do(name: str, /, **payload: Any) -> Any:
        return office.do((name, payload)).value

    customer = do("party.add_party", name="Helena Lacerda", customer=True)["id"]
    screw = do("catalog.add_product", code=f"{code}-8", name="Parafuso M8", price="2")["id"]
    stainless = do("catalog.add_product", code=f"{code}-9", name="Parafuso M8 inox", price="3")["id"]
    places = {place.code: place.id for place in office.show("inventory.warehouses").rows}
    north = places.get("N") or do("inventory.add_warehouse", code="N", name="Norte")["id"]
    here = [{"product_id": screw, "quantity": "14", "unit_cost": "1"}]
    if substitutes:
        here.append({"product_id": stainless, "quantity": "50", "unit_cost": "1.5"})
        do("catalog.add_substitute", product_id=screw, substitute_id=stainless)
    do("inventory.receive_stock", lines=here)
    if elsewhere:
        there = [{"product_id": screw, "quantity": elsewhere, "unit_cost": "1"}]
        do("inventory.receive_stock", warehouse_id=north, lines=there)
    if supplier:
        seller = do("party.add_party", name="Distribuidora Sul", supplier=True)["id"]
        do(
            "purchasing.set_supplier_price",
            supplier_id=seller,
            product_id=screw,
            unit_price="1.2",
            pack_quantity="10",
            lead_days=1,
        )
    return Shop(office, customer, screw, stainless, north)
