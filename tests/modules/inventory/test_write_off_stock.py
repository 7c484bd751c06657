"""Damaged and lost goods leave the stock, with the reason, whatever was promised of them."""

from __future__ import annotations

from decimal import Decimal

from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def write_off(depot: Depot, *quantities: str, reason: str = "caiu da prateleira") -> None:
    lines = [{"product_id": depot.paper, "quantity": q} for q in quantities]
    depot.office.do("inventory.write_off_stock", lines=lines, reason=reason)


def test_damage_breaks_what_was_reserved(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "9"))
    depot.step("pick", order)
    write_off(depot, "2", "1")
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.paper)["reserved"]) == ("7", "7")
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.quantity, lost.cause) == (Decimal(2), "damage")
    assert depot.bin(depot.paper) == ("7", "7")
    depot.clean()


def test_no_more_than_there_is(depot: Depot) -> None:
    with refused(depot.office, "inventory.more_than_there") as caught:
        write_off(depot, "6", "5")
    assert caught[0].params["faults"] == [
        {"field": "lines.2.quantity", "code": "inventory.more_than_there", "params": {"there": Decimal(4)}}
    ]
    with refused(depot.office, "kernel.too_short"):
        write_off(depot, "1", reason="x")
