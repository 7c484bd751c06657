"""Renaming accounts."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_the_name_changes_and_the_code_stays(ledger: Ledger) -> None:
    rent = ledger.named("Alugu")
    asked = {"account_id": rent.id, "name": "Aluguel da loja", "version": rent.version}
    (row,) = ledger.office.do(("accounting.revise_account", asked)).rows
    assert (row.name, row.code, row.version) == ("Aluguel da loja", rent.code, rent.version + 1)
    assert ledger.office.show("accounting.accounts", {"search": "da loja"}).rows == (row,)
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do(("accounting.revise_account", asked))
