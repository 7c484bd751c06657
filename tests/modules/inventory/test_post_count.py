"""Posting a blind count: only settled, with the reason, by the rules for broken reservations."""

from __future__ import annotations

from decimal import Decimal

from tests.helpers.company import acting, refused
from tests.modules.inventory.counting import enter, sheet
from tests.modules.inventory.depot import Depot


def test_the_difference_is_posted_against_what_is_there_now(depot: Depot) -> None:
    depot.reserve((depot.paper, "9"))
    key = sheet(depot, product_id=depot.paper)
    enter(depot, key, depot.paper, "8")
    depot.receive(depot.paper, "1")
    enter(depot, key, depot.paper, "9")
    with refused(depot.office, "inventory.post_count.reason_needed"):
        depot.office.do("inventory.post_count", sheet_id=key)
    done = depot.office.do("inventory.post_count", sheet_id=key, reason="quebra no corredor")
    (row,) = done.rows
    assert (row.state, row.allowed, done.value["broken"]) == ("posted", (), 0)
    assert depot.stock(depot.paper)["on_hand"] == "9"
    lines = depot.office.show("inventory.document_lines", {"document_id": row.document_id}).rows
    assert [(x.booked_quantity, x.quantity) for x in lines] == [(Decimal(11), Decimal(9))]
    depot.clean()


def test_what_was_reserved_and_is_not_there_breaks(depot: Depot) -> None:
    depot.reserve((depot.paper, "9"))
    key = sheet(depot)
    for _ in range(2):
        enter(depot, key, depot.paper, "7")
    done = depot.office.do("inventory.post_count", sheet_id=key, reason="roubo")
    assert done.value["broken"] == 1
    assert len(depot.office.show("inventory.broken_reservations").rows) == 1
    depot.clean()


def test_what_is_not_settled_is_not_posted(depot: Depot) -> None:
    depot.receive(depot.pen, "2")
    key = sheet(depot)
    with refused(depot.office, "inventory.post_count.uncounted") as caught:
        depot.office.do("inventory.post_count", sheet_id=key)
    assert caught[0].params["places"] == 2
    enter(depot, key, depot.paper, "10")
    enter(depot, key, depot.pen, "1")
    with refused(depot.office, "inventory.post_count.unsettled"):
        depot.office.do("inventory.post_count", sheet_id=key, reason="engano")
    with acting(depot.office, "picking"), refused(depot.office, "kernel.forbidden"):
        depot.office.do("inventory.post_count", sheet_id=key)


def test_numbered_pieces_are_posted_by_number_and_not_after_they_moved(depot: Depot) -> None:
    depot.office.do("inventory.track_product", product_id=depot.pen, tracking="serial")
    depot.receive(depot.pen, "2", serials="A1 A2")
    key = sheet(depot, product_id=depot.pen)
    for _ in range(2):
        enter(depot, key, depot.pen, "1", serials="A2")
    depot.receive(depot.pen, "1", serials="A3")
    with refused(depot.office, "inventory.post_count.moved_since"):
        depot.office.do("inventory.post_count", sheet_id=key, reason="sumiu")
    enter(depot, key, depot.pen, "2", serials="A2 A3")
    depot.office.do("inventory.post_count", sheet_id=key, reason="sumiu")
    states = {s.number: s.state for s in depot.office.show("inventory.serials").rows}
    assert states == {"A1": "gone", "A2": "there", "A3": "there"}
    depot.clean()


def test_a_posted_count_is_closed(depot: Depot) -> None:
    key = sheet(depot)
    enter(depot, key, depot.paper, "10")
    depot.office.do("inventory.post_count", sheet_id=key, version=1)
    with refused(depot.office, "inventory.count_closed"):
        depot.office.do("inventory.post_count", sheet_id=key)
