"""The credit a customer has used, by what was confirmed and what was invoiced, and on the customer's page."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from retaguarda.app.compose import book
from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.text import Texts
from tests.helpers.company import acting
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.sales.conftest import Shop


def credit(shop: Shop) -> Any:
    (row,) = shop.office.show("sales.customer_credit", {"id": shop.customer}).rows
    return row


def figures(shop: Shop) -> tuple[Any, ...]:
    row = credit(shop)
    return (row.used, row.free, row.over)


def test_it_is_used_by_what_is_confirmed_and_by_what_is_invoiced_once(shop: Shop) -> None:
    assert figures(shop) == (0, None, None)
    shop.office.do("party.set_credit_limit", party_id=shop.customer, credit_limit="100")
    shop.quote((0, "2"))
    assert figures(shop) == (0, 100, None)
    order = shop.order((0, "3"))
    assert figures(shop) == (30, 70, None)
    shop.do("hold_order", order, reason="conferir")
    assert figures(shop) == (30, 70, None)
    shop.do("resume_order", order)
    shop.do("invoice_order", order)
    row = credit(shop)
    assert (row.owed_amount, row.ordered_amount) == (Decimal(30), Decimal(0))
    assert figures(shop) == (30, 70, None)
    gone = shop.quote((1, "4"))
    shop.do("confirm_order", gone, approval_reason="Cliente antigo")
    assert figures(shop) == (110, 0, 10)
    shop.do("cancel_order", gone, reason="desistiu")
    assert figures(shop) == (30, 70, None)


def test_it_is_the_same_at_every_branch(shop: Shop) -> None:
    shop.order((0, "3"))
    second = shop.office.do("company.add_branch", code="2", name="Filial Rio").value["id"]
    shop.office.do("company.add_person", login="rio", name="Rio", roles=["sales"], branch_id=second)
    with acting(shop.office, "rio"):
        assert figures(shop) == (30, None, None)


def test_the_customers_page_shows_it_to_those_who_sell_and_bill(shop: Shop) -> None:
    shop.office.do("party.set_credit_limit", party_id=shop.customer, credit_limit="100")
    order = shop.order((0, "3"))
    desk = Desk(shop.office, book(), Texts("pt_BR", strict=True))
    desk.open("party.customer_page", shop.customer)
    shown = desk.page.panels
    assert [(row.used, row.free) for row in shown["credit"].rows or ()] == [(Decimal(30), Decimal(70))]
    assert [row.id for row in shown["orders"].rows or ()] == [order]
    for login, sees in (("finance", True), ("relations", True), ("delivery", False), ("stock", False), ("it", False)):
        with acting(shop.office, login):
            desk = Desk(shop.office, book(), Texts("pt_BR", strict=True))
            desk.open("party.customer_page", shop.customer)
            assert ("credit" in desk.page.panels) == sees
            if not sees:
                with pytest.raises(Forbidden):
                    shop.office.show("sales.customer_credit")
