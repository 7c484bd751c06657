"""The shop with its goods in two places, and an order that a picker walks for."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from retaguarda.modules.inventory import api as inventory
from tests.helpers.company import acting

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


class Aisles:
    """Product 1 lies at 01 (3 pieces) and at B-02 (7), product 2 at B-02; the way goes from A-01 over 01 to B-02."""

    def __init__(self, shop: Shop) -> None:
        self.shop, self.office = shop, shop.office
        self.main = self.office.show("inventory.warehouses").rows[0].id
        self.first = self.office.show("inventory.locations").rows[0].id
        self.b02 = self.place("B-02", 20)
        self.move(shop.products[0], "7", self.b02)
        self.move(shop.products[1], "10", self.b02)

    def place(self, code: str, route: int) -> str:
        """A further place."""
        made = self.office.do(
            "inventory.add_location", warehouse_id=self.main, code=code, name=f"Corredor {code}", route=route
        )
        return str(made.value["id"])

    def move(self, product: str, quantity: str, to: str) -> None:
        """Moves goods from the first place to another."""
        self.office.do(
            "inventory.move_stock",
            lines=[
                {"product_id": product, "from_location_id": self.first, "to_location_id": to, "quantity": quantity},
            ],
        )

    def start(self, *lines: tuple[str, str]) -> str:
        """An order (5 of product 1, 2 of product 2) and its list; the list's key."""
        asked = lines or ((self.shop.products[0], "5"), (self.shop.products[1], "2"))
        with acting(self.office, "ana"):
            self.order = self.shop.order("invoice", asked)
        return str(self.office.do("delivery.start_picking", order_id=self.order).value["id"])

    def scan(self, pick_list: str, *codes: str) -> Any:
        """Scans codes, a quantity before a star; the last answer's value."""
        for code in codes:
            quantity, _, text = code.rpartition("*")
            said = self.office.do(
                "delivery.scan_pick", pick_list_id=pick_list, code=text, quantity=quantity or "1"
            ).value
        return said

    def stops(self, pick_list: str) -> list[Any]:
        """The stops in the order in which the picker comes by them."""
        return list(self.office.show("delivery.pick_stops", {"pick_list_id": pick_list}).rows)

    def bins(self, product: str, column: str) -> dict[str, Decimal]:
        """What a column of the places' balances says of a product, by the code of the place."""
        bins, places = inventory.bin_balance, inventory.location
        asked = select(places.c.code, bins.c[column]).join(places, places.c.id == bins.c.location_id)
        with self.office.store.engine.connect() as connection:
            rows = connection.execute(asked.where(bins.c.product_id == product)).all()
        return {str(row[0]): row[1] for row in rows}

    def failures(self) -> list[str]:
        """The codes of what is open."""
        return [row.code for row in self.office.show("process.failures").rows]
