"""Entering what was counted: again where it differs, settled when two agree."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.counting import enter, sheet, standings
from tests.modules.inventory.depot import Depot


def test_what_agrees_is_settled_and_what_differs_is_counted_again(depot: Depot) -> None:
    key = sheet(depot)
    assert enter(depot, key, depot.paper, "8").value["again"] == 1
    assert standings(depot, key) == ["again"]
    assert enter(depot, key, depot.paper, "9").value["again"] == 1
    assert enter(depot, key, depot.paper, "9").value["again"] == 0
    assert standings(depot, key) == ["settled"]
    other = sheet(depot)
    enter(depot, other, depot.paper, "10")
    assert standings(depot, other) == ["settled"]
    # Nothing was posted.
    assert depot.stock(depot.paper)["on_hand"] == "10"
    depot.clean()


def test_goods_sold_between_two_counts_do_not_make_them_differ(depot: Depot) -> None:
    key = sheet(depot)
    enter(depot, key, depot.paper, "9")
    depot.step("ship", depot.reserve((depot.paper, "4")))
    enter(depot, key, depot.paper, "5")
    assert standings(depot, key) == ["settled"]


def test_what_nobody_expected_is_added_to_the_sheet(depot: Depot) -> None:
    key = sheet(depot)
    shelf = depot.location("B")
    enter(depot, key, depot.pen, "3", location_id=shelf)
    assert standings(depot, key) == ["waiting", "again"]


def test_wrong_entries_are_refused(depot: Depot) -> None:
    key = sheet(depot)
    line = {"product_id": depot.paper, "quantity": "1"}
    with refused(depot.office, "inventory.twice"):
        depot.office.do("inventory.enter_count", sheet_id=key, lines=[line, line])
    with refused(depot.office, "catalog.whole_quantity"):
        enter(depot, key, depot.paper, "1.5")
    with refused(depot.office, "inventory.serials_not_tracked"):
        enter(depot, key, depot.paper, "1", serials="A1")
    with refused(depot.office, "inventory.unknown_location"):
        enter(depot, key, depot.paper, "1", location_id=new_id())
    depot.office.do("inventory.cancel_count", sheet_id=key)
    with refused(depot.office, "inventory.count_closed"):
        enter(depot, key, depot.paper, "1")


def test_the_database_keeps_entries_and_closed_sheets(depot: Depot) -> None:
    key = sheet(depot)
    enter(depot, key, depot.paper, "10")
    assert refused_by_database(depot.office, "UPDATE count_entry SET quantity = 1") == "kernel.append_only"
    assert refused_by_database(depot.office, "DELETE FROM count_sheet_line") == "kernel.never_deleted"
    depot.office.do("inventory.post_count", sheet_id=key)
    assert refused_by_database(depot.office, "UPDATE count_sheet SET note = 'x'") == "inventory.count_closed"
    again = (
        "INSERT INTO count_entry (id, line_id, quantity, booked_quantity, serials, command_id, at) "
        "SELECT line_id, line_id, 1, 1, '', command_id, at FROM count_entry"
    )
    assert refused_by_database(depot.office, again) == "inventory.count_closed"
