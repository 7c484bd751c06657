"""A quotation changes until it is confirmed; lines keep their identity where their product stays."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_lines_change_come_and_go(shop: Shop) -> None:
    key = shop.quote((0, "2"), (1, "1"))
    before = {x.product_id: x.id for x in shop.office.show("sales.order_lines", {"order_id": key}).rows}
    lines = shop.lines((2, "1"), (0, "5"))
    (row,) = shop.office.do(
        "sales.revise_quotation", order_id=key, version=1, customer_id=shop.customer, channel="phone", lines=lines
    ).rows
    assert (row.version, row.total_amount, row.channel) == (2, Decimal(80), "phone")
    after = shop.office.show("sales.order_lines", {"order_id": key}, "position").rows
    assert [(x.product_id, x.quantity) for x in after] == [(shop.products[2], 1), (shop.products[0], 5)]
    assert after[1].id == before[shop.products[0]]
    draft = shop.office.one("sales.order_draft", key)
    assert [(line["name"], line["price"]) for line in draft.lines] == [("Produto 3", 30), ("Produto 1", 10)]
    assert shop.office.check() == []


def test_what_somebody_else_granted_may_stay(shop: Shop) -> None:
    key = shop.office.do(
        "sales.create_quotation", customer_id=shop.customer, lines=[shop.line(0, "1", discount_rate="0.5")]
    ).value["id"]
    kept = [shop.line(0, "4", discount_rate="0.5")]
    with acting(shop.office, "sales") as office:
        office.do("sales.revise_quotation", order_id=key, customer_id=shop.customer, lines=kept)
        with refused(office, "sales.discount_over_limit"):
            more = [shop.line(0, "4", discount_rate="0.51")]
            office.do("sales.revise_quotation", order_id=key, customer_id=shop.customer, lines=more)
    assert shop.row(key).total_amount == 20


def test_what_is_refused(shop: Shop) -> None:
    office, key, one = shop.office, shop.quote(), shop.lines()
    values = {"order_id": key, "customer_id": shop.customer, "lines": one}
    with refused(office, "kernel.stale"):
        office.do(("sales.revise_quotation", {**values, "version": 7}))
    with refused(office, "sales.unknown_line"):
        strange = [{**one[0], "line_id": "0" * 32}]
        office.do(("sales.revise_quotation", {**values, "lines": strange}))
    with refused(office, "kernel.missing"):
        office.do(("sales.revise_quotation", {**values, "order_id": "0" * 32}))
    shop.do("confirm_order", key)
    with refused(office, "sales.revise_quotation.not_in_state"):
        office.do(("sales.revise_quotation", values))
