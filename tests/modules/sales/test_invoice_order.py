"""C7: no invoice unless every stock-kept line is reserved on hand or has gone out."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_confirmed_order_is_billed_line_by_line(shop: Shop) -> None:
    key = shop.order((0, "3"), (3, "1"), payment_terms="30/60")
    done = shop.do("invoice_order", key, version=2)
    assert (done["version"], done["invoice_number"], done["prints"]) == (3, 1, {"invoice_id": done["invoice_id"]})
    (invoice,) = shop.office.show("billing.invoices", {"source_id": key}).rows
    assert (invoice.total_amount, invoice.source_number, invoice.buyer_name) == (Decimal(80), 1, "Maria Souza")
    row = shop.row(key)
    assert (row.state, row.allowed) == ("confirmed", ("sales.hold_order",))
    assert row.invoiced_at is not None
    assert shop.office.check() == []


def test_what_lost_its_reservation_is_not_billed(shop: Shop) -> None:
    key = shop.order((0, "9"), (3, "1"))
    place = shop.office.show("inventory.locations").rows[0]
    counted = [{"product_id": shop.products[0], "location_id": place.id, "quantity": "7"}]
    shop.office.do("inventory.count_stock", lines=counted)
    with refused(shop.office, "sales.invoice_order.not_reserved", also=frozenset({"failure"})) as caught:
        shop.do("invoice_order", key)
    assert [(x["name"], x["needed"], x["short"]) for x in caught[0].params["lines"]] == [("Produto 1", 9, 2)]


def test_a_service_alone_needs_no_stock(shop: Shop) -> None:
    key = shop.order((3, "2"))
    assert shop.do("invoice_order", key)["invoice_number"] == 1


def test_what_is_refused(shop: Shop) -> None:
    office, key = shop.office, shop.quote()
    with refused(office, "sales.invoice_order.not_in_state"):
        shop.do("invoice_order", key)
    shop.do("confirm_order", key)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        shop.do("invoice_order", key)
    with acting(office, "finance"):
        shop.do("invoice_order", key)
    with refused(office, "sales.invoice_order.not_in_state"):
        shop.do("invoice_order", key)
