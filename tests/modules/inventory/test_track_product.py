"""How products are tracked: said while nothing of them is in stock."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_a_product_is_tracked_and_no_longer(depot: Depot) -> None:
    office = depot.office
    for how in ("serial", "lot", "none"):
        office.do("inventory.track_product", product_id=depot.pen, tracking=how)
        assert office.one("inventory.care", depot.pen).tracking == how
    depot.receive(depot.pen, "1")
    depot.clean()


def test_what_lies_there_already_cannot_be_told_apart(depot: Depot) -> None:
    with refused(depot.office, "inventory.track_product.in_stock") as caught:
        depot.office.do("inventory.track_product", product_id=depot.paper, tracking="serial")
    assert caught[0].params["quantity"] == 10
    with refused(depot.office, "inventory.unknown_product"):
        depot.office.do("inventory.track_product", product_id=new_id(), tracking="lot")
    with refused(depot.office, "kernel.not_a_choice"):
        depot.office.do("inventory.track_product", product_id=depot.pen, tracking="colour")
