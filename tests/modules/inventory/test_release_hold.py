"""Releasing a hold: in parts or whole, never more than is held."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_in_parts_then_whole(depot: Depot) -> None:
    office = depot.office
    key = office.do("inventory.hold_stock", product_id=depot.paper, quantity="4", reason="conferir").value["id"]
    office.do("inventory.hold_stock", product_id=depot.paper, quantity="3", reason="outra")
    office.do("inventory.release_hold", hold_id=key, quantity="1")
    assert office.one("inventory.holds", key).quantity == 3
    with refused(office, "inventory.release_hold.more_than_held") as caught:
        office.do("inventory.release_hold", hold_id=key, quantity="4")
    assert caught[0].params["faults"][0]["params"] == {"held": Decimal(3)}
    office.do("inventory.release_hold", hold_id=key, reason="tudo certo")
    with refused(office, "inventory.release_hold.released"):
        office.do("inventory.release_hold", hold_id=key)
    assert (depot.stock(depot.paper)["held"], len(office.show("inventory.holds").rows)) == ("3", 1)
    with refused(office, "kernel.missing"):
        office.do("inventory.release_hold", hold_id=new_id())
    depot.clean()
