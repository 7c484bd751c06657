"""Picking by scan: place, then product; the wrong code says what is expected; the last piece ends the list."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_place_then_product_and_the_last_piece_ends_the_list(aisles: Aisles) -> None:
    with acting(aisles.office, "picking"):
        pick_list = aisles.start()
        assert aisles.scan(pick_list, "01", "P-1", "P-1", "P-1")["left"] == 2
        assert [s.place_known for s in aisles.stops(pick_list)] == [True, False, False]
        assert aisles.scan(pick_list, "b-02", "2*P-1", "P-2")["ended"] is False
        done = aisles.scan(pick_list, "P-2")
    assert (done["ended"], done["left"]) == (True, 0)
    (shipment,) = aisles.office.show("delivery.shipments", {"order_id": aisles.order}).rows
    assert shipment.state == "packed"
    assert aisles.office.one("delivery.pick_lists", pick_list).state == "done"
    assert aisles.office.show("delivery.orders_to_pick").rows == ()
    aisles.shop.step("ship", aisles.order)
    assert aisles.bins(aisles.shop.products[0], "on_hand") == {"01": Decimal(0), "B-02": Decimal(5)}
    assert aisles.office.check() == []


def test_a_wrong_code_is_refused_with_what_is_expected(aisles: Aisles) -> None:
    pick_list = aisles.start()
    for code in ("B-02", "P-1", "nada"):
        with refused(aisles.office, "delivery.scan_pick.wrong_place") as refusals:
            aisles.scan(pick_list, code)
        assert (refusals[0].params["expected"], refusals[0].params["code"]) == ("01", code)
    aisles.scan(pick_list, "01")
    for code in ("P-2", "7891234567895"):
        with refused(aisles.office, "delivery.scan_pick.wrong_product") as refusals:
            aisles.scan(pick_list, code)
        assert (refusals[0].params["expected_code"], refusals[0].params["place"]) == ("P-1", "01")
    assert aisles.scan(pick_list, "01")["left"] == 3, "a place scanned again is no fault"
    with refused(aisles.office, "delivery.too_many") as refusals:
        aisles.scan(pick_list, "4*P-1")
    assert refusals[0].params["faults"][0]["params"]["left"] == Decimal(3)


def test_where_all_lies_in_one_place_it_is_not_scanned(aisles: Aisles) -> None:
    pick_list = aisles.start((aisles.shop.products[2], "2"))
    assert aisles.stops(pick_list)[0].place_known
    assert aisles.scan(pick_list, "2*P-3")["ended"] is True


def test_nothing_is_picked_for_an_order_that_is_held_or_by_others(aisles: Aisles) -> None:
    pick_list = aisles.start()
    with acting(aisles.office, "sales"), refused(aisles.office, "kernel.forbidden"):
        aisles.scan(pick_list, "01")
    with refused(aisles.office, "kernel.missing"):
        aisles.scan(new_id(), "01")
    aisles.office.do("sales.hold_order", order_id=aisles.order, reason="endereço errado")
    with refused(aisles.office, "delivery.order_not_in_hand"):
        aisles.scan(pick_list, "01")


def test_the_database_picks_no_more_than_is_asked(aisles: Aisles) -> None:
    pick_list = aisles.start()
    aisles.scan(pick_list, "01", "P-1")
    columns = "id, command_id, at, pick_list_id, task_id, kind, quantity, typed, reason, note"
    again = (
        f"INSERT INTO pick_entry ({columns}) SELECT '{new_id()}', command_id, at, pick_list_id, task_id, kind, "
        "{quantity}, typed, reason, note FROM pick_entry WHERE kind = 'pick'"
    )
    assert refused_by_database(aisles.office, again.format(quantity=20001)) == "delivery.more_than_asked"
    aisles.office.do("delivery.drop_picking", pick_list_id=pick_list)
    assert refused_by_database(aisles.office, again.format(quantity=10000)) == "delivery.list_ended"
    opened = f"UPDATE pick_list SET state = 'open', ended_at = NULL WHERE id = '{pick_list}'"
    assert refused_by_database(aisles.office, opened) == "delivery.list_ended"


def test_two_hundred_scans_are_two_hundred_pieces(aisles: Aisles) -> None:
    product = aisles.office.do("catalog.add_product", code="P-8", name="Bucha 8", price="0.10").value["id"]
    aisles.office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "200"}])
    pick_list = aisles.start((product, "200"))
    assert aisles.scan(pick_list, *["P-8"] * 200)["ended"] is True
    assert aisles.office.check() == []
