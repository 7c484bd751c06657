"""Cost centres are archived."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_it_is_chosen_no_more(ledger: Ledger) -> None:
    key = ledger.office.do("accounting.add_cost_centre", code="L1", name="Loja").value["id"]
    assert ledger.office.do("accounting.archive_cost_centre", cost_centre_id=key).rows[0].archived
    assert ledger.office.show("accounting.cost_centre_choices").rows == ()
    with refused(ledger.office, "accounting.cost_centre_archived"):
        ledger.office.do("accounting.archive_cost_centre", cost_centre_id=key)
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do("accounting.archive_cost_centre", cost_centre_id=key, version=1)
