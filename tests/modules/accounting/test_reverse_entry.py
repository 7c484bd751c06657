"""Reversing entries, by hand and as a module does."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from retaguarda.kernel.ids import new_id
from retaguarda.modules.accounting import api
from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger, by_hand


def recorded(ledger: Ledger) -> str:
    """The key of an entry made by hand."""
    sides = ((ledger.named("Alugu").code, "10", ""), (ledger.named("Capital").code, "", "10"))
    return str(
        ledger.office.do(("accounting.record_entry", {"lines": by_hand(ledger, *sides), "memo": "x"})).value["id"]
    )


def reverse(ledger: Ledger, entry_id: str, **more: Any) -> Any:
    asked = {"entry_id": entry_id, "reason": "lançado em dobro", **more}
    return ledger.office.do(("accounting.reverse_entry", asked))


def test_the_opposite_is_booked_with_the_reason(ledger: Ledger) -> None:
    entry = recorded(ledger)
    (row,) = reverse(ledger, entry).rows
    assert (row.reverses_id, row.memo, row.allowed) == (entry, "lançado em dobro", ())
    assert ledger.lines(row.id) == {code: -amount for code, amount in ledger.lines(entry).items()}
    was = ledger.office.one("accounting.entries", entry)
    assert (was.reversed_by_id, was.allowed) == (row.id, ())


def test_it_is_done_once_and_a_reversal_is_not_reversed(ledger: Ledger) -> None:
    entry = recorded(ledger)
    reversal = reverse(ledger, entry).value["id"]
    with refused(ledger.office, "accounting.already_reversed"):
        reverse(ledger, entry)
    with refused(ledger.office, "accounting.is_a_reversal"):
        reverse(ledger, reversal)


def test_what_is_not_there_is_missing(ledger: Ledger) -> None:
    with refused(ledger.office, "kernel.missing"):
        reverse(ledger, new_id())


def test_an_entry_of_a_document_is_refused(ledger: Ledger) -> None:
    (entry,) = ledger.book("inventory.shipped", cost="5")
    with refused(ledger.office, "accounting.follows_document"):
        reverse(ledger, entry)


def test_a_reversal_into_a_closed_month_is_refused(ledger: Ledger) -> None:
    entry = recorded(ledger)
    ledger.close(dt.date(2026, 10, 1))
    with refused(ledger.office, "accounting.period_closed"):
        reverse(ledger, entry, occurred_on="2026-10-15")


def test_money_that_moved_moves_back(ledger: Ledger) -> None:
    bank, cash = ledger.money("bank", opening_amount="100"), ledger.money("cash")
    asked = {"from_id": bank, "to_id": cash, "amount": "30"}
    entry = ledger.office.do(("accounting.transfer_money", asked)).value["id"]
    reverse(ledger, entry)
    assert (ledger.balance(bank), ledger.balance(cash)) == (Decimal(100), Decimal(0))
    assert ledger.office.check() == []


def test_money_that_is_gone_cannot_move_back(ledger: Ledger) -> None:
    bank, cash, other = ledger.money("bank", opening_amount="100"), ledger.money("cash"), ledger.money("cash", name="2")
    entry = ledger.office.do(("accounting.transfer_money", {"from_id": bank, "to_id": cash, "amount": "30"})).value[
        "id"
    ]
    ledger.office.do(("accounting.transfer_money", {"from_id": cash, "to_id": other, "amount": "20"}))
    with refused(ledger.office, "accounting.not_enough_money"):
        reverse(ledger, entry)


def test_a_module_reverses_all_entries_of_its_document_once(ledger: Ledger) -> None:
    source = ("shipment", new_id())
    first = ledger.book("inventory.shipped", source, cost="5")
    second = ledger.book("billing.invoice_issued", source, goods="9", number="3")
    made = ledger.within(lambda u: {"ids": api.reverse(u, source, "cancelado")})["ids"]
    assert {ledger.office.one("accounting.entries", key).reverses_id for key in made} == {*first, *second}
    assert ledger.within(lambda u: {"ids": api.reverse(u, source, "cancelado")})["ids"] == []
    assert ledger.within(lambda u: {"n": len(api.entries_of(u, source))})["n"] == 0
    assert ledger.office.check() == []
