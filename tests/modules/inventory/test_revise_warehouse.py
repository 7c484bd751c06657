"""A warehouse is renamed by whoever read it last."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_renamed(depot: Depot) -> None:
    (row,) = depot.office.do("inventory.revise_warehouse", warehouse_id=depot.main, name="Loja", version=1).rows
    assert (row.name, row.version) == ("Loja", 2)
    with refused(depot.office, "kernel.stale"):
        depot.office.do("inventory.revise_warehouse", warehouse_id=depot.main, name="Balcão", version=1)
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.revise_warehouse", warehouse_id=new_id(), name="Balcão")
