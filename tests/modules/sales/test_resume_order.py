"""A held order goes on where it stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_resumed_order_is_confirmed_again(shop: Shop) -> None:
    key = shop.order()
    shop.do("hold_order", key, reason="Espera")
    shop.do("resume_order", key, version=3)
    row = shop.row(key)
    assert (row.state, row.reason) == ("confirmed", "")
    assert shop.do("invoice_order", key)["invoice_number"] == 1


def test_what_is_refused(shop: Shop) -> None:
    key = shop.order()
    with refused(shop.office, "sales.resume_order.not_in_state"):
        shop.do("resume_order", key)
