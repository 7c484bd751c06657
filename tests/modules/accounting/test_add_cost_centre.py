"""Cost centres are added."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_it_is_there_to_be_chosen(ledger: Ledger) -> None:
    (row,) = ledger.office.do("accounting.add_cost_centre", code="L1", name="Loja do centro").rows
    assert (row.code, row.name, row.archived) == ("L1", "Loja do centro", False)
    assert [c.id for c in ledger.office.show("accounting.cost_centre_choices", {"search": "centro"}).rows] == [row.id]
    with refused(ledger.office, "accounting.code_taken"):
        ledger.office.do("accounting.add_cost_centre", code="L1", name="Outra")
