"""Beside the sample shop's orders: departments ask each other, rates are set, goods go before their entry."""

from __future__ import annotations

from functools import partial

from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.stock import TAX_OF_GOODS, TAX_OF_SERVICES
from retaguarda.modules.catalog import api as catalog

RATES = ((TAX_OF_GOODS, "0.18"), (TAX_OF_SERVICES, "0.02"), (TAX_OF_SERVICES, "0.05"))
"""Tax codes and their rates, a month between one and the next."""
ASKED = (
    ("stock", "Conferir se as latas são do mesmo lote antes de separar."),
    ("finance", "O cliente pede 60 dias. Podemos dar?"),
    ("shipping", "Entregar só depois das 14h: o portão abre com o zelador."),
)
"""What sales asks of other departments, an order each."""


class Asides:
    """Small things of everyday that have places of their own."""

    def __init__(self, crew: Crew, agenda: Agenda, early: str) -> None:
        self.crew, self.agenda, self.early = crew, agenda, early
        self.handoffs: list[str] = []

    def plan(self) -> None:
        """Rates a month apart; three questions on the last two days, two of them answered; a sale before its entry."""
        for n, (code, rate) in enumerate(RATES):
            self.agenda.at(
                -33 + 16 * n, 5, partial(self.crew.do, "fabio", "catalog.set_tax_rate", tax_code=code, rate=rate)
            )
        self.agenda.at(-1, 330, self._ask)
        self.agenda.at(-1, 400, self._answer)
        self.agenda.at(0, 12, self._sell_early)

    def _ask(self) -> None:
        self.crew.as_person("bruno")
        orders = self.crew.office.show("sales.orders", {"state": "confirmed"}, "-number", limit=len(ASKED)).rows
        for order, (department, what) in zip(orders, ASKED, strict=True):
            made = self.crew.do(
                "bruno", "process.send_handoff", subject_id=order.id, to_department=department, what=what,
                due_on=self.agenda.day(1).isoformat(),
            )  # fmt: skip
            self.handoffs.append(str(made["id"]))

    def _answer(self) -> None:
        lot, terms, _gate = self.handoffs
        self.crew.do("elisa", "process.accept_handoff", handoff_id=lot, note="Vejo hoje à tarde.")
        why = "Limite de crédito já usado. Com 30 dias, sim."
        self.crew.do("fabio", "process.refuse_handoff", handoff_id=terms, reason=why)

    def _sell_early(self) -> None:
        """The truck is at the gate, its invoice is not: the head of sales lets four go, and two are sold."""
        self.crew.do(
            "carla", "inventory.authorise_negative", product_id=self.early, quantity="4",
            reason="Carga no portão, a nota chega às 14h.",
        )  # fmt: skip
        office = self.crew.office
        price = catalog.price_on(office.reads(), [self.early], office.today())[self.early].price
        lines = [{"product_id": self.early, "quantity": "2"}]
        self.crew.do("bruno", "sales.sell_at_counter", lines=lines, pix_amount=str(2 * price))
