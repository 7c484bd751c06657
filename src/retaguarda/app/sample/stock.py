"""The sample shop's goods and places: products with codes and prices, locations, receipts, what is still to come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.goods import Goods, goods

SHELVES = tuple(f"{aisle}-{place:02}" for aisle in "ABCD" for place in (1, 2, 3))
NUMBERED = 36
"""The product of which every piece has its number comes in by itself."""
SCARCE = 6
"""So many of the last products never come in: what is ordered of them is short."""
SUBSTITUTES = (("1002", "1003"), ("1003", "1004"), ("1030", "1031"), ("1072", "1073"), ("1081", "1082"))
TAX_OF_GOODS, TAX_OF_SERVICES = "ICMS-SP", "ISS-CPS"
"""By which codes the rates of taxes are set."""


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the shop can sell: keys of the products with plenty, of those that never came, of the services."""

    plenty: Sequence[str]
    scarce: Sequence[str]
    services: Sequence[str]
    by_code: Mapping[str, str]


class Stock:
    """Sets the shop up for selling: everything before the first order."""

    def __init__(self, crew: Crew, agenda: Agenda, chance: Chance, suppliers: Sequence[str]) -> None:
        self.crew = crew
        self.agenda = agenda
        self.chance = chance
        self.suppliers = suppliers
        self.place_of: dict[str, str] = {}
        self.costs: dict[str, str] = {}

    def add_products(self) -> Shelf:
        """The 150 products and services with prices and bar codes, and a few substitutes."""
        there = goods()
        keys = {g.code: self._add(g) for g in there}
        for code, other in SUBSTITUTES:
            self.crew.do("carla", "catalog.add_substitute", product_id=keys[code], substitute_id=keys[other])
        kept = [keys[g.code] for g in there if not g.service]
        services = [keys[g.code] for g in there if g.service]
        return Shelf(kept[:-SCARCE], kept[-SCARCE:], services, keys)

    def _add(self, one: Goods) -> str:
        codes = {"tax_code": TAX_OF_SERVICES} if one.service else {"tax_code": TAX_OF_GOODS, "gtin": one.gtin}
        kind = "service" if one.service else "stock"
        made = self.crew.do(
            "carla", "catalog.add_product",
            code=one.code, name=one.name, kind=kind, unit_code=one.unit, price=str(one.price), **codes,
        )  # fmt: skip
        # What is sold for ten was bought for six.
        self.costs[str(made["id"])] = str((one.price * 6 / 10).quantize(Decimal("0.01")))
        return str(made["id"])

    def add_places(self, warehouse_id: str) -> tuple[str, ...]:
        """The shelves of the warehouse, in the order of the picker's way."""
        return tuple(
            str(self.crew.do("elisa", "inventory.add_location", warehouse_id=warehouse_id, code=code)["id"])
            for code in SHELVES
        )

    def receive(self, shelf: Shelf, places: Sequence[str]) -> None:
        """The first deliveries of everything that is plenty, a truck a day, each product on a shelf of its own."""
        trucks = 4
        self.place_of = {product: places[n % len(places)] for n, product in enumerate(shelf.plenty)}
        for truck in range(trucks):
            lines = [
                {
                    "product_id": product,
                    "quantity": str(self.chance.between(6, 20) * 10),
                    "location_id": self.place_of[product],
                    "unit_cost": self.costs[product],
                }
                for n, product in enumerate(shelf.plenty)
                if n % trucks == truck and n != NUMBERED
            ]
            supplier = self.suppliers[truck % len(self.suppliers)]
            self.agenda.at(-33 + truck % 2, 60 + truck * 40, partial(self._receive, lines, supplier))

    def expect(self, shelf: Shelf) -> None:
        """What is on its way: the scarce products and some of the others, over the next two weeks."""
        for n, product in enumerate((*shelf.scarce[:4], *self.chance.some_of(shelf.plenty, 5))):
            expected_on = self.agenda.day(2 + n).isoformat()
            quantity = str(self.chance.between(2, 8) * 10)
            act = partial(
                self.crew.do, "elisa", "inventory.expect_stock",
                product_id=product, quantity=quantity, expected_on=expected_on,
            )  # fmt: skip
            self.agenda.at(-5, 30 + n, act)

    def hold(self, product: str) -> None:
        """A few pieces that came in damaged wait for somebody's word."""
        act = partial(
            self.crew.do, "elisa", "inventory.hold_stock",
            product_id=product, quantity="4", location_id=self.place_of[product],
            reason="Embalagens amassadas, aguardando a troca do fornecedor.",
        )  # fmt: skip
        self.agenda.at(-2, 75, act)

    def count_short(self, product: str, left: str) -> None:
        """A count that finds less than was promised: it is posted, and what it breaks opens its failure."""
        line = {"product_id": product, "quantity": left, "location_id": self.place_of[product]}
        act = partial(self.crew.do, "elisa", "inventory.count_stock", lines=[line], reason="Contagem do corredor")
        self.agenda.at(0, 15, act)

    def _receive(self, lines: Sequence[Mapping[str, Any]], supplier: str) -> None:
        self.crew.do("elisa", "inventory.receive_stock", lines=lines, supplier_id=supplier, reason="Compra")
