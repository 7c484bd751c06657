"""The counter of the sample shop: what is sold there and paid in cash, a return and an exchange."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda

KEEPER, SELLER, HEAD = "marta", "bruno", "carla"
FIRST, EACH_DAY = -12, 2


class Counter:
    """A till that is open, and those who come in from the street."""

    def __init__(
        self, crew: Crew, agenda: Agenda, chance: Chance, customers: Sequence[str], products: Sequence[str]
    ) -> None:
        self.crew, self.agenda, self.chance = crew, agenda, chance
        self.customers, self.products = customers, products
        self.sold: list[str] = []

    def plan(self, cash_id: str) -> None:
        """Two sales a day, every third to somebody known; one comes back, one is exchanged."""
        self.agenda.at(FIRST, 5, partial(self._open, cash_id))
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

    def _open(self, cash_id: str) -> None:
        station = self.crew.office.actor.station
        self.crew.do(KEEPER, "accounting.add_money_account", name="Caixa da loja", kind="till", station=station)
        self.crew.do(SELLER, "billing.open_till", float_amount="200.00", from_account_id=cash_id)

    def _sell(self, lines: Sequence[dict[str, str]], customer_id: str | None) -> None:
        made = self.crew.do(SELLER, "sales.sell_at_counter", lines=lines, customer_id=customer_id)
        self.sold.append(str(made["id"]))

    def _line(self, order_id: str) -> dict[str, Any]:
        line = self.crew.office.show("sales.order_lines", {"order_id": order_id}, "position").rows[0]
        return {"line_id": line.id, "quantity": "1"}

    def _come_back(self) -> None:
        order_id = self.sold[-3]
        self.crew.do(
            HEAD, "sales.return_order", order_id=order_id, lines=[{**self._line(order_id), "condition": "damaged"}],
            reason="defect", note="Não liga.", refund="money",
        )  # fmt: skip

    def _exchange(self) -> None:
        order_id = self.sold[-4]
        line = self._line(order_id)
        product = self.crew.office.show("sales.order_lines", {"order_id": order_id}, "position").rows[0].product_id
        self.crew.do(
            SELLER, "sales.exchange_goods", order_id=order_id, returned=[{**line, "condition": "inspect"}],
            reason="not_wanted", note="Queria outra cor.", lines=[{"product_id": product, "quantity": "2"}],
        )  # fmt: skip
