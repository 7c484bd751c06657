"""Correcting a lot's expiry."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot


def test_an_expiry_is_corrected_and_the_lot_stays_itself(depot: Depot) -> None:
    depot.receive(depot.pen, "5", lot="L1", expires_on="2026-12-31")
    row = depot.lot("L1")
    depot.office.do("inventory.revise_lot", lot_id=row.id, expires_on="2027-01-31", version=row.version)
    assert depot.lot("L1").expires_on == dt.date(2027, 1, 31)
    with refused(depot.office, "kernel.stale"):
        depot.office.do("inventory.revise_lot", lot_id=row.id, expires_on="2027-02-28", version=row.version)
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.revise_lot", lot_id=new_id())
    assert refused_by_database(depot.office, "UPDATE lot SET code = 'L2'") == "inventory.lot_renamed"
    assert refused_by_database(depot.office, "DELETE FROM lot") == "kernel.never_deleted"
