"""Taking a payment back: the debt stands again as if it had never been paid, the money leaves where it came in."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_reversal_opens_the_debt_again_and_charges_run_on(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    billing.later(15)
    paid = billing.pay("200.00")
    done = billing.do("reverse_payment", settlement_id=paid["id"], reason="cheque devolvido")
    assert done["reverses"] == paid["number"]
    billing.later(15)
    row = billing.owed()[0]
    assert (row.open_amount, row.payable_amount) == (Decimal("300.00"), Decimal("309.00"))
    assert billing.office.one("accounting.money_accounts", billing.bank).balance == Decimal("-1000.00")
    assert billing.office.one("billing.settlements", paid["id"]).state == "reversed"
    assert billing.office.check() == []


def test_cash_leaves_the_till_that_is_open_now(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    first = billing.open_till("50.00")
    paid = billing.pay(method="cash", money_account_id=None)
    billing.do("close_till", session_id=first, counted_amount="150.00", to_account_id=billing.cash)
    with refused(billing.office, "billing.no_open_till"):
        billing.do("reverse_payment", settlement_id=paid["id"], reason="engano")
    billing.open_till("150.00")
    billing.do("reverse_payment", settlement_id=paid["id"], reason="engano")
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("50.00")
    assert billing.office.check() == []


def test_a_payment_is_reversed_once(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    paid = billing.pay()
    back = billing.do("reverse_payment", settlement_id=paid["id"], reason="engano")
    with refused(billing.office, "billing.already_reversed"):
        billing.do("reverse_payment", settlement_id=paid["id"], reason="engano")
    with refused(billing.office, "billing.not_of_kind"):
        billing.do("reverse_payment", settlement_id=back["id"], reason="engano")
    with refused(billing.office, "kernel.missing"):
        billing.do("reverse_payment", settlement_id="0" * 32, reason="engano")


def test_credit_that_was_spent_meanwhile_is_not_taken_back(billing: Billing) -> None:
    paid = billing.pay("80.00", keep_credit=True)
    billing.bill(billing.line("80"))
    billing.pay(use_credit="80.00")
    with refused(billing.office, "billing.not_so_much_credit"):
        billing.do("reverse_payment", settlement_id=paid["id"], reason="engano")


def test_a_payment_by_credit_gives_the_credit_back(billing: Billing) -> None:
    billing.pay("80.00", keep_credit=True)
    billing.bill(billing.line("100"))
    paid = billing.pay("20.00", use_credit="80.00")
    billing.do("reverse_payment", settlement_id=paid["id"], reason="engano")
    assert billing.account().credit_amount == Decimal("80.00")
    assert billing.office.check() == []
