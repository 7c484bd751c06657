"""A location gets another name or another place on the picker's way."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_moved_on_the_route(depot: Depot) -> None:
    (row,) = depot.office.do(
        "inventory.revise_location", location_id=depot.place, route=7, name="Porta", version=1
    ).rows
    assert (row.route, row.name, row.version) == (7, "Porta", 2)
    with refused(depot.office, "kernel.stale"):
        depot.office.do("inventory.revise_location", location_id=depot.place, route=8, version=1)
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.revise_location", location_id=new_id(), route=8)
