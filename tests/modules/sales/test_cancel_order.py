"""A cancelled order gives its stock free and ends with its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_what_was_reserved_is_free_again(shop: Shop) -> None:
    key, held = shop.order((0, "4"), (1, "2")), shop.order((0, "3"))
    shop.do("hold_order", held, reason="Espera")
    for order in (key, held):
        shop.do("cancel_order", order, reason="Desistiu")
        assert (shop.row(order).state, shop.row(order).allowed) == ("cancelled", ())
    assert [shop.stock(n).reserved for n in (0, 1)] == [0, 0]
    situations = shop.office.show("process.situations", {"id": (key, held)}).rows
    assert [row.situation for row in situations] == ["cancelled", "cancelled"]
    assert shop.office.check() == []


def test_what_is_refused(shop: Shop) -> None:
    quoted = shop.quote()
    with refused(shop.office, "sales.cancel_order.not_in_state"):
        shop.do("cancel_order", quoted, reason="x")
    billed = shop.order()
    shop.do("invoice_order", billed)
    with refused(shop.office, "sales.cancel_order.not_in_state") as caught:
        shop.do("cancel_order", billed, reason="x")
    assert caught[0].params["state"] == "sales.order.state.invoiced"
