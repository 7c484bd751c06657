"""Taking back that an expired lot may be sold."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_it_leaves_no_more(depot: Depot) -> None:
    depot.receive(depot.pen, "5", lot="OLD", expires_on="2026-11-01")
    key = depot.lot("OLD").id
    depot.office.do("inventory.allow_expired", lot_id=key, reason="cliente sabe")
    depot.office.do("inventory.forbid_expired", lot_id=key)
    assert (depot.lot("OLD").state, depot.lot("OLD").reason) == ("expired", "")
    assert depot.step("pick", depot.reserve((depot.pen, "2")))["picked"] == []
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.forbid_expired", lot_id=new_id())
