"""Lots: named on arrival, first expired first out, never sold once expired, traced both ways."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from retaguarda.kernel.errors import Refusal
from tests.helpers.company import refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot, line_of


def test_what_expires_first_goes_out_first_wherever_it_lies(depot: Depot) -> None:
    far = depot.location("Z")
    depot.receive(depot.pen, "3", lot="LATE", expires_on="2027-06-30")
    depot.receive(depot.pen, "3", lot="SOON", expires_on="2026-12-05", location_id=far)
    depot.receive(depot.pen, "3")
    order = depot.reserve((depot.pen, "8"))
    picked = depot.step("pick", order)["picked"]
    assert [(p[1], p[2]) for p in picked] == [(far, Decimal(3)), (depot.place, Decimal(3)), (depot.place, Decimal(2))]
    depot.step("ship", order)
    left = depot.office.show("inventory.moves", {"product_id": depot.pen, "kind": "ship"}).rows
    assert {(m.lot, m.quantity) for m in left} == {("SOON", 3), ("LATE", 3), ("", 2)}
    depot.clean()


def test_a_lot_leads_to_its_receipt_and_to_whoever_got_it(depot: Depot) -> None:
    supplier = depot.office.do("party.add_party", name="Atacado Sul", supplier=True).value["id"]
    line = {"product_id": depot.pen, "quantity": "4", "lot": "L1", "expires_on": "2027-01-31"}
    receipt = depot.office.do("inventory.receive_stock", lines=[line], supplier_id=supplier).value["id"]
    order = depot.reserve((depot.pen, "3"))
    depot.step("ship", order)
    lot = depot.lot("L1")
    assert (lot.supplier_name, lot.expires_on, lot.on_hand) == ("Atacado Sul", dt.date(2027, 1, 31), Decimal(1))
    way = depot.office.show("inventory.moves", {"product_id": depot.pen, "lot": "L1"}, "at").rows
    assert [(m.kind, m.document_id) for m in way] == [("receipt", receipt), ("ship", order)]


def test_a_picker_may_not_take_an_expired_lot(depot: Depot) -> None:
    depot.receive(depot.pen, "5", lot="OLD", expires_on="2026-11-01")
    order = depot.reserve((depot.pen, "2"))
    with pytest.raises(Refusal) as caught:
        depot.step("pick", order, line_id=line_of(order, 1), product_id=depot.pen, location_id=depot.place,
                   quantity=Decimal(2), lot="OLD")  # fmt: skip
    assert caught.value.code == "inventory.lot_expired"
    with pytest.raises(Refusal) as caught:
        depot.step("ship", order)
    assert caught.value.code == "inventory.ship_not_there"


COLUMNS = (
    "kind, product_id, from_location_id, from_warehouse_id, to_location_id, to_warehouse_id, {lot}, quantity, cost, "
    "unit_cost, {day}, document_table, document_id, line_id, command_id, at"
)


def again(where: str, lot: str = "lot", day: str = "on_day") -> str:
    """A raw statement that writes a move a second time, with another lot or day."""
    columns, values = COLUMNS.format(lot="lot", day="on_day"), COLUMNS.format(lot=lot, day=day)
    return f"INSERT INTO stock_move (id, {columns}) SELECT '{'1' * 32}', {values} FROM stock_move WHERE {where}"


def test_the_database_lets_no_expired_lot_be_shipped(depot: Depot) -> None:
    depot.receive(depot.pen, "5", lot="OLD", expires_on="2026-12-01")
    depot.step("ship", depot.reserve((depot.pen, "2")))
    sql = again("kind = 'ship'", day="CAST('2026-12-02' AS {})")
    sql = sql.format("date" if depot.office.store.name == "postgresql" else "text")
    assert refused_by_database(depot.office, sql) == "inventory.lot_expired"


def test_a_lot_is_named_where_it_must_be_and_has_one_expiry(depot: Depot) -> None:
    depot.office.do("inventory.track_product", product_id=depot.pen, tracking="lot")
    with refused(depot.office, "inventory.lot_needed") as caught:
        depot.receive(depot.pen, "5")
    assert caught[0].params["faults"][0]["field"] == "lines.1.lot"
    depot.receive(depot.pen, "5", lot="L1", expires_on="2026-12-01")
    depot.receive(depot.pen, "5", lot="L1")
    with refused(depot.office, "inventory.lot_expires_otherwise"):
        depot.receive(depot.pen, "5", lot="L1", expires_on="2026-12-02")
    assert refused_by_database(depot.office, again("lot = 'L1' LIMIT 1", lot="''")) == "inventory.lot_needed"
