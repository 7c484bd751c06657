"""Closing a till: counted blind, by who opened it or who may close any, the difference posted."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


@pytest.mark.parametrize(
    ("counted", "difference"), [("130.00", "0.00"), ("127.50", "-2.50"), ("131.00", "1.00"), ("0", "-130.00")]
)
def test_what_was_counted_goes_to_the_safe_and_the_difference_is_posted(
    billing: Billing, counted: str, difference: str
) -> None:
    billing.bill(billing.line("100"))
    till = billing.open_till("50.00")
    billing.pay("80.00", method="cash", money_account_id=None)
    done = billing.do("close_till", session_id=till, counted_amount=counted, to_account_id=billing.cash)
    assert (done["expected"], done["difference"]) == ("130.00", difference)
    row = billing.office.one("billing.tills", till)
    assert (row.state, row.expected_amount, row.counted_amount) == ("closed", Decimal("130.00"), Decimal(counted))
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == 0
    safe = billing.office.one("accounting.money_accounts", billing.cash)
    assert safe.balance == Decimal("950.00") + Decimal(counted)
    methods = billing.office.show("billing.till_methods", {"session_id": till}).rows
    assert [(m.method, m.count, m.amount) for m in methods] == [("cash", 1, Decimal("80.00"))]
    assert billing.office.check() == []


def test_another_person_may_not_close_it_unless_by_right(billing: Billing) -> None:
    with acting(billing.office, "sales"):
        till = billing.open_till("50.00")
    billing.office.do("company.add_person", login="caixa2", name="Outra caixa", roles=["sales"])
    payload = {"session_id": till, "counted_amount": "50.00", "to_account_id": billing.cash}
    with acting(billing.office, "caixa2"), refused(billing.office, "billing.till_of_another"):
        billing.do("close_till", **payload)
    with acting(billing.office, "commercial"):
        billing.do("close_till", **payload)
    assert billing.office.one("billing.tills", till).closer_name == "Pessoa commercial"


def test_it_is_closed_once_and_says_where_the_cash_goes(billing: Billing) -> None:
    till = billing.open_till("50.00")
    with refused(billing.office, "kernel.required"):
        billing.do("close_till", session_id=till, counted_amount="50.00")
    billing.do("close_till", session_id=till, counted_amount="50.00", to_account_id=billing.cash)
    with refused(billing.office, "billing.till_closed"):
        billing.do("close_till", session_id=till, counted_amount="50.00", to_account_id=billing.cash)
    with refused(billing.office, "kernel.missing"):
        billing.do("close_till", session_id="0" * 32, counted_amount="50.00", to_account_id=billing.cash)


def test_the_sums_of_an_open_till_are_told_to_nobody(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    till = billing.open_till("50.00")
    billing.pay("80.00", method="cash", money_account_id=None)
    assert billing.office.show("billing.till_methods", {"session_id": till}).rows == ()
    assert billing.office.one("billing.tills", till).expected_amount is None
    with refused(billing.office, "billing.till_not_closed"):
        billing.office.print_document("billing.till_closing", {"session_id": till})
