"""Money accounts are renamed."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_name_and_numbers_change(ledger: Ledger) -> None:
    asked = {"money_account_id": ledger.money(), "name": "Banco do Brasil", "bank_number": "9-1", "version": 1}
    (row,) = ledger.office.do(("accounting.revise_money_account", asked)).rows
    assert (row.name, row.bank_number, row.kind) == ("Banco do Brasil", "9-1", "bank")
    assert ledger.office.show("accounting.money_account_choices", {"search": "brasil"}).rows[0].id == row.id
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do(("accounting.revise_money_account", asked))
