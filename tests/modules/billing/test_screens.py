"""The screens as a person works them: receiving by search and two keys, a till's day, a credit note, an account."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from retaguarda.app.compose import book
from tests.helpers.desk import Desk

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_a_late_instalment_is_found_proposed_received_and_its_receipt_printed(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    billing.later(30)
    billing.open_till("50.00")
    desk = Desk(billing.office, book())
    desk.open("billing.receivable_list")
    desk.call(lambda: desk.list.search("padaria"))
    desk.call(lambda: desk.list.choose(0))
    desk.call(desk.list.open)
    assert desk.form.screen.name == "billing.receive_form"
    assert desk.form.fields["amount"].raw == "309,00"
    desk.press("receive")
    assert [paper.document for paper in desk.papers] == ["billing.receipt"]
    assert desk.state.screen.name == "billing.receivable_list"
    assert billing.owed()[0].state == "settled"
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("359.00")


def test_what_was_received_meanwhile_is_said_when_it_is_opened(billing: Billing) -> None:
    billing.bill(billing.line("300"))
    billing.open_till()
    (owed,) = billing.owed()
    late = Desk(billing.office, book())
    late.open("billing.receivable_list")
    late.call(lambda: late.list.choose(0))
    billing.office.do("billing.receive_payment", parts=[{"receivable_id": owed.id}])
    late.call(late.list.open)
    assert late.form.screen.name == "billing.receive_form"
    late.expect_banner("billing.receive_form.settled")
    assert late.form.lines["parts"].filled == []
    assert [button.enabled for button in late.form.buttons()] == [False]


def test_a_settled_instalment_leads_to_what_settled_it(billing: Billing) -> None:
    invoice = billing.bill(billing.line("300"))["id"]
    billing.open_till()
    billing.office.do("billing.receive_payment", parts=[{"receivable_id": billing.owed()[0].id}])
    desk = Desk(billing.office, book())
    desk.open("billing.receivable_list")
    desk.call(lambda: desk.list.choose_tab("settled"))
    desk.call(lambda: desk.list.choose(0))
    assert not next(b for b in desk.list.buttons() if b.action.name == "receive").enabled
    desk.call(desk.list.open)
    assert desk.state.screen.name == "billing.settlement_page"
    paid = desk.page.record
    assert (paid.kind, paid.money_amount) == ("payment", Decimal("300.00"))
    desk.open("billing.invoice_page", invoice)
    desk.call(lambda: desk.page.open("instalments", 0))
    assert desk.state.screen.name == "billing.settlement_page"
    assert desk.page.record.id == paid.id


def test_an_invoice_is_found_by_its_number_too(billing: Billing) -> None:
    billing.bill(billing.line("10"))
    billing.bill(billing.line("20"))
    desk = Desk(billing.office, book())
    desk.open("billing.receivable_list")
    desk.call(lambda: desk.list.search("2"))
    assert [row.name for row in desk.list.rows] == ["2/1"]


def test_all_that_a_customer_owes_is_received_in_part(billing: Billing) -> None:
    billing.bill(billing.line("100"), payment_terms="10/20")
    billing.bill(billing.line("40"), payment_terms="5")
    billing.open_till()
    desk = Desk(billing.office, book())
    desk.open("billing.receive_customer_form", billing.customer)
    assert desk.form.fields["amount"].raw == "140,00"
    assert [line["amount"].raw for line in desk.form.lines["parts"].filled] == ["40,00", "50,00", "50,00"]
    desk.set(amount="70,00")
    desk.press("receive")
    assert [r.open_amount for r in billing.owed()] == [Decimal("0.00"), Decimal("20.00"), Decimal("50.00")]


def test_too_much_is_said_and_kept_as_credit_by_a_tick(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    billing.open_till()
    desk = Desk(billing.office, book())
    desk.open("billing.receive_form", billing.owed()[0].id)
    desk.set(amount="120,00")
    desk.press("receive")
    desk.expect_banner("billing.overpaid")
    desk.set(keep_credit="1")
    desk.press("receive")
    assert billing.account().credit_amount == Decimal("20.00")


def test_a_tills_day(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    desk = Desk(billing.office, book())
    desk.open("billing.till_list")
    desk.press("open")
    desk.set(float_amount="50,00")
    desk.form.choose("from_account_id", billing.cash, "Caixa")
    desk.press("save_close")
    billing.pay(method="cash", money_account_id=None)
    desk.call(lambda: desk.list.choose(0))
    desk.press("close")
    desk.set(counted_amount="150,00")
    desk.form.choose("to_account_id", billing.cash, "Caixa")
    desk.press("close")
    assert [paper.document for paper in desk.papers] == ["billing.till_closing"]
    assert billing.office.show("billing.tills").rows[0].difference_amount == Decimal("0.00")


def test_a_credit_note_begins_with_what_is_left_and_prints(billing: Billing) -> None:
    done = billing.bill(billing.line("10", "4"), billing.line("5", product=1))
    desk = Desk(billing.office, book())
    desk.open("billing.invoice_page", done["id"])
    desk.press("credit")
    assert [line["quantity"].raw for line in desk.form.lines["lines"].filled] == ["4", "1"]
    desk.set(reason="avaria no transporte")
    desk.call(lambda: desk.form.lines["lines"].remove(1))
    desk.press("credit")
    assert [paper.document for paper in desk.papers] == ["billing.credit_note"]
    assert billing.account().open_amount == Decimal("5.00")


def test_the_account_of_a_customer_shows_what_it_owes_and_prints_its_statement(billing: Billing) -> None:
    billing.bill(billing.line("100"))
    billing.pay("30.00")
    desk = Desk(billing.office, book())
    desk.open("billing.account_page", billing.customer)
    page = desk.page
    assert [row.open_amount for row in page.panels["open"].rows or ()] == [Decimal("70.00")]
    assert [row.balance for row in page.panels["statement"].rows or ()] == [Decimal("70.00"), Decimal("100.00")]
    desk.press("print")
    assert [paper.document for paper in desk.papers] == ["billing.customer_statement"]
    assert desk.reason("refund") is not None, "there is no credit to pay back"
