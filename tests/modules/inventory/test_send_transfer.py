"""Sending to another warehouse: gone here, in transit, expected there."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot, TryLine


def test_what_was_sent_is_expected_at_the_other_end(depot: Depot, annexe: str) -> None:
    office = depot.office
    depot.receive(depot.paper, "2", unit_cost="5", lot="L1")
    lines = [{"product_id": depot.paper, "quantity": "4"}, {"product_id": depot.paper, "quantity": "1", "lot": "L1"}]
    done = office.do("inventory.send_transfer", to_warehouse_id=annexe, expected_on="2026-11-25", lines=lines)
    (row,) = done.rows
    assert (row.number, row.state, row.from_name, row.to_name) == (1, "sent", "Estoque principal", "Anexo")
    assert (depot.stock(depot.paper)["on_hand"], depot.stock(depot.paper, annexe)["on_hand"]) == ("7", "0")
    coming = office.show("inventory.availability", {"product_id": depot.paper, "warehouse_id": annexe}).rows[0]
    assert (coming.incoming_on, coming.incoming_total) == (dt.date(2026, 11, 25), Decimal(5))
    # It is still ours, and nobody sells it from the road.
    assert depot.value(depot.paper)[0] == "12"
    assert {w.name for w in office.show("inventory.warehouses").rows} == {"Estoque principal", "Anexo"}
    expected_id = office.show("inventory.expected", {"warehouse_id": annexe}, "quantity").rows[0].id
    peg = TryLine(
        line_id=new_id(), product_id=depot.paper, quantity=Decimal(1), warehouse_id=annexe, expected_id=expected_id
    )
    depot.reserve(peg)
    depot.clean()


def test_only_what_is_free_goes_and_only_elsewhere(depot: Depot, annexe: str) -> None:
    office = depot.office
    depot.reserve((depot.paper, "8"))

    def send(quantity: str, to: str = annexe, day: str = "2026-11-25", **more: str) -> None:
        line = {"product_id": depot.paper, "quantity": quantity, **more}
        office.do("inventory.send_transfer", to_warehouse_id=to, expected_on=day, lines=[line])

    with refused(office, "inventory.move_stock.not_free"):
        send("3")
    with refused(office, "inventory.more_than_there"):
        send("11")
    with refused(office, "inventory.more_than_there"):
        send("1", lot="NONE")
    with refused(office, "inventory.send_transfer.same_warehouse"):
        send("1", to=depot.main)
    with refused(office, "inventory.day_is_past"):
        send("1", day="2026-11-22")
    with refused(office, "inventory.unknown_warehouse"):
        send("1", to=new_id())
    with refused(office, "inventory.serials_not_tracked"):
        send("1", serials="A1")
    send("2")
    depot.clean()


def test_nothing_is_done_with_what_is_on_the_road(depot: Depot, annexe: str) -> None:
    office = depot.office
    line = {"product_id": depot.paper, "quantity": "4"}
    office.do("inventory.send_transfer", to_warehouse_id=annexe, expected_on="2026-11-25", lines=[line])
    (road,) = [b for b in office.show("inventory.bins", {"product_id": depot.paper}).rows if b.on_hand == 4]
    with refused(office, "inventory.unknown_warehouse"):
        depot.receive(depot.paper, "1", warehouse_id=road.warehouse_id)
    back = {**line, "from_location_id": road.location_id, "to_location_id": depot.place}
    with refused(office, "inventory.unknown_warehouse"):
        office.do("inventory.move_stock", lines=[back])
    (coming,) = office.show("inventory.expected").rows
    assert coming.allowed == ()
    with refused(office, "inventory.expected_by_document"):
        office.do("inventory.cancel_expected", expected_id=coming.id)
