"""Locations stand on the picker's way."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def test_without_a_number_it_comes_last(depot: Depot) -> None:
    depot.location("A-9", route=90)
    depot.location("A-10", name="Fundo")
    rows = depot.office.show("inventory.locations").rows
    assert [(r.code, r.route) for r in rows] == [("01", 1), ("A-9", 90), ("A-10", 91)]
    assert rows[2].name == "Fundo"
    with refused(depot.office, "inventory.location_code_taken"):
        depot.location("A-9")
    with refused(depot.office, "inventory.unknown_warehouse"):
        depot.location("B", "0" * 32)
