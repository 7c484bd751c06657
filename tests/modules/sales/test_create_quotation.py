"""A quotation has a number, prices with their origin, and discounts within the person's limit."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

from retaguarda.kernel.text import Texts
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def test_a_quotation_prices_its_lines_from_the_list(shop: Shop) -> None:
    done = shop.office.do(
        "sales.create_quotation",
        customer_id=shop.customer,
        lines=[shop.line(0, "3"), shop.line(3, "1"), shop.line(1, "2", unit_price="25", discount_rate="0.1")],
        payment_terms="30/60",
    )
    (row,) = done.rows
    assert (row.number, row.version, row.state, row.total_amount) == (1, 1, "quotation", Decimal("125.00"))
    assert row.promised_on == dt.date(2026, 11, 25)
    assert row.allowed == ("sales.revise_quotation", "sales.confirm_order", "sales.decline_quotation")
    lines = shop.office.show("sales.order_lines", {"order_id": row.id}).rows
    assert [(x.position, x.price_origin, x.unit_price, x.discount_amount, x.net_amount) for x in lines] == [
        (1, "list", Decimal(10), Decimal(0), Decimal(30)),
        (2, "list", Decimal(50), Decimal(0), Decimal(50)),
        (3, "typed", Decimal(25), Decimal(5), Decimal(45)),
    ]
    assert all(x.price_list_name for x in lines)
    assert shop.stock(0).reserved == 0


def test_numbers_follow_each_other_and_a_refusal_takes_none(shop: Shop) -> None:
    first = shop.quote()
    with refused(shop.office, "sales.unknown_product"):
        shop.office.do(
            "sales.create_quotation", customer_id=shop.customer, lines=[{"product_id": "0" * 32, "quantity": "1"}]
        )
    second = shop.quote()
    assert [shop.row(key).number for key in (first, second)] == [1, 2]
    assert shop.office.check() == []


def test_a_seller_gives_no_more_than_the_limit_and_is_told_who_may(shop: Shop) -> None:
    with acting(shop.office, "sales") as office:
        for more in (
            {"discount_rate": "0.06"},
            {"unit_price": "9.40"},
            {"unit_price": "9.80", "discount_rate": "0.04"},
        ):
            with refused(office, "sales.discount_over_limit") as caught:
                office.do("sales.create_quotation", customer_id=shop.customer, lines=[shop.line(0, "1", **more)])
        (fault,) = caught[0].params["faults"]
        assert fault["field"] == "lines.1.discount_rate"
        said = Texts("pt_BR", strict=True).say(fault["code"], **fault["params"])
        assert "limite" in said
        assert "omercial" in said
        office.do("sales.create_quotation", customer_id=shop.customer, lines=[shop.line(0, "1", unit_price="9.50")])


def test_every_fault_is_named_at_once(shop: Shop) -> None:
    office = shop.office
    bare = office.do("catalog.add_product", code="N-1", name="Sem preço").value["id"]
    gone = office.do("catalog.add_product", code="G-1", name="Antigo", price="5")
    office.do("catalog.archive_product", product_id=gone.value["id"])
    lines = [
        {"product_id": bare, "quantity": "1"},
        {"product_id": gone.value["id"], "quantity": "1"},
        shop.line(0, "1.5"),
        shop.line(1, "1000000000", unit_price="1000000000"),
    ]
    with refused(office, "sales.no_price") as caught:
        office.do("sales.create_quotation", customer_id=shop.customer, lines=lines, promised_on="2026-11-20")
    found = {(f["field"], f["code"]) for f in caught[0].params["faults"]}
    assert found == {
        ("promised_on", "sales.day_passed"),
        ("lines.1.unit_price", "sales.no_price"),
        ("lines.2.product_id", "sales.product_archived"),
        ("lines.3.quantity", "catalog.whole_quantity"),
        ("lines.4.quantity", "kernel.too_large"),
    }


def test_what_is_refused(shop: Shop) -> None:
    office, one = shop.office, shop.lines()
    blocked = office.do("party.add_party", name="Devedor", kind="person", customer=True).value["id"]
    office.do("party.block_customer", party_id=blocked, reason="Não pagou")
    other = office.do("company.add_branch", code="2", name="Filial Norte").value["id"]
    far = next(w for w in office.show("inventory.warehouses").rows if w.branch_id == other)
    for code, more in (
        ("party.blocked", {"customer_id": blocked}),
        ("kernel.missing", {"customer_id": "0" * 32}),
        ("kernel.missing", {"contact_id": "0" * 32}),
        ("kernel.missing", {"branch_id": "0" * 32}),
        ("billing.unknown_terms", {"payment_terms": "quando der"}),
        ("sales.day_passed", {"valid_until": "2026-11-22"}),
        ("kernel.too_few", {"lines": []}),
        ("sales.other_branch", {"warehouse_id": far.id}),
        ("inventory.unknown_warehouse", {"warehouse_id": "0" * 32}),
    ):
        with refused(office, code):
            office.do(("sales.create_quotation", {"customer_id": shop.customer, "lines": one, **more}))
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("sales.create_quotation", customer_id=shop.customer, lines=one)
