"""Picking, putting back, shipping: only what is reserved, by the route, what is picked first."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.modules.inventory import api
from tests.helpers.company import refused
from tests.modules.inventory.depot import TABLE, Depot, line_of


def test_picked_and_shipped(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"), (depot.paper, "3"))
    picked = depot.step("pick", order)
    assert (picked["missing"], depot.bin(depot.paper)) == ([], ("10", "7"))
    assert depot.step("pick", order)["picked"] == []
    shipped = depot.step("ship", order)
    assert sorted(shipped["rows"]) == sorted([[line_of(order, 1), Decimal(4)], [line_of(order, 2), Decimal(3)]])
    assert shipped["statements"] == 11
    assert depot.bin(depot.paper) == ("3", "0")
    assert depot.stock(depot.paper) == {
        "on_hand": "3",
        "held": "0",
        "reserved": "0",
        "allowed_negative": "0",
        "free": "3",
    }
    reads = depot.office.reads()
    assert api.moved_of(reads, (TABLE, order)) == {line_of(order, 1): Decimal(4), line_of(order, 2): Decimal(3)}
    assert api.reserved_of(reads, (TABLE, order)) == ()
    assert depot.step("ship", order)["rows"] == []
    depot.clean()


def test_the_route_says_where_to_pick(depot: Depot) -> None:
    near = depot.location("A", route=1, name="Perto")
    far = depot.location("Z")
    depot.receive(depot.pen, "2", location_id=far)
    depot.receive(depot.pen, "3", location_id=near)
    order = depot.reserve((depot.pen, "4"))
    picked = depot.step("pick", order)["picked"]
    assert [(p[1], p[2]) for p in picked] == [(near, Decimal(3)), (far, Decimal(1))]
    depot.step("unpick", order)
    assert (depot.bin(depot.pen, near), depot.bin(depot.pen, far)) == (("3", "0"), ("2", "0"))
    assert depot.stock(depot.pen)["reserved"] == "4"
    depot.clean()


def test_a_picker_who_scans_takes_only_what_is_reserved_and_there(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"))
    said = {"line_id": line_of(order, 1), "product_id": depot.paper, "location_id": depot.place}
    done = depot.step("pick", order, quantity=Decimal(3), **said)
    assert done["missing"] == [[line_of(order, 1), Decimal(1)]]
    with refused(depot.office, "inventory.pick_not_reserved"):
        depot.step("pick", order, quantity=Decimal(2), **said)
    with refused(depot.office, "inventory.pick_not_reserved"):
        depot.step("pick", order, quantity=Decimal(1), **{**said, "product_id": depot.pen})
    elsewhere = depot.location("B")
    with refused(depot.office, "inventory.stock_picked"):
        depot.step("pick", order, quantity=Decimal(1), **{**said, "location_id": elsewhere})
    depot.clean()


def test_part_of_a_line_is_shipped(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"))
    depot.step("ship", order, line_id=line_of(order, 1), quantity=Decimal(1))
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.paper)["reserved"]) == ("9", "3")
    with refused(depot.office, "inventory.ship_not_reserved"):
        depot.step("ship", order, line_id=line_of(order, 1), quantity=Decimal(4))
    depot.clean()


def test_releasing_puts_back_what_was_picked(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "4"))
    depot.step("pick", order)
    depot.step("release", order)
    assert (depot.bin(depot.paper), depot.stock(depot.paper)["free"]) == (("10", "0"), "10")
    depot.clean()


def test_what_is_held_back_is_not_picked(depot: Depot) -> None:
    other = depot.location("B")
    depot.receive(depot.paper, "5", location_id=other)
    depot.office.do("inventory.hold_stock", product_id=depot.paper, quantity="8", reason="recolhimento")
    order = depot.reserve((depot.paper, "7"))
    picked = depot.step("pick", order)["picked"]
    assert [(p[1], p[2]) for p in picked] == [(depot.place, Decimal(2)), (other, Decimal(5))]
    depot.clean()


def test_reserved_goods_that_lie_nowhere_are_said_to(depot: Depot) -> None:
    """What is picked for one order cannot leave for another, though both are reserved."""
    first = depot.reserve((depot.paper, "5"))
    second = depot.reserve((depot.paper, "5"))
    depot.step("pick", first)
    depot.step("pick", second)
    depot.step("unpick", second)
    depot.step("pick", second)
    depot.step("ship", first)
    depot.step("ship", second)
    assert depot.stock(depot.paper)["on_hand"] == "0"
    depot.clean()
