"""A quotation that nobody wants ends with its reason, and so does its case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_declined_quotation_ends(shop: Shop) -> None:
    key = shop.quote()
    shop.do("decline_quotation", key, reason="Achou caro", version=1)
    row = shop.row(key)
    assert (row.state, row.reason, row.allowed) == ("cancelled", "Achou caro", ())
    (situation,) = shop.office.show("process.situations", {"id": key}).rows
    assert situation.situation == "declined"


def test_what_is_refused(shop: Shop) -> None:
    key = shop.order()
    with refused(shop.office, "sales.decline_quotation.not_in_state"):
        shop.do("decline_quotation", key, reason="Tarde")
    quoted = shop.quote()
    with refused(shop.office, "kernel.required"):
        shop.do("decline_quotation", quoted, reason="")
