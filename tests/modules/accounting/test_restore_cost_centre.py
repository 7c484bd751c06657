"""Cost centres come back."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_it_is_chosen_again(ledger: Ledger) -> None:
    key = ledger.office.do("accounting.add_cost_centre", code="L1", name="Loja").value["id"]
    with refused(ledger.office, "accounting.cost_centre_in_place"):
        ledger.office.do("accounting.restore_cost_centre", cost_centre_id=key)
    ledger.office.do("accounting.archive_cost_centre", cost_centre_id=key)
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do("accounting.restore_cost_centre", cost_centre_id=key, version=1)
    assert not ledger.office.do("accounting.restore_cost_centre", cost_centre_id=key).rows[0].archived
