"""Opening stock is taken back as if it had never been, as long as nothing was built on it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.inventory.depot import Depot, TryLine, line_of
from tests.modules.inventory.test_record_opening_stock import JANUARY, booked, faults_of, opened, tracked

BUILT = "inventory.reverse_opening_stock.built_on"


def back(depot: Depot, document: str) -> str:
    """Takes it back; the key of the document that did."""
    return str(depot.office.do("inventory.reverse_opening_stock", document_id=document).value["id"])


def built(depot: Depot, document: str) -> list[str]:
    """What was built on it, as the refusal says."""
    with refused(depot.office, "kernel.invalid") as caught:
        back(depot, document)
    assert {f.code for f in faults_of(caught)} == {BUILT}
    return [f.params["what"].rpartition(".")[2] for f in faults_of(caught)]


def test_goods_value_and_entry_are_gone_and_may_come_again(depot: Depot) -> None:
    office = depot.office
    milk, saw = tracked(depot, "LEITE", "lot"), tracked(depot, "SERRA", "serial")
    lines = (
        {"product_id": milk, "quantity": "3", "unit_cost": "1.23", "lot": "L1", "expires_on": "2027-01-31"},
        {"product_id": saw, "serials": "S1"},
    )
    first = opened(depot, *lines, on_day=JANUARY.isoformat()).value["id"]
    second = back(depot, first)
    row, original = office.one("inventory.documents", second), office.one("inventory.documents", first)
    assert (row.kind, row.number, row.on_day, row.lines, row.allowed) == ("reversal", 1, JANUARY, 2, ())
    assert (original.reversed, original.allowed) == (1, ())
    assert (depot.value(milk), depot.value(saw)) == (("0", "0", "0"), ("0", "0", "0"))
    assert booked(depot) == {}
    assert office.show("inventory.serials", {"product_id": saw}).rows[0].location_code is None
    with refused(office, "inventory.reverse_opening_stock.reversed"):
        back(depot, first)
    with refused(office, "inventory.reverse_opening_stock.not_opening"):
        back(depot, second)
    # The lot is told anew where the first telling was wrong.
    again = {**lines[0], "expires_on": "2027-06-30"}
    opened(depot, again, lines[1])
    assert str(depot.lot("L1").expires_on) == "2027-06-30"
    depot.clean()


def test_openings_of_one_product_are_taken_back_in_any_order(depot: Depot, annexe: str) -> None:
    depot.receive(depot.pen, "4", unit_cost="3", warehouse_id=annexe)
    first = opened(depot, {"product_id": depot.pen, "quantity": "6", "unit_cost": "8"}).value["id"]
    place = depot.location("B-1")
    line = {"product_id": depot.pen, "quantity": "2", "unit_cost": "1.01", "location_id": place}
    second = opened(depot, line).value["id"]
    assert depot.value(depot.pen) == ("12", "5.1683", "62.02")
    back(depot, first)
    assert depot.value(depot.pen) == ("6", "2.3367", "14.02")
    back(depot, second)
    assert depot.value(depot.pen) == ("4", "3", "12")
    depot.clean()


def test_what_was_sold_below_zero_elsewhere_is_as_before(depot: Depot, annexe: str) -> None:
    depot.receive(depot.pen, "1", unit_cost="2", warehouse_id=annexe)
    asked = {"product_id": depot.pen, "warehouse_id": annexe}
    depot.office.do("inventory.count_stock", warehouse_id=annexe, lines=[{"product_id": depot.pen, "quantity": "0"}])
    depot.office.do("inventory.authorise_negative", quantity="5", reason="sem nota", **asked)
    order = new_id()
    sold = TryLine(line_id=line_of(order, 1), quantity=Decimal(3), product_id=depot.pen, warehouse_id=annexe)
    depot.step("ship", depot.reserve(sold, order=order))
    assert depot.value(depot.pen) == ("-3", "2", "-6")
    first = opened(depot, {"product_id": depot.pen, "quantity": "10", "unit_cost": "3"}).value["id"]
    assert depot.value(depot.pen) == ("7", "3", "21")
    depot.clean()
    back(depot, first)
    assert depot.value(depot.pen) == ("-3", "2", "-6")
    depot.clean()


def test_nothing_is_taken_from_under_what_was_built_on_it(depot: Depot, annexe: str) -> None:
    office, pen = depot.office, depot.pen
    first = opened(depot, {"product_id": pen, "quantity": "10", "unit_cost": "2"}).value["id"]
    order = depot.reserve((pen, "4"))
    assert built(depot, first) == ["reserved"]
    depot.step("release", order)
    hold = office.do("inventory.hold_stock", product_id=pen, quantity="1", reason="amassado").value["id"]
    assert built(depot, first) == ["held"]
    office.do("inventory.release_hold", hold_id=hold)
    with refused(office, "kernel.missing"):
        back(depot, new_id())
    with acting(office, "picking"), refused(office, "kernel.forbidden"):
        back(depot, first)
    # The same product elsewhere left at an average that this opening is part of.
    depot.receive(pen, "2", unit_cost="2", warehouse_id=annexe)
    assert built(depot, first) == ["receipt"]
    key = office.show("inventory.documents", {"kind": "receipt"}).rows[0].id
    assert refused_by_database(
        office, f"UPDATE stock_document SET reverses_id = '{first}', kind = 'reversal' WHERE id = '{key}'"
    )


@pytest.mark.parametrize("what", ["count", "difference"])
def test_what_was_put_right_since_stands(depot: Depot, what: str) -> None:
    first = opened(depot, {"product_id": depot.pen, "quantity": "10", "unit_cost": "2"}).value["id"]
    if what == "count":
        depot.count(depot.pen, "9")
    else:
        depot.office.do("inventory.adjust_cost", product_id=depot.pen, unit_cost="3", reason="frete")
    assert built(depot, first) == [what]
