"""The counter of the sample shop: what is sold there and paid by Pix, a return and an exchange."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda
from retaguarda.modules.catalog import api as catalog

SELLER, HEAD, PAYER = "bruno", "carla", "fabio"
FIRST, EACH_DAY = -12, 2


class Counter:
    """Those who come in from the street."""

    def __init__(
        self, crew: Crew, agenda: Agenda, chance: Chance, customers: Sequence[str], products: Sequence[str]
    ) -> None:
        self.crew, self.agenda, self.chance = crew, agenda, chance
        self.customers, self.products = customers, products
        self.sold: list[str] = []

    def plan(self, bank_id: str) -> None:
        """Two sales a day, every third to somebody known; one comes back, one is exchanged."""
        self.bank = bank_id
        self.agenda.at(FIRST, 1, self._promise)
        for day in range(FIRST, 1):
            for n in range(EACH_DAY):
                known = self.chance.one_of(list(self.customers)) if self.chance.below(3) == 0 else None
                asked = [
                    {"product_id": product, "quantity": str(self.chance.between(1, 2))}
                    for product in self.chance.some_of(self.products, self.chance.between(1, 3))
                ]
                self.agenda.at(day, 20 + 15 * n + self.chance.below(10), partial(self._sell, asked, known))
        self.agenda.at(-3, 200, self._come_back)
        self.agenda.at(-1, 210, self._exchange)

    def _promise(self) -> None:
        self.crew.do(PAYER, "sales.set_commission", role="sales", rate="0.02")

    def _price(self, lines: Sequence[Mapping[str, str]]) -> str:
        office = self.crew.office
        prices = catalog.price_on(office.reads(), [line["product_id"] for line in lines], office.today())
        return str(sum(prices[line["product_id"]].price * Decimal(line["quantity"]) for line in lines))

    def _sell(self, lines: Sequence[dict[str, str]], customer_id: str | None) -> None:
        made = self.crew.do(
            SELLER, "sales.sell_at_counter", lines=lines, customer_id=customer_id, pix_amount=self._price(lines)
        )
        self.sold.append(str(made["id"]))

    def _line(self, order_id: str) -> dict[str, Any]:
        line = self.crew.office.show("sales.order_lines", {"order_id": order_id}, "position").rows[0]
        return {"line_id": line.id, "quantity": "1"}

    def _come_back(self) -> None:
        order_id = self.sold[-3]
        self.crew.do(
            HEAD, "sales.return_order", order_id=order_id, lines=[{**self._line(order_id), "condition": "damaged"}],
            reason="defect", note="Não liga.", refund="money", money_account_id=self.bank,
        )  # fmt: skip

    def _exchange(self) -> None:
        order_id = self.sold[-4]
        line = self._line(order_id)
        product = self.crew.office.show("sales.order_lines", {"order_id": order_id}, "position").rows[0].product_id
        single = {"product_id": product, "quantity": "1"}
        self.crew.do(
            SELLER, "sales.exchange_goods", order_id=order_id, returned=[{**line, "condition": "inspect"}],
            reason="not_wanted", note="Queria outra cor.", lines=[{**single, "quantity": "2"}],
            pix_amount=self._price([single]),
        )  # fmt: skip
