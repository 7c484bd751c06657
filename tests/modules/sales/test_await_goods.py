"""An order gives way with what is kept for it and waits for what comes in time."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

LATER = "2026-12-18"


def _comes(shop: Shop, quantity: str, on: str) -> None:
    product_id = shop.products[0]
    shop.office.do("inventory.expect_stock", product_id=product_id, quantity=quantity, expected_on=on)


def test_what_it_had_is_free_and_it_is_kept_from_what_comes(shop: Shop) -> None:
    key = shop.order((0, "8"), promised_on=LATER)
    _comes(shop, "5", "2026-12-10")
    promised = shop.promises(key)
    shop.do("await_goods", key, product_id=shop.products[0], quantity="5", version=2)
    assert (shop.stock(0).reserved, shop.stock(0).free) == (3, 7)
    (comes,) = shop.office.show("inventory.expected").rows
    assert (comes.pegged, shop.promises(key)) == (5, promised)
    shop.order((0, "7"))
    with refused(shop.office, "inventory.awaits_goods") as caught:
        shop.do("invoice_order", key)
    assert caught[0].params["day"] == dt.date(2026, 12, 10)
    lines = [shop.line(0, "5", unit_cost="1", expected_id=comes.id)]
    shop.office.do("inventory.receive_stock", lines=lines)
    shop.do("invoice_order", key)
    assert shop.office.check() == []


def test_what_is_refused(shop: Shop) -> None:
    product_id = shop.products[0]
    key = shop.order((0, "8"), promised_on=LATER)
    _comes(shop, "4", "2026-12-10")
    _comes(shop, "9", "2026-12-19")
    with refused(shop.office, "sales.await_goods.not_in_time"):  # five come in time only with the later ones
        shop.do("await_goods", key, product_id=product_id, quantity="5")
    with refused(shop.office, "sales.await_goods.not_in_time"):  # so much is not kept
        shop.do("await_goods", key, product_id=product_id, quantity="9")
    with refused(shop.office, "sales.await_goods.not_in_time"):  # nothing of it is
        shop.do("await_goods", key, product_id=shop.products[1], quantity="1")
    with refused(shop.office, "kernel.stale"):
        shop.do("await_goods", key, product_id=product_id, quantity="1", version=1)
    quoted = shop.quote()
    with refused(shop.office, "sales.await_goods.not_in_state"):
        shop.do("await_goods", quoted, product_id=product_id, quantity="1")
    shop.office.do("inventory.expect_stock", product_id=product_id, quantity="3", expected_on="2026-12-01")
    billed = shop.order((0, "2"))
    shop.do("invoice_order", billed)
    with refused(shop.office, "sales.await_goods.not_in_state"):
        shop.do("await_goods", billed, product_id=product_id, quantity="1")


def test_what_was_picked_stays(shop: Shop) -> None:
    shop.office.do("company.change_setting", code="invoice_policy", value="shipped")
    key = shop.order((0, "2"), promised_on=LATER)
    _comes(shop, "5", "2026-12-10")
    shop.office.do("delivery.pick_order", order_id=key)
    with refused(shop.office, "sales.await_goods.picked"):
        shop.do("await_goods", key, product_id=shop.products[0], quantity="1")
