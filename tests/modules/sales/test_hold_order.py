"""An order on hold keeps its stock and goes nowhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_held_order_waits_with_its_stock(shop: Shop) -> None:
    key = shop.order((0, "4"))
    done = shop.do("hold_order", key, reason="Endereço em dúvida", version=2)
    row = shop.row(key)
    assert (row.state, row.reason, row.version) == ("held", "Endereço em dúvida", 3)
    assert row.allowed == ("sales.resume_order", "sales.cancel_order")
    assert shop.stock(0).reserved == 4
    assert done["undo"] == ["sales.resume_order", {"order_id": key, "version": 3}]
    with refused(shop.office, "sales.invoice_order.not_in_state"):
        shop.do("invoice_order", key)


def test_what_is_refused(shop: Shop) -> None:
    key = shop.quote()
    with refused(shop.office, "sales.hold_order.not_in_state"):
        shop.do("hold_order", key, reason="x")
    with refused(shop.office, "kernel.required"):
        shop.do("hold_order", key, reason=" ")
    with refused(shop.office, "kernel.too_long"):
        shop.do("hold_order", key, reason="x" * 201)
