"""Numbered pieces: received, picked, shipped, returned, moved, counted and lost by their numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retaguarda.kernel.errors import Refusal
from tests.helpers.company import refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot, line_of


@pytest.fixture
def numbered(depot: Depot) -> Depot:
    """A depot with three pens, each with its number."""
    depot.office.do("inventory.track_product", product_id=depot.pen, tracking="serial")
    depot.receive(depot.pen, "3", serials="A1 A2, A3")
    return depot


def states(depot: Depot) -> dict[str, str]:
    return {row.number: row.state for row in depot.office.show("inventory.serials").rows}


def said(depot: Depot, order: str, quantity: str, *numbers: str) -> None:
    depot.step("pick", order, line_id=line_of(order, 1), product_id=depot.pen, location_id=depot.place,
               quantity=Decimal(quantity), serials=numbers)  # fmt: skip


def test_the_piece_that_was_picked_is_the_one_that_leaves(numbered: Depot) -> None:
    order = numbered.reserve((numbered.pen, "2"))
    said(numbered, order, "1", "A3")
    assert states(numbered) == {"A1": "there", "A2": "there", "A3": "picked"}
    numbered.step("pick", order)
    assert states(numbered) == {"A1": "picked", "A2": "there", "A3": "picked"}
    numbered.step("ship", order)
    assert states(numbered) == {"A1": "gone", "A2": "there", "A3": "gone"}
    piece = numbered.office.show("inventory.serials", {"number": "A3"}).rows[0]
    way = numbered.office.show("inventory.serial_moves", {"number": piece.number}, "at").rows
    assert [m.kind for m in way] == ["receipt", "pick", "ship"]
    numbered.clean()


def test_pieces_put_back_are_free_and_a_loose_shipment_takes_the_first(numbered: Depot) -> None:
    order = numbered.reserve((numbered.pen, "1"))
    said(numbered, order, "1", "A2")
    numbered.step("unpick", order)
    assert set(states(numbered).values()) == {"there"}
    numbered.step("ship", order)
    assert states(numbered) == {"A1": "gone", "A2": "there", "A3": "there"}
    numbered.clean()


def test_a_picker_names_every_piece_and_only_what_lies_there(numbered: Depot) -> None:
    order, other = numbered.reserve((numbered.pen, "2")), numbered.reserve((numbered.pen, "1"))
    said(numbered, other, "1", "A1")
    for numbers, code in ((("A2",), "inventory.serials_needed"), (("A1", "A2"), "inventory.serial_not_there")):
        with pytest.raises(Refusal) as caught:
            said(numbered, order, "2", *numbers)
        assert caught.value.code == code
    numbered.clean()


def test_only_a_piece_that_left_by_the_line_comes_back_by_it(numbered: Depot) -> None:
    order = numbered.reserve((numbered.pen, "2"))
    numbered.step("ship", order)
    for numbers, code in (
        (("A3",), "inventory.serial_not_of_line"),
        ((), "inventory.serials_needed"),
        (("A9",), "inventory.serial_not_of_line"),
    ):
        with pytest.raises(Refusal) as caught:
            numbered.back(order, 1, numbered.pen, "1", serials=numbers)
        assert caught.value.code == code
    numbered.back(order, 1, numbered.pen, "1", serials=("A2",))
    assert states(numbered) == {"A1": "gone", "A2": "there", "A3": "there"}
    with pytest.raises(Refusal) as caught:
        numbered.back(order, 1, numbered.pen, "1", serials=("A2",))
    assert caught.value.code == "inventory.serial_not_of_line"
    numbered.clean()


def test_a_receipt_names_every_piece_once(numbered: Depot) -> None:
    for serials, code in (
        ("B1", "inventory.serials_needed"),
        ("B1 B1", "inventory.serial_there_already"),
        ("B1 A1", "inventory.serial_there_already"),
    ):
        with refused(numbered.office, code):
            numbered.receive(numbered.pen, "2", serials=serials)
    with refused(numbered.office, "inventory.serials_not_tracked"):
        numbered.receive(numbered.paper, "1", serials="B1")


def test_pieces_are_moved_lost_and_counted_by_number(numbered: Depot) -> None:
    office, pen = numbered.office, numbered.pen
    other = numbered.location("B")
    line = {"product_id": pen, "quantity": "1", "from_location_id": numbered.place, "to_location_id": other}
    with refused(office, "inventory.serials_needed"):
        office.do("inventory.move_stock", lines=[line])
    office.do("inventory.move_stock", lines=[{**line, "serials": "A2"}])
    with refused(office, "inventory.serial_not_there"):
        office.do("inventory.move_stock", lines=[{**line, "serials": "A2"}])
    gone = {"product_id": pen, "quantity": "1", "location_id": numbered.place, "serials": "A1"}
    office.do("inventory.write_off_stock", lines=[gone], reason="quebrou")
    numbered.count(pen, "2", serials="A3 A7")
    assert states(numbered) == {"A1": "gone", "A2": "there", "A3": "there", "A7": "there"}
    with refused(office, "inventory.serial_there_already"):
        numbered.count(pen, "3", serials="A3 A7 A2")
    with refused(office, "inventory.serials_needed"):
        numbered.count(pen, "1")
    numbered.clean()


def test_a_counted_away_piece_that_was_picked_leaves_its_place_to_another(numbered: Depot) -> None:
    order = numbered.reserve((numbered.pen, "2"))
    said(numbered, order, "2", "A1", "A2")
    numbered.count(numbered.pen, "2", serials="A2 A3")
    numbered.clean()
    numbered.step("ship", order)
    assert states(numbered) == {"A1": "gone", "A2": "gone", "A3": "gone"}
    numbered.clean()


@pytest.mark.parametrize(
    ("sql", "code"),
    [
        ("UPDATE serial_move SET number = 'X'", "kernel.append_only"),
        ("DELETE FROM serial", "kernel.never_deleted"),
        (
            "INSERT INTO serial_move (id, kind, product_id, number, lot, to_location_id, document_table, document_id, "
            "command_id, at) SELECT '11111111111111111111111111111111', 'receipt', product_id, number, lot, "
            "to_location_id, document_table, document_id, command_id, at FROM serial_move WHERE number = 'A1'",
            "inventory.serial_elsewhere",
        ),
        (
            "INSERT INTO serial_move (id, kind, product_id, number, lot, from_location_id, document_table, "
            "document_id, command_id, at) SELECT '11111111111111111111111111111111', 'ship', product_id, 'NEVER', "
            "lot, to_location_id, document_table, document_id, command_id, at FROM serial_move WHERE number = 'A1'",
            "inventory.serial_elsewhere",
        ),
    ],
    ids=lambda v: v[:30],
)
def test_a_piece_is_in_one_place(numbered: Depot, sql: str, code: str) -> None:
    assert refused_by_database(numbered.office, sql) == code


def test_a_picked_piece_is_picked_for_nobody_else(numbered: Depot) -> None:
    order = numbered.reserve((numbered.pen, "1"))
    said(numbered, order, "1", "A1")
    sql = (
        "INSERT INTO serial_move (id, kind, product_id, number, lot, from_location_id, to_location_id, document_table, "
        "document_id, line_id, command_id, at) SELECT '11111111111111111111111111111111', kind, product_id, number, "
        "lot, from_location_id, to_location_id, document_table, document_id, line_id, command_id, at "
        "FROM serial_move WHERE kind = 'pick'"
    )
    assert refused_by_database(numbered.office, sql) == "inventory.serial_picked"
