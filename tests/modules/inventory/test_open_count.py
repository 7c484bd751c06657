"""Opening a count: which places it has, and what its paper hides."""

from __future__ import annotations

import dataclasses

from tests.helpers.company import refused
from tests.modules.inventory.counting import sheet
from tests.modules.inventory.depot import Depot


def places(depot: Depot, key: str) -> list[tuple[str, str]]:
    rows = depot.office.show("inventory.count_sheet_lines", {"sheet_id": key}, "position").rows
    return [(row.location_code, row.code) for row in rows]


def test_the_places_come_in_the_order_of_the_route_without_the_books(depot: Depot) -> None:
    near = depot.location("A", route=1)
    depot.receive(depot.pen, "4", location_id=near)
    key = sheet(depot)
    assert places(depot, key) == [("01", "A4-75"), ("A", "CAN-1")]
    assert places(depot, sheet(depot, location_id=near)) == [("A", "CAN-1")]
    assert places(depot, sheet(depot, product_id=depot.paper)) == [("01", "A4-75")]
    row = depot.office.show("inventory.count_sheet_lines", {"sheet_id": key}).rows[0]
    assert not {f.name for f in dataclasses.fields(row)} & {"booked_quantity", "difference", "on_hand"}
    (head,) = depot.office.show("inventory.count_sheets", {"id": key}).rows
    assert (head.places, head.waiting, head.again, head.state) == (2, 2, 0, "open")
    depot.clean()


def test_what_was_counted_lately_is_not_due(depot: Depot) -> None:
    depot.receive(depot.pen, "4")
    depot.count(depot.paper, "10")
    due = {row.code: (row.due, row.days) for row in depot.office.show("inventory.count_due").rows}
    assert due == {"A4-75": (False, 0), "CAN-1": (True, None)}
    assert places(depot, sheet(depot, due=True)) == [("01", "CAN-1")]


def test_an_empty_place_is_no_count(depot: Depot) -> None:
    empty = depot.location("Z")
    with refused(depot.office, "inventory.open_count.nothing_there"):
        sheet(depot, location_id=empty)
    other = depot.office.do("inventory.add_warehouse", code="7", name="Anexo").value["id"]
    with refused(depot.office, "inventory.other_warehouse"):
        sheet(depot, warehouse_id=other, location_id=empty)
