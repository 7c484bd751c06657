"""Beside the sample shop's orders: departments ask each other, rates are set, goods go before their entry."""

from __future__ import annotations

from functools import partial
from typing import Any

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

_LAST_MONTH = {"since": "last_month", "until": "last_month"}
SALES, CASH, PROMISES = "sales.sales_report", "reports.cash_report", "reports.promise_report"
SAVED: tuple[tuple[str, str, str, str, dict[str, str], list[str]], ...] = (
    ("fabio", "Vendas do mês passado por filial", SALES, "place", _LAST_MONTH, ["commercial", "administrator"]),
    ("fabio", "Caixa dos próximos 30 dias", CASH, "due", {"until": "+30", "grain": "day"}, ["administrator"]),
    ("carla", "Curva ABC do ano", SALES, "shares", {"since": "this_year", "until": "d"}, ["administrator", "finance"]),
    ("ana", "Onde falham as promessas", PROMISES, "step", {"since": "-30", "until": "d"}, ["commercial"]),
)
"""Who saved what, how it is asked, and with which roles it is shared."""
SCHEDULED: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("fabio", "Caixa dos próximos 30 dias", {"every": "day", "at": "07:30"}),
    ("ana", "Onde falham as promessas", {"every": "week", "weekdays": ["mon"], "at": "08:00", "kind": "xlsx"}),
)
"""Whose saved reports are written by themselves, and when."""
TWICE = "Marcenaria São Bento"
"""The customer whose second record waits to be merged."""
DUPLICATE = "1091"
"""The product that was added again under another code."""


class Asides:
    """Small things of everyday that have places of their own."""

    def __init__(self, crew: Crew, agenda: Agenda, early: str) -> None:
        self.crew, self.agenda, self.early = crew, agenda, early
        self.handoffs: list[str] = []

    def plan(self) -> None:
        """Rates a month apart; three questions on the last two days, two of them answered; a sale before its entry; a
        customer that stands on record twice."""
        for n, (code, rate) in enumerate(RATES):
            self.agenda.at(
                -33 + 16 * n, 5, partial(self.crew.do, "fabio", "catalog.set_tax_rate", tax_code=code, rate=rate)
            )
        self.agenda.at(-1, 330, self._ask)
        self.agenda.at(-1, 400, self._answer)
        self.agenda.at(0, 12, self._sell_early)
        self.agenda.at(-1, 420, self._save_reports)
        self.agenda.at(0, 30, self._twice)

    def _ask(self) -> None:
        self.crew.as_person("bruno")
        orders = self.crew.office.show("sales.orders", {"state": "confirmed"}, "-number", limit=len(ASKED)).rows
        for order, (department, what) in zip(orders, ASKED, strict=True):
            made = self.crew.do(
                "bruno", "process.send_handoff", subject_id=order.id, to_department=department, what=what,
                due_on=self.agenda.day(1).isoformat(),
            )  # fmt: skip
            self.handoffs.append(str(made["id"]))

    def _save_reports(self) -> None:
        """Finance keeps two questions, the analyst one; what everybody should see on Mondays is written by itself."""
        made = {
            name: self.crew.do(
                login,
                "reports.save_report",
                name=name,
                report=report,
                cut=cut,
                asked=[{"key": key, "value": value} for key, value in asked.items()],
                roles=roles,
            )
            for login, name, report, cut, asked, roles in SAVED
        }
        for login, name, plan in SCHEDULED:
            self.crew.do(login, "reports.schedule_report", saved_id=made[name]["id"], **plan)

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

    def _twice(self) -> None:
        """Bruno adds a customer that is there already, Elisa a product; the head of sales puts them side by side."""
        known = next(row for row in self.crew.office.show("party.customers", limit=500).rows if row.name == TWICE)
        again = self.crew.do(
            "bruno", "party.add_party", name=TWICE.replace("São", "S."), customer=True,
            contacts=[{"name": "Oficina", "phone": known.phone}],
        )  # fmt: skip
        self.crew.do("carla", "party.propose_merge", party_id=known.id, other_id=str(again["id"]))
        product = next(
            row for row in self.crew.office.show("catalog.products", limit=500).rows if row.code == DUPLICATE
        )
        again = self.crew.do(
            "elisa", "catalog.add_product", code=f"{DUPLICATE}-B", name=product.name.lower(),
            unit_code=product.unit_code, note="Da caixa nova.",
        )  # fmt: skip
        self.crew.do("carla", "catalog.propose_merge", product_id=product.id, other_id=str(again["id"]))
