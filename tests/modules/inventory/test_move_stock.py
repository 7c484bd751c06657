"""Transfers: inside a warehouse freely, to another one only what is free."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.inventory.depot import Depot


def move(depot: Depot, quantity: str, to: str, **more: Any) -> Any:
    line = {
        "product_id": depot.paper,
        "quantity": quantity,
        "from_location_id": depot.place,
        "to_location_id": to,
        **more,
    }
    return depot.office.do("inventory.move_stock", lines=[line])


@pytest.fixture
def annexe(depot: Depot) -> tuple[str, str]:
    """A second warehouse and its location."""
    key = depot.office.do("inventory.add_warehouse", code="7", name="Anexo").value["id"]
    return key, depot.office.show("inventory.locations", {"warehouse_id": key}).rows[0].id


def test_to_another_shelf(depot: Depot) -> None:
    shelf = depot.location("B")
    depot.reserve((depot.paper, "10"))
    move(depot, "4", shelf)
    assert (depot.bin(depot.paper), depot.bin(depot.paper, shelf)) == (("6", "0"), ("4", "0"))
    assert depot.stock(depot.paper)["on_hand"] == "10"
    depot.clean()


def test_to_another_warehouse(depot: Depot, annexe: tuple[str, str]) -> None:
    warehouse, there = annexe
    assert move(depot, "4", there).rows[0].kind == "transfer"
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.paper, warehouse)["free"]) == ("6", "4")
    line = {"product_id": depot.paper, "quantity": "1", "from_location_id": there, "to_location_id": depot.place}
    depot.office.do("inventory.move_stock", lines=[line])
    assert depot.stock(depot.paper, warehouse)["on_hand"] == "3"
    depot.clean()


def test_reserved_picked_and_held_goods_stay(depot: Depot, annexe: tuple[str, str]) -> None:
    _, there = annexe
    order = depot.reserve((depot.paper, "5"))
    depot.office.do("inventory.hold_stock", product_id=depot.paper, quantity="3", reason="recall")
    with refused(depot.office, "inventory.move_stock.not_free") as caught:
        move(depot, "3", there)
    assert caught[0].params["faults"][0]["params"] == {"free": Decimal(2)}
    depot.step("pick", order)
    shelf = depot.location("B")
    with refused(depot.office, "inventory.more_than_there"):
        move(depot, "3", shelf)
    move(depot, "2", there)
    depot.clean()


def test_what_cannot_be_moved_is_refused(depot: Depot) -> None:
    with refused(depot.office, "inventory.move_stock.same_place"):
        move(depot, "1", depot.place)
    with refused(depot.office, "inventory.unknown_location"):
        move(depot, "1", new_id())
    shelf = depot.location("B")
    with refused(depot.office, "inventory.more_than_there"):
        move(depot, "11", shelf)
    with refused(depot.office, "inventory.more_than_there"):
        move(depot, "1", shelf, lot="L1")


def test_not_into_another_branch_s_warehouse(depot: Depot) -> None:
    depot.office.do(("company.add_branch", {"code": "2", "name": "Filial", "state": "SP", "monday": "08:00-18:00"}))
    other = next(w for w in depot.office.show("inventory.warehouses").rows if w.branch_name != "Matriz")
    there = depot.office.show("inventory.locations", {"warehouse_id": other.id}).rows[0].id
    with acting(depot.office, "stock"), refused(depot.office, "company.other_branch"):
        move(depot, "1", there)
