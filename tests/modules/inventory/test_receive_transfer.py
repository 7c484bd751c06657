"""Receiving a transfer: whole, in parts, with what was lost or found on the way."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot, TryLine


@pytest.fixture
def sent(depot: Depot, annexe: str) -> str:
    """A transfer of six sheets, each worth two."""
    depot.office.do("inventory.adjust_cost", product_id=depot.paper, unit_cost="2", reason="tabela")
    line = {"product_id": depot.paper, "quantity": "6"}
    done = depot.office.do("inventory.send_transfer", to_warehouse_id=annexe, expected_on="2026-11-25", lines=[line])
    return str(done.value["id"])


def receive(depot: Depot, transfer: str, *lines: dict[str, Any], **more: Any) -> Any:
    return depot.office.do(("inventory.receive_transfer", {"transfer_id": transfer, "lines": lines, **more}))


def line_of_transfer(depot: Depot, transfer: str) -> Any:
    (line,) = depot.office.show("inventory.transfer_lines", {"transfer_id": transfer}).rows
    return line


def test_what_was_sent_has_come_and_whoever_waited_gets_it(depot: Depot, annexe: str, sent: str) -> None:
    (coming,) = depot.office.show("inventory.expected").rows
    peg = TryLine(
        line_id=new_id(), product_id=depot.paper, quantity=Decimal(2), warehouse_id=annexe, expected_id=coming.id
    )
    depot.reserve(peg)
    done = receive(depot, sent)
    assert (done.rows[0].state, done.value["broken"]) == ("received", 0)
    there = depot.stock(depot.paper, annexe)
    assert (there["on_hand"], there["reserved"], there["free"]) == ("6", "2", "4")
    assert depot.value(depot.paper) == ("10", "2", "20")
    with refused(depot.office, "inventory.receive_transfer.received"):
        receive(depot, sent)
    depot.clean()


def test_what_is_missing_is_lost_with_its_cost_and_breaks_what_waited_for_it(
    depot: Depot, annexe: str, sent: str
) -> None:
    (coming,) = depot.office.show("inventory.expected").rows
    peg = TryLine(
        line_id=new_id(), product_id=depot.paper, quantity=Decimal(5), warehouse_id=annexe, expected_id=coming.id
    )
    depot.reserve(peg)
    line = line_of_transfer(depot, sent)
    with refused(depot.office, "inventory.reason_needed"):
        receive(depot, sent, {"line_id": line.id, "quantity": "4"})
    done = receive(depot, sent, {"line_id": line.id, "quantity": "4"}, reason="caixa molhada")
    assert (done.rows[0].state, done.value["broken"]) == ("received", 1)
    line = line_of_transfer(depot, sent)
    assert (line.came, line.lost, line.found, line.open_quantity) == (4, 2, 0, 0)
    there = depot.stock(depot.paper, annexe)
    assert (there["on_hand"], there["reserved"]) == ("4", "4")
    assert depot.value(depot.paper) == ("8", "2", "16")
    depot.clean()


def test_the_rest_comes_later_and_more_than_was_sent_is_found(depot: Depot, annexe: str, sent: str) -> None:
    line = line_of_transfer(depot, sent)
    done = receive(depot, sent, {"line_id": line.id, "quantity": "1"}, rest_comes=True)
    assert done.rows[0].state == "sent"
    assert line_of_transfer(depot, sent).open_quantity == 5
    depot.clean()
    shelf = depot.location("P", annexe)
    receive(depot, sent, {"line_id": line.id, "quantity": "7", "location_id": shelf}, reason="foram sete")
    line = line_of_transfer(depot, sent)
    assert (line.came, line.found, line.open_quantity) == (6, 2, 0)
    assert depot.bin(depot.paper, shelf)[0] == "7"
    assert depot.value(depot.paper)[0] == "12"
    depot.clean()


def test_numbered_pieces_arrive_by_number_and_are_lost_by_number(depot: Depot, annexe: str) -> None:
    office = depot.office
    office.do("inventory.track_product", product_id=depot.pen, tracking="serial")
    depot.receive(depot.pen, "3", serials="A1 A2 A3")
    line = {"product_id": depot.pen, "quantity": "3", "serials": "A1 A2 A3"}
    sent = office.do("inventory.send_transfer", to_warehouse_id=annexe, expected_on="2026-11-25", lines=[line])
    key = str(sent.value["id"])
    with refused(office, "inventory.serials_needed"):
        receive(depot, key)
    row = line_of_transfer(depot, key)
    with refused(office, "inventory.more_than_sent"):
        receive(depot, key, {"line_id": row.id, "quantity": "4", "serials": "A1 A2 A3 A4"}, reason="sobrou")
    receive(depot, key, {"line_id": row.id, "quantity": "2", "serials": "A1 A3"}, reason="sumiu uma")
    states = {s.number: (s.state, s.warehouse_name) for s in office.show("inventory.serials").rows}
    assert states == {"A1": ("there", "Anexo"), "A2": ("gone", None), "A3": ("there", "Anexo")}
    depot.clean()


def test_wrong_lines_and_wrong_people_are_refused(depot: Depot, sent: str) -> None:
    with refused(depot.office, "inventory.receive_transfer.unknown_line"):
        receive(depot, sent, {"line_id": new_id(), "quantity": "1"})
    line = {"line_id": line_of_transfer(depot, sent).id, "quantity": "6"}
    with refused(depot.office, "inventory.other_warehouse"):
        receive(depot, sent, {**line, "location_id": depot.place})
    with refused(depot.office, "kernel.missing"):
        receive(depot, new_id())
    with acting(depot.office, "sales"), refused(depot.office, "kernel.forbidden"):
        receive(depot, sent)


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE transfer SET to_warehouse_id = from_warehouse_id", "inventory.transfer_moves"),
        ("UPDATE transfer SET number = 9", "inventory.transfer_moves"),
        ("DELETE FROM transfer", "kernel.never_deleted"),
        ("UPDATE transfer_line SET quantity = 1", "kernel.append_only"),
        (
            "INSERT INTO transfer_arrival (id, line_id, quantity, lost_quantity, found_quantity, reason, command_id, "
            "at) SELECT id, id, quantity + 1, 0, 0, '', command_id, at FROM transfer_line",
            "inventory.more_than_sent",
        ),
    ],
    ids=lambda v: v[:40],
)
def test_the_database_keeps_a_transfer_as_it_was_sent(depot: Depot, sent: str, sql: str, code: str) -> None:
    assert refused_by_database(depot.office, sql) == code


def test_nothing_moves_in_a_transfer_that_was_received(depot: Depot, sent: str) -> None:
    receive(depot, sent)
    sql = "UPDATE transfer SET note = 'x'"
    assert refused_by_database(depot.office, sql) == "inventory.transfer_moves"
