"""What the database refuses of balances, whoever writes; and places that are no longer used."""

from __future__ import annotations

import pytest

from retaguarda.kernel.errors import Refusal
from tests.helpers.company import refused
from tests.helpers.guards import refused_by_database, write_past
from tests.modules.inventory.depot import Depot


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE stock_balance SET reserved = on_hand + 1 WHERE on_hand > 0", "inventory.stock_taken"),
        ("UPDATE stock_balance SET reserved = -1 WHERE on_hand > 0", "inventory.stock_taken"),
        ("UPDATE stock_balance SET on_hand = -1 WHERE on_hand > 0", "inventory.stock_gone"),
        ("UPDATE stock_balance SET held = on_hand + 1 WHERE on_hand > 0", "inventory.stock_held_back"),
        ("UPDATE bin_balance SET on_hand = -1 WHERE on_hand > 0", "inventory.stock_gone"),
        ("UPDATE bin_balance SET picked = on_hand + 1 WHERE on_hand > 0", "inventory.stock_picked"),
        ("UPDATE expected_movement SET pegged = quantity + 1", "inventory.expected_pegged"),
    ],
    ids=lambda v: v[:40],
)
def test_a_balance_never_says_what_cannot_be(depot: Depot, sql: str, code: str) -> None:
    depot.office.do("inventory.expect_stock", product_id=depot.pen, quantity="5", expected_on="2026-12-01")
    assert refused_by_database(depot.office, sql) == code


def test_nothing_comes_to_a_location_that_is_no_longer_used(depot: Depot) -> None:
    old = depot.location("Z")
    write_past(depot.office, "UPDATE location SET archived = (1 = 1) WHERE code = 'Z'")
    with refused(depot.office, "inventory.archived_location"):
        depot.receive(depot.paper, "1", location_id=old)
    with refused(depot.office, "inventory.archived_location") as caught:
        line = {"product_id": depot.paper, "quantity": "1", "from_location_id": depot.place, "to_location_id": old}
        depot.office.do("inventory.move_stock", lines=[line])
    assert caught[0].field == "lines.1.to_location_id"


def test_nothing_comes_to_a_warehouse_that_is_no_longer_used(depot: Depot) -> None:
    old = depot.office.do("inventory.add_warehouse", code="V", name="Antigo").value["id"]
    write_past(depot.office, "UPDATE warehouse SET archived = (1 = 1) WHERE code = 'V'")
    with refused(depot.office, "inventory.archived_warehouse"):
        depot.receive(depot.paper, "1", warehouse_id=old)
    with pytest.raises(Refusal):
        depot.location("Y", old)
