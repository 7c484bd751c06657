"""Holds: what is held back leaves by no path."""

from __future__ import annotations

from decimal import Decimal

from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot


def hold(depot: Depot, quantity: str, **more: str) -> str:
    payload = {"product_id": depot.paper, "quantity": quantity, "reason": "recolhimento do lote", **more}
    return str(depot.office.do(("inventory.hold_stock", payload)).value["id"])


def test_held_goods_are_not_free_and_say_why(depot: Depot) -> None:
    key = hold(depot, "4")
    row = depot.office.one("inventory.holds", key)
    assert (row.quantity, row.reason, row.location_code) == (Decimal(4), "recolhimento do lote", "01")
    assert depot.stock(depot.paper)["free"] == "6"
    depot.clean()


def test_a_hold_breaks_what_was_reserved_and_picked(depot: Depot) -> None:
    order = depot.reserve((depot.paper, "9"))
    depot.step("pick", order)
    hold(depot, "4")
    assert depot.stock(depot.paper) == {
        "on_hand": "10",
        "held": "4",
        "reserved": "6",
        "allowed_negative": "0",
        "free": "0",
    }
    assert depot.bin(depot.paper) == ("10", "6")
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.document_id, lost.quantity, lost.cause) == (order, Decimal(3), "hold")
    shipped = depot.step("ship", order)
    assert sum(r[1] for r in shipped["rows"]) == 6
    assert depot.stock(depot.paper)["on_hand"] == "4"
    depot.clean()


def test_no_more_than_lies_there_unheld(depot: Depot) -> None:
    hold(depot, "7")
    with refused(depot.office, "inventory.more_than_there") as caught:
        hold(depot, "4")
    assert caught[0].params["faults"][0]["params"] == {"there": Decimal(3)}
    with refused(depot.office, "inventory.more_than_there"):
        hold(depot, "1", lot="L9")
    with refused(depot.office, "inventory.unknown_location"):
        hold(depot, "1", location_id="0" * 32)
