"""What an order has lost is kept for it again; nothing else of it moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def _robbed(shop: Shop) -> str:
    """An order of nine of which a count has found seven."""
    key = shop.order((0, "9"), (1, "2"))
    place = shop.office.show("inventory.locations").rows[0]
    shop.office.do("inventory.count_stock", lines=[shop.line(0, "7", location_id=place.id)])
    assert shop.stock(0).reserved == 7
    return key


def test_what_has_come_is_kept_for_it(shop: Shop) -> None:
    key = _robbed(shop)
    with refused(shop.office, "sales.reserve_again.no_stock", also=frozenset({"failure"})) as caught:
        shop.do("reserve_again", key)
    assert [(x["needed"], x["free"]) for x in caught[0].params["lines"]] == [(2, 0)]
    shop.office.do("inventory.receive_stock", lines=[shop.line(0, "5", unit_cost="1")])
    promised = shop.promises(key)
    shop.do("reserve_again", key, version=2)
    assert (shop.stock(0).reserved, shop.stock(1).reserved) == (9, 2)
    assert (shop.promises(key), shop.row(key).version) == (promised, 3)
    assert shop.office.show("process.failures").rows == ()
    shop.do("invoice_order", key)
    assert shop.office.check() == []


def test_all_of_it_comes_from_another_warehouse_while_nothing_was_picked(shop: Shop) -> None:
    key = _robbed(shop)
    north = shop.office.do("inventory.add_warehouse", code="N", name="Norte").value["id"]
    there = [shop.line(0, "9", unit_cost="1"), shop.line(1, "2", unit_cost="1")]
    shop.office.do("inventory.receive_stock", warehouse_id=north, lines=there)
    shop.do("reserve_again", key, warehouse_id=north)
    lines = shop.office.show("sales.order_lines", {"order_id": key}).rows
    assert {line.warehouse_name for line in lines} == {"Norte"}
    stock = shop.office.show("inventory.availability", {"product_id": shop.products[0]}).rows
    assert {(row.warehouse_name, row.reserved) for row in stock} == {("Estoque principal", 0), ("Norte", 9)}
    shop.do("invoice_order", key)
    shop.office.do("delivery.pick_order", order_id=key)
    home = shop.office.show("inventory.warehouses").rows
    main = next(place.id for place in home if place.id != north)
    with refused(shop.office, "sales.reserve_again.picked"):
        shop.do("reserve_again", key, warehouse_id=main)
    assert shop.office.check() == []


def test_it_is_kept_from_what_comes_in_time(shop: Shop) -> None:
    key = _robbed(shop)
    day = shop.row(key).promised_on.isoformat()
    product_id = shop.line(0, "1")["product_id"]
    shop.office.do("inventory.expect_stock", product_id=product_id, quantity="5", expected_on=day)
    shop.do("reserve_again", key, arriving=True)
    with refused(shop.office, "inventory.awaits_goods"):
        shop.do("invoice_order", key)
    with refused(shop.office, "sales.reserve_again.nothing_lacks"):
        shop.do("reserve_again", key)


def test_what_is_refused(shop: Shop) -> None:
    quoted = shop.quote()
    with refused(shop.office, "sales.reserve_again.not_in_state"):
        shop.do("reserve_again", quoted)
    key = shop.order()
    with refused(shop.office, "kernel.stale"):
        shop.do("reserve_again", key, version=1)
    with refused(shop.office, "inventory.unknown_warehouse"):
        shop.do("reserve_again", key, warehouse_id="0" * 32)
