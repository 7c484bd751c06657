"""Cost centres are renamed."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_the_name_changes(ledger: Ledger) -> None:
    key = ledger.office.do("accounting.add_cost_centre", code="L1", name="Loja").value["id"]
    asked = {"cost_centre_id": key, "name": "Loja nova", "version": 1}
    assert ledger.office.do(("accounting.revise_cost_centre", asked)).rows[0].name == "Loja nova"
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do(("accounting.revise_cost_centre", asked))
