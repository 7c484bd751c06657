"""The books of the sample company: where its money lies, what it began with, what it spends every month."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial

from retaguarda.app.crew import Crew
from retaguarda.app.sample.agenda import Agenda

KEEPER = "marta"
CENTRES = (("LOJA", "Loja Centro"), ("ENT", "Entregas"), ("ADM", "Administração"))
SPENT = ((-38, "Aluguel", "3800.00"), (-30, "Água, luz", "912.45"), (-22, "Honorários", "650.00"),
         (-18, "Aluguel", "3800.00"), (-9, "Água, luz", "874.10"), (-2, "Honorários", "650.00"))  # fmt: skip
"""What is spent on which working day: the beginning of the account's name and the amount."""


class Books:
    """The person who keeps the books opens them and records what no document brings."""

    def __init__(self, crew: Crew, agenda: Agenda) -> None:
        self.crew = crew
        self.agenda = agenda

    def open(self, began: dt.date) -> None:
        """Money accounts with what was in them, the balances the company began with, cost centres."""
        bank = {
            "name": "Banco Ipê conta corrente", "kind": "bank", "bank_code": "999", "bank_agency": "0001",
            "bank_number": "12345-6", "opening_amount": "48250.00", "opening_on": began.isoformat(),
        }  # fmt: skip
        self.bank = str(self.crew.do(KEEPER, "accounting.add_money_account", **bank)["id"])
        self.cash = str(self.crew.office.show("accounting.money_accounts", {"kind": "cash"}).rows[0].id)
        self.crew.do(KEEPER, "accounting.transfer_money", from_id=self.bank, to_id=self.cash, amount="1500.00",
                     occurred_on=began.isoformat(), memo="Troco do caixa")  # fmt: skip
        for code, name in CENTRES:
            self.crew.do(KEEPER, "accounting.add_cost_centre", code=code, name=name)
        lines = [
            self._line("Veículos", debit="42000.00"),
            self._line("Móveis", debit="18500.00"),
            self._line("Capital social", credit="60000.00"),
            self._line("Empréstimos bancários", credit="15000.00"),
        ]
        self.crew.do(KEEPER, "accounting.record_opening", lines=lines, occurred_on=began.isoformat())

    def plan(self) -> None:
        """What the company spends, and money brought from the bank to the cash box."""
        office = self._key_of_centre("ADM")
        for day, account, amount in SPENT:
            lines = [
                {**self._line(account, debit=amount), "cost_centre_id": office},
                self._line("Contas a pagar", credit=amount),
            ]
            self.agenda.at(day, 555, partial(self._record, lines, f"{account} do mês", self.agenda.day(day)))
        self.agenda.at(-36, 30, self._owed_before)
        self.agenda.at(-20, 90, self._close_what_is_over)

    def _owed_before(self) -> None:
        """What one customer and one supplier are owed from before the program; neither is due yet."""
        issued = {"issued_on": self.agenda.day(-40).isoformat(), "due_on": self.agenda.day(12).isoformat()}
        self.crew.as_person(KEEPER)
        show = self.crew.office.show
        customer = next(row for row in show("party.customers", limit=50).rows if row.credit_limit is None)
        supplier = show("party.suppliers", {"archived": False}, "-name", limit=1).rows[0]
        self.crew.do(KEEPER, "billing.record_opening_receivable", party_id=customer.id, number="7731/2",
                     amount="640.00", note="Duplicata do sistema antigo", **issued)  # fmt: skip
        self.crew.do(KEEPER, "purchasing.record_opening_payable", supplier_id=supplier.id, number="48003/3",
                     amount="1180.00", note="Boleto do sistema antigo", **issued)  # fmt: skip

    def _record(self, lines: Sequence[dict[str, str]], memo: str, day: dt.date) -> None:
        self.crew.do(KEEPER, "accounting.record_entry", lines=lines, memo=memo, occurred_on=day.isoformat())

    def _close_what_is_over(self) -> None:
        """Closes the first month when the next one has well begun."""
        self.crew.as_person(KEEPER)
        office = self.crew.office
        first = office.show("accounting.periods", {"state": "open"}, "starts_on", limit=1).rows[0]
        if first.ends_on < office.today():
            self.crew.do(KEEPER, "accounting.close_period", period_id=first.id)

    def _line(self, account: str, **sides: str) -> dict[str, str]:
        rows = self.crew.office.show("accounting.account_choices", {"search": account}, limit=1).rows
        return {"account_id": str(rows[0].id), **sides}

    def _key_of_centre(self, code: str) -> str:
        return str(self.crew.office.show("accounting.cost_centres", {"code": code}).rows[0].id)
