"""What the database refuses of shipments, whoever writes; and goods that were sold before their entry was typed."""

from __future__ import annotations

import pytest

from tests.helpers.guards import refused_by_database
from tests.modules.delivery.conftest import Shop


@pytest.mark.parametrize("change", ["state = 'delivered'", "state = 'none'", "order_id = id", "branch_id = id"])
def test_a_shipment_goes_its_way_step_by_step(shop: Shop, change: str) -> None:
    shop.order("pick")
    assert refused_by_database(shop.office, f"UPDATE shipment SET {change}") == "delivery.unknown_move"


def test_what_is_sold_before_its_entry_is_told_at_picking(shop: Shop) -> None:
    product = shop.office.do("catalog.add_product", code="P-9", name="Produto 9", price="9.00").value["id"]
    shop.office.do("inventory.authorise_negative", product_id=product, quantity="3", reason="nota chega à tarde")
    order = shop.order("invoice", [(product, "2"), (shop.products[0], "1")])
    warnings = shop.step("pick", order).warnings
    assert [(w.code, w.params["lines"]) for w in warnings] == [("delivery.pick_order.not_on_shelf", 1)]
