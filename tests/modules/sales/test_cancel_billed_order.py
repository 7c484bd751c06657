"""An order that was billed and comes to nothing: credited, its stock free, its case ended."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_what_was_billed_is_credited_and_the_stock_is_free(shop: Shop) -> None:
    key, credited = shop.order((0, "4"), (3, "1")), shop.order((0, "2"), payment_terms="2x")
    for order in (key, credited):
        shop.do("invoice_order", order)
    (invoice,) = shop.office.show("billing.invoices", {"source_id": credited}).rows
    shop.office.do("billing.credit_invoice", invoice_id=invoice.id, reason="preço errado")
    with acting(shop.office, "finance"):
        done = shop.do("cancel_billed_order", key, reason="Desistiu", version=shop.row(key).version)
    assert Decimal(done["amount"]) == 90
    shop.do("hold_order", credited, reason="Espera")
    assert shop.do("cancel_billed_order", credited, reason="Desistiu")["amount"] == "0.00"
    assert {shop.row(order).state for order in (key, credited)} == {"cancelled"}
    assert shop.stock(0).reserved == 0
    owed = [row.open_amount for row in shop.office.show("billing.receivables").rows]
    assert sum(owed) == 0
    situations = shop.office.show("process.situations", {"id": (key, credited)}).rows
    assert [row.situation for row in situations] == ["cancelled", "cancelled"]
    assert shop.office.check() == []


def test_what_is_refused(shop: Shop) -> None:
    quoted, order = shop.quote(), shop.order()
    with refused(shop.office, "sales.cancel_billed_order.not_in_state"):
        shop.do("cancel_billed_order", quoted, reason="Desistiu")
    with refused(shop.office, "sales.cancel_billed_order.not_billed"):
        shop.do("cancel_billed_order", order, reason="Desistiu")
    shop.do("invoice_order", order)
    with refused(shop.office, "kernel.too_short"):
        shop.do("cancel_billed_order", order, reason="x")
    with refused(shop.office, "kernel.stale"):
        shop.do("cancel_billed_order", order, reason="Desistiu", version=1)
    for role in ("sales", "stock"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.do("cancel_billed_order", order, reason="Desistiu")
    shop.office.do("delivery.pick_order", order_id=order)
    with refused(shop.office, "delivery.shipment_stands"):
        shop.do("cancel_billed_order", order, reason="Desistiu")
    shop.office.do("delivery.ship_order", order_id=order)
    with refused(shop.office, "sales.cancel_billed_order.goods_out"):
        shop.do("cancel_billed_order", order, reason="Desistiu")
