"""A shop in which things go wrong: goods, somebody who sells them, a customer, a till, a place beside the main one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Problem, Remedy, Shortfall

HERE, ELSEWHERE, WANTED = "14", "30", "20"
"""Screws in the main warehouse and in the north, and those that the customer wants."""
PRICE, COST = "2", "1"


@dataclass(frozen=True)
class Failed:
    """What a command ran into: the code, and the ways forward that came back, best first."""

    code: str
    remedies: tuple[Remedy, ...]
    left_out: tuple[str, ...]

    @property
    def counting(self) -> int:
        """How many of them count."""
        return sum(remedy.counts for remedy in self.remedies)


class Scene:
    """A shop of its own within a company: fourteen screws of twenty, thirty in the north, stainless ones that may stand
    in, a supplier of packs of ten by tomorrow; the customer has no limit, and the till is open.

    `mark` tells the goods of one shop from those of another in the same company.
    """

    def __init__(self, office: Office, mark: str) -> None:
        self.office, self.mark = office, mark
        self.customer = str(self.do("party.add_party", name=f"Helena Lacerda {mark}", customer=True)["id"])
        self.screw = self._ware(f"{mark}-8", "Parafuso M8", PRICE)
        self.stainless = self._ware(f"{mark}-9", "Parafuso M8 inox", "3")
        self.do("catalog.add_substitute", product_id=self.screw, substitute_id=self.stainless)
        places = {place.code: place.id for place in office.show("inventory.warehouses").rows}
        self.north = places.get("N") or str(self.do("inventory.add_warehouse", code="N", name="Norte")["id"])
        self.receive(self.screw, HERE)
        self.receive(self.stainless, "50")
        self.receive(self.screw, ELSEWHERE, warehouse_id=self.north)
        seller = self.do("party.add_party", name=f"Distribuidora Sul {mark}", supplier=True)["id"]
        offer = {"unit_price": "1.2", "pack_quantity": "10", "lead_days": 1}
        self.do("purchasing.set_supplier_price", supplier_id=seller, product_id=self.screw, **offer)
        self._open_till()

    def do(self, name: str, /, **payload: Any) -> Mapping[str, Any]:
        """The command's value."""
        return self.office.do((name, payload)).value

    def fails(self, name: str, payload: Mapping[str, Any]) -> Failed:
        """What the command runs into, or records as gone wrong; it must."""
        try:
            mishap = self.office.do((name, payload)).mishap
        except Shortfall as short:
            return _failed(short)
        if mishap is not None:
            return _failed(mishap)
        raise AssertionError(f"{name} went through")

    def lines(self, quantity: str = WANTED) -> list[dict[str, str]]:
        """A line of screws."""
        return [{"product_id": self.screw, "quantity": quantity}]

    def quotation(self, quantity: str = WANTED, **more: Any) -> str:
        """An order that was not confirmed yet."""
        said = {"customer_id": self.customer, "lines": self.lines(quantity), **more}
        return str(self.do("sales.create_quotation", **said)["id"])

    def order(self, quantity: str = WANTED, **more: Any) -> str:
        """A confirmed order."""
        key = self.quotation(quantity, **more)
        self.do("sales.confirm_order", order_id=key)
        return key

    def under_way(self, quantity: str, *steps: str) -> str:
        """A billed order that has gone through these commands."""
        key = self.order(quantity)
        for name in ("sales.invoice_order", *steps):
            self.do(name, order_id=key)
        return key

    def receive(self, product_id: str, quantity: str, **more: Any) -> None:
        """Goods that came."""
        lines = [{"product_id": product_id, "quantity": quantity, "unit_cost": COST}]
        self.do("inventory.receive_stock", lines=lines, **more)

    def expect(self, quantity: str, days: int) -> None:
        """Screws that come in so many days and are promised to nobody."""
        day = (self.office.today() + dt.timedelta(days=days)).isoformat()
        self.do("inventory.expect_stock", product_id=self.screw, quantity=quantity, expected_on=day)

    def lose(self, left: str) -> None:
        """A count of the main warehouse that finds no more than so many screws."""
        places = self.office.show("inventory.locations").rows
        home = next(place.id for place in places if place.warehouse_id != self.north)
        line = {"product_id": self.screw, "quantity": left, "location_id": home}
        self.do("inventory.count_stock", lines=[line])

    def _ware(self, code: str, name: str, price: str) -> str:
        return str(self.do("catalog.add_product", code=code, name=name, price=price)["id"])

    def _open_till(self) -> None:
        station = self.office.actor.station
        if any(row.station == station for row in self.office.show("accounting.money_accounts").rows):
            return
        account = "accounting.add_money_account"
        bank = self.do(account, name=f"Banco {self.mark}", kind="bank", opening_amount="500.00")["id"]
        self.do(account, name=f"Caixa {self.mark}", kind="till", station=station)
        self.do("billing.open_till", float_amount="50.00", from_account_id=bank)


def _failed(problem: Problem) -> Failed:
    return Failed(problem.code, problem.remedies, problem.left_out)
