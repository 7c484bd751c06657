"""Picking and packing as a person does them with a scanner: nothing is confirmed, the last piece goes on by itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.text import Texts
from tests.helpers.company import acting
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles
    from tests.modules.delivery.conftest import Shop


@pytest.fixture
def desk(aisles: Aisles) -> Desk:
    return Desk(aisles.office, book(), Texts("pt_BR", strict=True))


def said(desk: Desk) -> str:
    """What the last scan said."""
    note = desk.state.note
    return desk.seat.texts.say(note.text.code, **note.text.params) if note is not None else ""


def test_from_the_list_to_the_last_piece(aisles: Aisles, desk: Desk) -> None:
    asked = ((aisles.shop.products[0], "5"), (aisles.shop.products[1], "2"))
    order = aisles.shop.order("invoice", asked)
    desk.open("delivery.to_pick")
    desk.press("start")
    stage = desk.state.stage
    assert desk.state.screen.name == "delivery.pick_station"
    assert (stage.where.value, stage.amount.value, stage.prompt.code) == ("01", "3", "delivery.pick_station.scan_place")
    assert [stop.state for stop in stage.stops] == ["now", "waiting", "waiting"]
    desk.scan("B-02")
    assert desk.state.note.level == "bad"
    assert "01" in said(desk)
    desk.scan("01", "P-1", "P-1")
    stage = desk.state.stage
    assert (stage.prompt.code, stage.done, stage.of, stage.amount.value) == (
        "delivery.pick_station.scan_product",
        2,
        3,
        "1",
    )
    assert (stage.following.place, desk.state.refused) == ("B-02", ["B-02"])
    desk.scan("P-1")
    assert desk.state.stage.where.value == "B-02"
    station = desk.state
    desk.scan("B-02", "2*P-1", "P-2", "P-2")
    assert station.closed
    assert desk.toasts[-1].text.code == "delivery.pick_station.ended.done"
    assert aisles.office.show("delivery.shipments", {"order_id": order}).rows[0].state == "packed"


def test_what_is_found_nowhere_is_told_at_the_station(aisles: Aisles, desk: Desk) -> None:
    pick_list = aisles.start((aisles.shop.products[2], "5"))
    station = desk.open("delivery.pick_station", pick_list)
    desk.scan("3*P-3")
    desk.press("short")
    desk.press("save_close")
    assert desk.state is station
    desk.expect_banner("delivery.goods_missing")
    assert station.banner.failure_id == aisles.office.show("process.failures").rows[0].id
    desk.call(station.dismiss)
    assert station.closed, "the list has ended"


def test_missing_damaged_skipped_and_typed_by_their_keys(aisles: Aisles, desk: Desk) -> None:
    pick_list = aisles.start()
    desk.open("delivery.pick_station", pick_list)
    keys = {b.action.shortcut: b.action.name for b in desk.state.buttons() if b.action.shortcut}
    assert keys == {"F8": "short", "F7": "damaged", "F9": "skip", "F6": "type"}
    desk.press("skip")
    assert desk.state.stage.where.value == "B-02"
    desk.press("type")
    desk.set(quantity="2")
    desk.press("save_close")
    assert (desk.state.stage.item, desk.state.stage.of) == ("Produto 2", 2)
    desk.press("damaged")
    desk.set(quantity="1", note="caixa molhada")
    desk.press("save_close")
    assert (desk.state.stage.amount.value, desk.state.stage.of) == ("1", 1)
    desk.press("short")
    desk.press("save_close")
    assert desk.state.stage.where.value == "01"
    assert aisles.failures() == ["delivery.goods_missing"]


def test_two_hundred_fast_scans_lose_nothing(aisles: Aisles, desk: Desk) -> None:
    product = aisles.office.do("catalog.add_product", code="P-8", name="Bucha 8", price="0.10").value["id"]
    aisles.office.do("inventory.receive_stock", lines=[{"product_id": product, "quantity": "200"}])
    pick_list = aisles.start((product, "200"))
    station = desk.open("delivery.pick_station", pick_list)
    desk.scan(*["P-8"] * 199)
    assert (station.stage.done, station.refused) == (199, [])
    desk.scan("P-8")
    assert station.closed


def test_a_list_in_hand_is_gone_on_with_and_given_up(aisles: Aisles, desk: Desk) -> None:
    pick_list = aisles.start()
    desk.open("delivery.to_pick")
    assert desk.reason("start") is not None
    desk.press("go_on")
    assert desk.state.key == pick_list
    station = desk.state
    desk.press("drop")
    desk.answer("go")
    assert station.closed
    assert aisles.office.one("delivery.pick_lists", pick_list).state == "dropped"


def test_packing_by_scan_into_two_volumes(shop: Shop) -> None:
    shop.set(packing="own_step")
    order = shop.order("pick")
    desk = Desk(shop.office, book(), Texts("en", strict=True))
    desk.open("delivery.to_pack")
    desk.press("scan")
    station = desk.state
    assert (station.stage.where.value, station.stage.amount.value) == ("1", "4")
    desk.scan("P-3", "P-1", "P-1")
    assert station.refused == ["P-3"]
    assert (station.stage.done, station.stage.of) == (2, 4)
    desk.press("take_out")
    desk.set(code="P-1", quantity="1")
    desk.press("save_close")
    assert station.stage.done == 1
    desk.press("close_volume")
    desk.set(weight_kg="1.2")
    desk.press("save_close")
    assert station.stage.where.value == "2"
    desk.scan("2*P-1", "P-2")
    assert station.stage.prompt.code == "delivery.pack_station.close"
    desk.press("close_volume")
    desk.press("save_close")
    assert station.closed
    assert desk.toasts[-1].text.code == "delivery.pack_station.ended"
    assert shop.office.show("delivery.orders_to_ship").rows[0].id == order


def test_who_packs_sees_what_waits_for_the_check(shop: Shop) -> None:
    shop.set(packing="own_step", second_check="yes")
    order = shop.order("pick")
    with acting(shop.office, "picking"):
        shop.step("pack", order)
    desk = Desk(shop.office, book(), Texts("pt_BR", strict=True))
    shipment = shop.office.show("delivery.shipments", {"order_id": order}).rows[0].id
    desk.open("delivery.pack_station", shipment)
    assert desk.state.stage.prompt.code == "delivery.pack_station.check"
    assert desk.reason("close_volume") is not None
