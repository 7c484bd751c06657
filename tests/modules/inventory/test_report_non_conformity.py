"""Reporting goods that are not as they should be: held until somebody decides."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot
from tests.modules.inventory.quality import report


def test_the_goods_leave_by_no_path_until_it_is_decided(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "8"))
    done = report(depot, "4")
    assert (done["number"], done["broken"]) == (1, 1)
    (row,) = depot.office.show("inventory.non_conformities").rows
    assert (row.state, row.found_at, row.allowed) == ("open", "receipt", ("inventory.decide_non_conformity",))
    (hold,) = depot.office.show("inventory.holds").rows
    with refused(depot.office, "inventory.undecided"):
        depot.office.do("inventory.release_hold", hold_id=hold.id)
    depot.step("ship", order)
    assert depot.stock(depot.paper)["on_hand"] == "4"
    assert depot.stock(depot.paper)["free"] == "0"
    depot.clean()


def test_a_count_may_find_less_of_what_is_held(depot: Depot) -> None:
    report(depot, "4")
    depot.count(depot.paper, "1")
    assert depot.stock(depot.paper)["held"] == "1"
    depot.clean()


def test_no_more_than_lies_there(depot: Depot) -> None:
    with refused(depot.office, "inventory.more_than_there"):
        report(depot, "11")
    with refused(depot.office, "kernel.too_short"):
        report(depot, "1", description="")


def test_the_database_lets_no_hold_go_that_is_undecided(depot: Depot) -> None:
    report(depot, "4")
    release = (
        "INSERT INTO stock_hold (id, hold_id, product_id, warehouse_id, location_id, lot, quantity, reason, "
        "document_table, document_id, command_id, at) SELECT '11111111111111111111111111111111', hold_id, product_id, "
        "warehouse_id, location_id, lot, -quantity, reason, document_table, document_id, command_id, at FROM stock_hold"
    )
    if depot.office.store.name == "postgresql":
        release = release.replace("'1111", "uuid '1111")
    assert refused_by_database(depot.office, release) == "inventory.undecided"
    assert refused_by_database(depot.office, "DELETE FROM non_conformity") == "kernel.never_deleted"
