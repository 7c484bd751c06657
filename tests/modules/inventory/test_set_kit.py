"""Kits: said once, reserved by their parts, promised by the scarcest, shipped and costed by what is in them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.ids import new_id
from retaguarda.modules.inventory import api
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import TABLE, Depot, line_of


def set_kit(depot: Depot, kit: str, **parts: str) -> Any:
    lines = [{"component_id": getattr(depot, name), "quantity": quantity} for name, quantity in parts.items()]
    return depot.office.do("inventory.set_kit", product_id=kit, parts=lines)


@pytest.fixture
def kit(depot: Depot) -> str:
    """A kit of two sheets and a pen; ten sheets (at one) and four pens (at two) are there."""
    key = depot.product("KIT-1", "Kit escolar")
    depot.office.do("inventory.adjust_cost", product_id=depot.paper, unit_cost="1", reason="tabela")
    depot.receive(depot.pen, "4", unit_cost="2")
    set_kit(depot, key, paper="2", pen="1")
    return key


def test_as_many_can_be_promised_as_the_scarcest_part_allows(depot: Depot, kit: str) -> None:
    assert depot.stock(kit)["free"] == "4"
    reads, today = depot.office.reads(), dt.date(2026, 11, 23)
    assert api.free(reads, [kit], depot.main)[kit].free == 4
    depot.office.do("inventory.expect_stock", product_id=depot.pen, quantity="9", expected_on="2026-11-30")
    later = api.available_to_promise(reads, [kit], depot.main, dt.date(2026, 12, 1), today)
    assert later == {kit: 5}
    parts = [(p["component_id"], p["quantity"]) for p in depot.office.one("inventory.kits", kit).parts]
    assert parts == [(depot.pen, Decimal(1)), (depot.paper, Decimal(2))]


def test_reserved_picked_and_shipped_by_its_parts(depot: Depot, kit: str) -> None:
    order = depot.reserve((kit, "3"), (depot.paper, "1"))
    assert (depot.stock(depot.paper)["reserved"], depot.stock(depot.pen)["reserved"]) == ("7", "3")
    reads, document = depot.office.reads(), (TABLE, order)
    reserved = {row.line_id: (row.product_id, row.quantity) for row in api.reserved_of(reads, document)}
    assert reserved == {line_of(order, 1): (kit, Decimal(3)), line_of(order, 2): (depot.paper, Decimal(1))}
    picked = depot.step("pick", order)["picked"]
    assert sorted(p[2] for p in picked) == [1, 3, 6]
    assert depot.step("pick", order)["picked"] == []
    depot.step("ship", order)
    assert api.moved_of(reads, document) == {line_of(order, 1): Decimal(3), line_of(order, 2): Decimal(1)}
    assert api.moved_cost(reads, document) == {line_of(order, 1): Decimal(12), line_of(order, 2): Decimal(1)}
    assert api.reserved_of(reads, document) == ()
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.pen)["on_hand"]) == ("3", "1")
    assert depot.stock(kit)["free"] == "1"
    assert depot.back(order, 1, kit, "2")["cost"] == Decimal(8)
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.pen)["on_hand"]) == ("7", "3")
    depot.back(order, 1, depot.pen, "1")
    depot.clean()


def test_a_part_of_a_kit_leaves_with_as_many_kits_as_asked(depot: Depot, kit: str) -> None:
    order = depot.reserve((kit, "3"))
    depot.step("ship", order, line_id=line_of(order, 1), quantity=Decimal(2))
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.pen)["on_hand"]) == ("6", "2")
    (left,) = api.reserved_of(depot.office.reads(), (TABLE, order))
    assert left.quantity == 1
    depot.clean()


def test_a_short_part_makes_the_kit_short(depot: Depot, kit: str) -> None:
    with pytest.raises(Shortfall) as caught:
        depot.reserve((kit, "5"), (depot.pen, "1"))
    lines = {x["product_id"]: (x["needed"], x["free"]) for x in caught.value.params["lines"]}
    assert lines == {kit: (5, 3), depot.pen: (6, 4)}
    assert depot.stock(depot.pen)["reserved"] == "0"
    depot.reserve((kit, "4"))
    depot.clean()


def test_a_count_that_takes_a_part_leaves_fewer_kits(depot: Depot, kit: str) -> None:
    order = depot.reserve((kit, "4"))
    assert depot.count(depot.pen, "1")["broken"] == 1
    (left,) = api.reserved_of(depot.office.reads(), (TABLE, order))
    assert (left.product_id, left.quantity) == (kit, Decimal(1))
    assert depot.count(depot.pen, "0")["broken"] == 1
    assert api.reserved_of(depot.office.reads(), (TABLE, order)) == ()
    depot.step("release", order)
    assert depot.stock(depot.paper)["reserved"] == "0"
    depot.clean()


def test_parts_are_changed_and_a_kit_becomes_a_product_again(depot: Depot, kit: str) -> None:
    order = depot.reserve((kit, "1"))
    set_kit(depot, kit, paper="1")
    assert depot.stock(kit)["free"] == "8"
    # What is reserved keeps what it was put together of.
    assert {row.quantity for row in api.reserved_of(depot.office.reads(), (TABLE, order))} == {1}
    set_kit(depot, kit)
    assert depot.stock(kit)["free"] == "0"
    depot.receive(kit, "2")
    with refused(depot.office, "inventory.kit_has_no_stock"):
        set_kit(depot, kit, paper="1")
    depot.clean()


def test_what_cannot_be_a_kit_is_refused(depot: Depot, kit: str) -> None:
    with refused(depot.office, "inventory.kit_has_no_stock"):
        depot.receive(kit, "1")
    other = depot.product("KIT-2", "Kit de kits")
    for parts, code in (
        ([{"component_id": kit, "quantity": "1"}], "inventory.kit_in_kit"),
        ([{"component_id": other, "quantity": "1"}], "inventory.set_kit.twice"),
        ([{"component_id": depot.pen, "quantity": "1"}] * 2, "inventory.set_kit.twice"),
        ([{"component_id": new_id(), "quantity": "1"}], "inventory.unknown_product"),
        ([{"component_id": depot.pen, "quantity": "0.5"}], "catalog.whole_quantity"),
    ):
        with refused(depot.office, code):
            depot.office.do("inventory.set_kit", product_id=other, parts=parts)
    with refused(depot.office, "inventory.kit_in_kit"):
        depot.office.do("inventory.set_kit", product_id=depot.pen, parts=[{"component_id": other, "quantity": "1"}])
    with acting(depot.office, "sales"), refused(depot.office, "kernel.forbidden"):
        set_kit(depot, other, paper="1")


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("DELETE FROM kit_part", "kernel.never_deleted"),
        ("UPDATE kit_part SET kit_id = component_id, component_id = kit_id", "inventory.kit_in_kit"),
        ("UPDATE kit_part SET quantity = 0", "ck_kit_part_quantity"),
    ],
)
def test_the_database_keeps_kits_flat(depot: Depot, kit: str, sql: str, code: str) -> None:
    assert refused_by_database(depot.office, sql) == code
