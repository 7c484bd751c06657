"""Holding a whole lot: the first step of a recall."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_everything_of_the_lot_is_held_wherever_it_lies(depot: Depot) -> None:
    shelf = depot.location("B")
    depot.receive(depot.pen, "3", lot="L1")
    depot.receive(depot.pen, "2", lot="L1", location_id=shelf)
    depot.receive(depot.pen, "5", lot="L2")
    depot.reserve((depot.pen, "7"))
    done = depot.office.do("inventory.hold_lot", lot_id=depot.lot("L1").id, reason="aviso do fabricante")
    assert (done.value["held"], done.value["broken"], done.rows[0].held) == (2, 1, 5)
    assert depot.stock(depot.pen)["reserved"] == "5"
    assert depot.office.do("inventory.hold_lot", lot_id=depot.lot("L1").id, reason="de novo").value["held"] == 0
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.hold_lot", lot_id=new_id(), reason="engano")
    depot.clean()
