"""What the customers of the sample company pay: at the till and by bank, in time and late, whole and in part."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from functools import partial
from typing import Any

from retaguarda.app.chance import Chance
from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda
from retaguarda.app.sample.books import KEEPER, Books

CASHIER, FINANCE = "bruno", "fabio"
FIRST_DAY = -28
FLOAT, WITHDRAWN = Decimal("200.00"), Decimal("150.00")
METHODS = ("pix", "pix", "boleto", "transfer", "card")
CONTRACTS = (("Manutenção do portal de pedidos", 20), ("Entrega semanal programada", 12))


class Receipts:
    """The person at the till and the one in finance, day by day."""

    def __init__(
        self,
        crew: Crew,
        agenda: Agenda,
        chance: Chance,
        books: Books,
        customers: Sequence[str],
        services: Sequence[str],
    ) -> None:
        self.crew, self.agenda, self.chance, self.books = crew, agenda, chance, books
        self.customers, self.services = customers, services
        self.till = ""

    def plan(self) -> None:
        """Money from the bank every working day, two days of a till, contracts, a credit, a renegotiation, a loss."""
        station = self.crew.office.actor.station
        self.crew.do(KEEPER, "accounting.add_money_account", name="Caixa da loja", kind="till", station=station)
        for day in range(FIRST_DAY, 1):
            self.agenda.at(day, 505, partial(self._by_bank, f"EXT{-day:03}"))
        self.agenda.at(FIRST_DAY, 60, self._contracts)
        for day in (-1, 0):
            self.agenda.at(day, 10, self._open)
            self.agenda.at(day, 20, self._at_till)
        self.agenda.at(-1, 300, self._withdraw)
        self.agenda.at(-1, 535, self._close)
        self.agenda.at(-3, 520, self._credit)
        self.agenda.at(-2, 520, self._renegotiate)
        self.agenda.at(-2, 530, self._lose)

    def _open_instalments(self, **where: Any) -> list[Any]:
        self.crew.as_person(FINANCE)
        asked = where if "state" in where else {"state !=": "settled", **where}
        return list(self.crew.office.show("billing.receivables", asked, "due_on", limit=500).rows)

    def _by_bank(self, extract: str) -> None:
        """Of what is due by now most is paid, some of it in part, and some customers always pay late."""
        today, slow = self.crew.office.today(), set(self.customers[2::5])
        for n, row in enumerate(self._open_instalments(**{"due_on <=": today}), 1):
            stays = 3 if row.due_on == today else 7
            if self.chance.below(10) < stays or (row.party_id in slow and self.chance.below(20) > 0):
                continue
            whole = self.chance.below(6) > 0
            amount = row.payable_amount if whole else (row.open_amount / 2).quantize(row.open_amount)
            if amount > 0:
                self.crew.do(
                    FINANCE, "billing.receive_payment", parts=[{"receivable_id": row.id}], amount=str(amount),
                    method=self.chance.one_of(METHODS), money_account_id=self.books.bank,
                    bank_reference=f"{extract}-{n:02}-{row.id[-6:]}",
                )  # fmt: skip

    def _contracts(self) -> None:
        """Services billed every month, the period that is due at once."""
        for name, place in CONTRACTS:
            lines = [{"product_id": self.services[place % len(self.services)], "unit_price": "180.00"}]
            self.crew.do(
                FINANCE, "billing.add_recurring", party_id=self.customers[place], name=name, lines=lines,
                payment_terms="10", starts_on=self.crew.office.today().isoformat(),
            )  # fmt: skip
        for row in self.crew.office.show("billing.recurring", {"state": "due"}).rows:
            self.crew.do(FINANCE, "billing.issue_recurring", recurring_id=row.id)

    def _open(self) -> None:
        opened = self.crew.do(CASHIER, "billing.open_till", float_amount=str(FLOAT), from_account_id=self.books.cash)
        self.till = str(opened["id"])

    def _at_till(self) -> None:
        """Customers who come to pay in cash what is small."""
        small = [row for row in self._open_instalments() if row.payable_amount < 400]
        for row in small[:4]:
            self.crew.do(CASHIER, "billing.receive_payment", parts=[{"receivable_id": row.id}])

    def _withdraw(self) -> None:
        self.crew.do(
            CASHIER, "billing.withdraw_till", session_id=self.till, amount=str(WITHDRAWN),
            to_account_id=self.books.cash, reason="Sangria para o cofre.",
        )  # fmt: skip

    def _close(self) -> None:
        """Counted two reais short, as it happens."""
        self.crew.as_person(CASHIER)
        moneys = self.crew.office.show("billing.settlement_moneys", {"till_session_id": self.till}, limit=500).rows
        counted = FLOAT - WITHDRAWN + sum((m.amount for m in moneys if m.method == "cash"), Decimal(0)) - 2
        self.crew.do(
            CASHIER, "billing.close_till", session_id=self.till, counted_amount=str(counted),
            to_account_id=self.books.cash, reason="Faltaram moedas.",
        )  # fmt: skip

    def _credit(self) -> None:
        """One line of an invoice that is not paid yet is taken back."""
        self.crew.as_person(FINANCE)
        invoice = self.crew.office.show("billing.invoices", {"state": "open"}, "-number", limit=1).rows[0]
        line = self.crew.office.show("billing.invoice_lines", {"invoice_id": invoice.id}, "position", limit=1).rows[0]
        self.crew.do(
            FINANCE, "billing.credit_invoice", invoice_id=invoice.id, reason="Produto com avaria.",
            lines=[{"invoice_line_id": line.id, "quantity": "1"}],
        )  # fmt: skip

    def _renegotiate(self) -> None:
        """The customer that owes longest gets three months."""
        oldest = self._oldest()
        if oldest is not None:
            self.crew.do(
                FINANCE, "billing.renegotiate_debt", party_id=oldest.party_id, payment_terms="3x",
                parts=[{"receivable_id": oldest.id}], reason="Acordo por telefone.",
            )  # fmt: skip

    def _lose(self) -> None:
        """And the next one is given up."""
        oldest = self._oldest()
        if oldest is not None:
            self.crew.do(KEEPER, "billing.write_off_debt", receivable_id=oldest.id, reason="Cliente não localizado.")

    def _oldest(self) -> Any | None:
        return next(iter(self._open_instalments(state="overdue")), None)
