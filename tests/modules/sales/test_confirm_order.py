"""Confirming reserves, promises and moves the case on; a shortage names every short line and changes nothing."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from retaguarda.kernel.clock import FixedClock
from retaguarda.kernel.errors import Shortfall
from retaguarda.kernel.text import Texts
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop

FAILS = frozenset({"failure"})
MOST_STATEMENTS = 14


def test_a_confirmed_order_is_reserved_promised_and_at_finance(shop: Shop) -> None:
    key = shop.quote((0, "2"), (3, "1"), promised_on="2026-11-27", handover="pickup", channel="phone")
    done = shop.office.do("sales.confirm_order", order_id=key, version=1)
    (row,) = done.rows
    assert (row.state, row.version) == ("confirmed", 2)
    assert row.allowed == ("sales.amend_order", "sales.hold_order", "sales.invoice_order", "sales.cancel_order")
    assert (shop.stock(0).reserved, shop.stock(0).free) == (2, 8)
    assert [(p.name, p.quantity, p.net_amount, p.promised_on, p.place, p.channel) for p in shop.promises(key)] == [
        ("Produto 1", 2, 20, dt.date(2026, 11, 27), "pickup", "phone"),
        ("Montagem", 1, 50, dt.date(2026, 11, 27), "pickup", "phone"),
    ]
    path = shop.office.show("process.order_path", {"subject_id": key}, "position").rows
    assert [step.state for step in path][:2] == ["done", "now"]
    assert shop.office.check() == []


def test_every_short_line_is_named_one_product_on_two_lines_among_them(shop: Shop) -> None:
    office = shop.office
    office.do("inventory.expect_stock", **shop.line(0, "30", expected_on="2026-11-25"))
    key = shop.quote((0, "6"), (1, "1"), (0, "6"), (2, "20"))
    with refused(office, "sales.confirm_order.no_stock", also=FAILS) as caught:
        shop.do("confirm_order", key)
    params = caught[0].params
    named = [(x["position"], x["name"], x["quantity"], x["needed"], x["short"], x["free"]) for x in params["lines"]]
    assert named == [
        (1, "Produto 1", 6, 12, 2, 10),
        (3, "Produto 1", 6, 12, 2, 10),
        (4, "Produto 3", 20, 20, 10, 10),
    ]
    assert [x["next_on"] for x in params["lines"]] == [dt.date(2026, 11, 25)] * 2 + [None]
    said = Texts("pt_BR", strict=True).cause(caught[0].code, **params)
    assert said == (
        "Pedido 1: faltam 2 de 12 ‘Produto 1’ no depósito Estoque principal. Próxima entrada: 25/11/2026. "
        "Também faltam 10 de 20 ‘Produto 3’ no depósito Estoque principal. Nenhuma entrada prevista."
    )
    assert "Order 1: 2 of 12" in Texts("en", strict=True).say(caught[0].code, **params)


def test_the_failure_stays_open_once_and_ends_with_the_confirmation(shop: Shop) -> None:
    key = shop.quote((0, "12"))
    for _ in range(2):
        with pytest.raises(Shortfall) as caught:
            shop.do("confirm_order", key)
    (failure,) = shop.office.show("process.failures").rows
    assert (failure.id, failure.times, failure.subject_id) == (caught.value.failure_id, 2, key)
    shop.office.do("inventory.receive_stock", lines=[shop.line(0, "2")])
    shop.do("confirm_order", key)
    assert shop.office.show("process.failures").rows == ()


def test_an_order_of_ten_lines_takes_few_statements(shop: Shop) -> None:
    office = shop.office
    products = [
        office.do("catalog.add_product", code=f"T-{n}", name=f"Item {n}", price="1").value["id"] for n in range(10)
    ]
    office.do("inventory.receive_stock", lines=[{"product_id": p, "quantity": "50"} for p in products])
    keys = [
        office.do(
            "sales.create_quotation",
            customer_id=shop.customer,
            lines=[{"product_id": p, "quantity": "1"} for p in products],
        ).value["id"]
        for _ in range(2)
    ]
    for key in keys:
        before = office.bus.statements.count
        shop.do("confirm_order", key, version=1)
        assert office.bus.statements.count - before <= MOST_STATEMENTS


def test_what_is_refused(shop: Shop) -> None:
    office, key = shop.office, shop.quote()
    with refused(office, "kernel.stale"):
        shop.do("confirm_order", key, version=2)
    with refused(office, "kernel.missing"):
        shop.do("confirm_order", "0" * 32)
    for role in ("finance", "picking", "marketing"):
        with acting(office, role), refused(office, "kernel.forbidden"):
            shop.do("confirm_order", key)
    contact = office.do("sales.log_contact", channel="phone", customer_id=shop.customer).value["id"]
    empty = office.do("sales.create_order", contact_id=contact).value["id"]
    with refused(office, "sales.confirm_order.no_lines"):
        shop.do("confirm_order", empty)
    office.do("party.block_customer", party_id=shop.customer, reason="Não pagou")
    with refused(office, "party.blocked"):
        shop.do("confirm_order", key)
    office.do("party.unblock_customer", party_id=shop.customer)
    shop.do("confirm_order", key)
    with refused(office, "sales.confirm_order.not_in_state"):
        shop.do("confirm_order", key)


def test_days_that_have_passed_are_not_promised(shop: Shop) -> None:
    soon, later = shop.quote(promised_on="2026-11-24"), shop.quote(promised_on="2026-12-20")
    clock = shop.office.clock
    assert isinstance(clock, FixedClock)
    clock.move(dt.timedelta(days=2))
    with refused(shop.office, "sales.confirm_order.day_passed"):
        shop.do("confirm_order", soon)
    clock.move(dt.timedelta(days=8))
    with refused(shop.office, "sales.confirm_order.expired"):
        shop.do("confirm_order", later)


def test_an_order_of_another_branch_does_not_exist_for_a_seller(shop: Shop) -> None:
    office = shop.office
    other = office.do("company.add_branch", code="2", name="Filial Norte").value["id"]
    key = office.do(
        "sales.create_quotation", customer_id=shop.customer, branch_id=other, lines=[shop.line(3, "1")]
    ).value["id"]
    with acting(office, "sales"), refused(office, "kernel.missing"):
        shop.do("confirm_order", key)
    assert shop.row(key).total_amount == Decimal(50)
