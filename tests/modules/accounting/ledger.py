"""What the books' tests start from: keys by name, trial commands that book as a higher module would."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from retaguarda.app.compose import MODULES
from retaguarda.app.headless import Office
from retaguarda.kernel.bus import Bus
from retaguarda.kernel.command import Command
from retaguarda.kernel.ids import new_id
from retaguarda.kernel.module import Handled, Module, Registry
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api

SALE = "019abcde000070008000000000000001"
Act = Callable[[Unit], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class TryThis(Command):
    """Does what the test says, inside one command."""


class Ledger:
    """An office and a bus that knows the trial command."""

    def __init__(self, office: Office) -> None:
        self.office = office
        self.act: Act = lambda unit: None
        trial = Module(name="trial", commands=(Handled(TryThis, lambda unit, _: self.act(unit)),))
        self.bus = Bus(office.store, Registry([*MODULES, trial]), office.clock, office.zone)
        self.branch = str(office.show("company.branches").rows[0].id)

    def within(self, act: Act) -> Mapping[str, Any]:
        """What `act` gives, carried out as one command."""
        self.act = act
        return self.bus.do(TryThis(), self.office.actor).value

    def book(self, rule: str, source: tuple[str, str] | None = None, **amounts: Any) -> list[str]:
        """The entries of one booking of these amounts; anything else goes to the booking itself."""
        own = {name: amounts.pop(name) for name in FIELDS & amounts.keys()}
        booking = api.Booking(
            rule=rule,
            source=source or ("sales_order", new_id()),
            branch_id=self.branch,
            amounts={name: Decimal(value) for name, value in amounts.items()},
            **own,
        )
        return list(self.within(lambda unit: {"ids": api.book(unit, booking)})["ids"])

    def note(self, amount: str, occurred_on: dt.date | None = None) -> str:
        """The key of an entry that no other ledger has to agree with: rent, brought in by the owners."""
        rent, capital = self.named("Alugu").code, self.named("Capital").code
        lines = by_hand(self, (rent, amount, ""), (capital, "", amount))
        asked = {"lines": lines, "memo": "aluguel", "occurred_on": occurred_on}
        return str(self.office.do(("accounting.record_entry", asked)).value["id"])

    def change(self, act: Callable[[Unit], Any]) -> None:
        """Changes chart, rules or months, as their commands do."""

        def acting(unit: Unit) -> None:
            api.changed(unit)
            act(unit)

        self.within(acting)

    def close(self, day: dt.date) -> None:
        """Closes the month of a day."""
        month = self.within(lambda unit: {"id": api.period_of(unit, day)})["id"]
        self.office.do("accounting.close_period", period_id=month)

    def account(self, code: str) -> Any:
        """An account's row by its code."""
        return self.office.show("accounting.accounts", {"code": code}).rows[0]

    def named(self, part: str) -> Any:
        """The first account that is posted to and has this in its name."""
        rows = self.office.show("accounting.accounts", {"postable": True}, "code").rows
        return next(row for row in rows if part in row.name)

    def role(self, role: str) -> str:
        """The key of the account that has a role."""
        return str(self.within(lambda u: {"id": api.remembered(u, u.today).by_role[role]})["id"])

    def lines(self, entry_id: str) -> dict[str, Decimal]:
        """The lines of an entry by account code."""
        rows = self.office.show("accounting.entry_lines", {"entry_id": entry_id}, "position").rows
        return {row.account_code: row.amount for row in rows}

    def money(self, kind: str = "bank", **more: Any) -> str:
        """The key of a new money account."""
        asked = {"name": f"Conta {kind}", "kind": kind, **more}
        return str(self.office.do(("accounting.add_money_account", asked)).value["id"])

    def balance(self, money_account_id: str) -> Decimal:
        """What is in a money account."""
        found: Decimal = self.office.one("accounting.money_accounts", money_account_id).balance
        return found


FIELDS = frozenset({"party_id", "number", "occurred_on", "accounts", "cost_centre_id", "memo"})


def by_hand(ledger: Ledger, *sides: tuple[str, str, str]) -> list[dict[str, Any]]:
    """Lines of an entry made by hand: (account code, debit, credit), an empty text for none."""
    return [
        {"account_id": ledger.account(code).id, "debit": debit or None, "credit": credit or None}
        for code, debit, credit in sides
    ]
