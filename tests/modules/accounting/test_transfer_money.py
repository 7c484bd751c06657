"""Money between money accounts, and what the ledger of money refuses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.ids import new_id
from retaguarda.kernel.unit import Unit
from retaguarda.modules.accounting import api
from retaguarda.modules.accounting.model import MoneyAccount, MoneyMovement
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def transfer(ledger: Ledger, source: str, target: str, amount: str, **more: Any) -> Any:
    asked = {"from_id": source, "to_id": target, "amount": amount, **more}
    return ledger.office.do(("accounting.transfer_money", asked))


def test_both_balances_move_and_the_entry_is_made(ledger: Ledger) -> None:
    bank, cash = ledger.money("bank"), ledger.money("cash", opening_amount="80")
    (row,) = transfer(ledger, cash, bank, "30.50", memo="depósito").rows
    assert (ledger.balance(cash), ledger.balance(bank)) == (Decimal("49.50"), Decimal("30.50"))
    assert (row.rule, row.total_amount, row.memo) == ("accounting.money_transferred", Decimal("30.50"), "depósito")
    kinds = [m.movement for m in ledger.office.show("accounting.money_movements", {"money_account_id": cash}).rows]
    assert sorted(kinds) == ["opening", "transferred"]
    assert ledger.office.check() == []


def test_cash_gives_no_more_than_it_holds_and_a_bank_may_owe(ledger: Ledger) -> None:
    bank, cash = ledger.money("bank"), ledger.money("cash", opening_amount="80")
    with refused(ledger.office, "accounting.not_enough_money") as caught:
        transfer(ledger, cash, bank, "80.01")
    assert (caught[0].params["balance"], caught[0].params["needed"]) == (Decimal(80), Decimal("80.01"))
    transfer(ledger, bank, cash, "500")
    assert ledger.balance(bank) == Decimal(-500)


def test_the_same_account_twice_and_archived_ones_are_refused(ledger: Ledger) -> None:
    bank, cash = ledger.money("bank"), ledger.money("cash", opening_amount="80")
    with refused(ledger.office, "accounting.same_money_account"):
        transfer(ledger, cash, cash, "1")
    ledger.change(lambda u: u.revise(MoneyAccount, u.get(MoneyAccount, bank), archived=True))
    with refused(ledger.office, "accounting.money_account_archived"):
        transfer(ledger, cash, bank, "1")
    with refused(ledger.office, "kernel.missing"):
        transfer(ledger, cash, new_id(), "1")


def test_a_closed_month_is_refused(ledger: Ledger) -> None:
    bank, cash = ledger.money("bank"), ledger.money("cash", opening_amount="80")
    ledger.close(dt.date(2026, 10, 1))
    with refused(ledger.office, "accounting.period_closed"):
        transfer(ledger, cash, bank, "1", occurred_on="2026-10-31")


def test_a_banks_reference_comes_once_per_account(ledger: Ledger) -> None:
    one, two, cash = ledger.money("bank"), ledger.money("bank", name="B2"), ledger.money("cash")
    transfer(ledger, one, cash, "1", bank_reference="E123")
    transfer(ledger, two, cash, "1", bank_reference="E123")
    with refused(ledger.office, "accounting.reference_taken") as caught:
        transfer(ledger, one, cash, "2", bank_reference="E123")
    assert caught[0].params["reference"] == "E123"


def moved(ledger: Ledger, key: str, amount: str, **more: Any) -> dict[str, Any]:
    """A movement's row, as somebody who does not look first would append it."""
    row = {"money_account_id": key, "amount": Decimal(amount), "kind": "paid", "occurred_on": dt.date(2026, 11, 23)}
    return {**row, "source_table": "x", "source_id": new_id(), **more}


def test_the_database_refuses_what_nobody_looked_at(ledger: Ledger) -> None:
    cash, bank = ledger.money("cash", opening_amount="5"), ledger.money("bank")
    with refused(ledger.office, "accounting.not_enough_money"):
        ledger.within(lambda u: {"n": len(u.append(MoneyMovement, [moved(ledger, cash, "-5.01")]))})
    twice = [moved(ledger, bank, "1", bank_reference="E9"), moved(ledger, bank, "2", bank_reference="E9")]
    with refused(ledger.office, "accounting.reference_taken"):
        ledger.within(lambda u: {"n": len(u.append(MoneyMovement, twice))})


def test_movements_of_nothing_are_left_out_and_unknown_kinds_a_defect(ledger: Ledger) -> None:
    bank = ledger.money("bank")

    def move(unit: Unit, amount: str, kind: str) -> dict[str, Any]:
        source = ("x", unit.new_id())
        return {
            "ids": api.move_money(
                unit, api.Movement(money_account_id=bank, amount=Decimal(amount), kind=kind, source=source)
            )
        }

    assert ledger.within(lambda u: move(u, "0", "paid"))["ids"] == []
    with pytest.raises(ValueError, match="does not move"):
        ledger.within(lambda u: move(u, "1", "lost"))
