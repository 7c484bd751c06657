"""Payments: whole and partial, over several instalments, by several methods, late and early, refused when too much."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_payment_settles_an_instalment_and_moves_money_and_books(billing: Billing) -> None:
    billing.bill(billing.line("100"), payment_terms="30/60")
    first, second = billing.owed()
    done = billing.pay(parts=[{"receivable_id": first.id}])
    assert (done["number"], done["principal"]) == (1, "50.00")
    assert [(r.open_amount, r.state) for r in billing.owed()] == [
        (Decimal("0.00"), "settled"),
        (Decimal("50.00"), "open"),
    ]
    assert second.id == billing.owed()[1].id
    bank = billing.office.one("accounting.money_accounts", billing.bank)
    assert bank.balance == Decimal("-950.00")
    row = billing.office.one("billing.settlements", done["id"])
    assert (row.kind, row.money_amount, row.principal_amount, row.state) == (
        "payment", Decimal("50.00"), Decimal("50.00"), "stands",
    )  # fmt: skip
    assert billing.office.check() == []


def test_a_partial_payment_leaves_the_rest_due_and_several_add_up(billing: Billing) -> None:
    invoice = billing.bill(billing.line("100"))
    billing.pay("30.00", invoice_id=invoice["id"])
    billing.pay("30.00", invoice_id=invoice["id"])
    assert billing.owed()[0].open_amount == Decimal("40.00")
    billing.pay(invoice_id=invoice["id"])
    assert billing.office.one("billing.invoices", invoice["id"]).state == "paid"
    assert billing.office.check() == []


def test_one_payment_over_several_invoices_pays_the_oldest_first(billing: Billing) -> None:
    billing.bill(billing.line("100"), payment_terms="30")
    billing.bill(billing.line("70"), payment_terms="10")
    billing.pay("120.00")
    assert [r.open_amount for r in billing.owed()] == [Decimal("0.00"), Decimal("50.00")]
    assert billing.account().open_amount == Decimal("50.00")


def test_several_methods_in_one_payment_each_into_its_account(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    till = billing.open_till()
    more = [{"method": "pix", "amount": "40.00", "money_account_id": billing.bank}]
    done = billing.pay("60.00", method="cash", money_account_id=None, moneys=more)
    moneys = billing.office.show("billing.settlement_moneys", {"settlement_id": done["id"]}, "position").rows
    assert [(m.method, m.amount) for m in moneys] == [("cash", Decimal("60.00")), ("pix", Decimal("40.00"))]
    assert moneys[0].till_session_id == till
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("60.00")
    assert billing.office.check() == []


def test_late_instalments_cost_fine_and_interest_by_the_companys_rates(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    billing.later(30)
    row = billing.owed()[0]
    assert (row.days_late, row.state, row.payable_amount) == (30, "overdue", Decimal("309.00"))
    done = billing.pay()
    assert (done["fine"], done["interest"], done["principal"]) == ("6.00", "3.00", "300.00")
    assert billing.office.check() == []


def test_the_rates_are_the_companys_own(billing: Billing) -> None:
    for code, value in (("late_fine_percent", "0"), ("late_interest_percent", "2,5"), ("late_grace_days", "3")):
        billing.office.do("company.change_setting", code=code, value=value)
    billing.bill(billing.line("300"))
    billing.later(3)
    assert billing.owed()[0].payable_amount == Decimal("300.00")
    billing.later(27)
    done = billing.pay()
    assert (done["fine"], done["interest"]) == ("0.00", "7.50")


def test_paying_early_saves_where_the_company_says_so(billing: Billing) -> None:
    billing.office.do("company.change_setting", code="early_discount_percent", value="2")
    billing.bill(billing.line("100"), payment_terms="30")
    done = billing.pay()
    assert (done["discount"], done["principal"]) == ("2.00", "100.00")
    assert billing.owed()[0].state == "settled"
    assert billing.office.check() == []


def test_charges_are_waived_by_right_only(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    billing.later(30)
    with acting(billing.office, "sales"), refused(billing.office, "kernel.forbidden"):
        billing.pay(waive_charges=True)
    with acting(billing.office, "finance"):
        assert billing.pay(waive_charges=True)["fine"] == "0.00"
    assert billing.owed()[0].state == "settled"


def test_what_is_left_over_is_refused_or_kept_as_credit(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    with refused(billing.office, "billing.overpaid") as said:
        billing.pay("130.00")
    assert said[0].params["rest"] == Decimal("30.00")
    billing.pay("130.00", keep_credit=True)
    assert billing.account().credit_amount == Decimal("30.00")
    assert billing.office.check() == []


def test_credit_pays_along_and_only_once(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    billing.pay("130.00", keep_credit=True)
    billing.bill(billing.line("50"))
    with refused(billing.office, "billing.not_so_much_credit"):
        billing.pay("19.00", use_credit="31.00")
    with refused(billing.office, "billing.credit_not_needed"):
        billing.pay("30.00", use_credit="30.00")
    billing.pay(use_credit="30.00")
    assert billing.account().credit_amount == Decimal("0.00")
    assert billing.owed()[1].state == "settled"
    assert billing.office.check() == []


def test_an_advance_without_an_invoice_is_credit(billing: Billing) -> None:
    billing.pay("80.00", keep_credit=True)
    assert billing.account().credit_amount == Decimal("80.00")
    assert billing.office.check() == []


def test_the_same_bank_reference_comes_once(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    billing.pay("40.00", bank_reference="E2E-1")
    with refused(billing.office, "accounting.reference_taken"):
        billing.pay("40.00", bank_reference="E2E-1")


def test_the_same_command_again_pays_once(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    payload = {"party_id": billing.customer, "method": "pix", "money_account_id": billing.bank, "amount": "40.00"}
    key = new_id()
    first = billing.office.do(("billing.receive_payment", payload), command_id=key)
    again = billing.office.do(("billing.receive_payment", payload), command_id=key)
    assert again.value == first.value
    assert billing.owed()[0].open_amount == Decimal("60.00")


def test_a_payment_of_an_earlier_day_counts_from_that_day(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    due = billing.owed()[0].due_on
    billing.later(10)
    done = billing.pay(received_on=due.isoformat())
    assert (done["fine"], done["interest"]) == ("0.00", "0.00")


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"method": "cash", "money_account_id": None}, "billing.no_open_till"),
        ({"money_account_id": None, "method": "cheque"}, "billing.no_money_account"),
        ({"received_on": "2027-01-01"}, "billing.day_to_come"),
        ({"parts": [{"receivable_id": "0" * 32}]}, "kernel.missing"),
        ({"invoice_id": "0" * 32}, "billing.nothing_to_pay"),
        ({"money_account_id": "0" * 32}, "kernel.missing"),
    ],
    ids=["no till", "no account", "tomorrow", "no instalment", "no invoice", "no such account"],
)
def test_what_cannot_be_received_is_refused(billing: Billing, more: dict[str, object], code: str) -> None:
    billing.bill(billing.line("100"))
    if more.get("method") == "cheque":
        billing.office.do("accounting.add_money_account", name="Outro banco", kind="bank")
    with refused(billing.office, code):
        billing.pay("10.00", **more)


def test_money_for_what_is_settled_twice_or_of_two_customers_is_refused(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    other = billing.office.do("party.add_party", name="Maria Souza", kind="person", customer=True).value["id"]
    billing.bill(billing.line("20"), party_id=other)
    mine, hers = billing.owed()[0].id, billing.owed(party_id=other)[0].id
    with refused(billing.office, "billing.several_customers"):
        billing.pay("10.00", parts=[{"receivable_id": mine}, {"receivable_id": hers}])
    with refused(billing.office, "billing.instalment_twice"):
        billing.pay("10.00", parts=[{"receivable_id": mine}, {"receivable_id": mine}])
    billing.pay()
    with refused(billing.office, "billing.nothing_open"):
        billing.pay("10.00", parts=[{"receivable_id": mine}])
    with refused(billing.office, "billing.no_money"):
        billing.pay()


def test_only_cash_goes_into_a_till(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    billing.open_till()
    with refused(billing.office, "billing.only_cash_in_till"):
        billing.pay("10.00", method="pix", money_account_id=billing.drawer)


def test_who_may_receive(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    with acting(billing.office, "picking"), refused(billing.office, "kernel.forbidden"):
        billing.pay("10.00")
    with acting(billing.office, "sales"):
        billing.pay("10.00")
