"""Credit notes: whole and by line, off what is owed first, the rest as credit or money, never more than was billed."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def lines_of(billing: Billing, invoice_id: str) -> list[str]:
    return [x.id for x in billing.office.show("billing.invoice_lines", {"invoice_id": invoice_id}).rows]


def test_an_unpaid_invoice_is_credited_whole(billing: Billing) -> None:
    done = billing.bill(billing.line("10", "3"), billing.line("7.77", product=1), payment_terms="30/60")
    note = billing.do("credit_invoice", invoice_id=done["id"], reason="pedido em dobro")
    assert (note["number"], note["amount"], note["rest"]) == (1, "37.77", "0.00")
    assert billing.office.one("billing.invoices", done["id"]).state == "credited"
    assert billing.account().open_amount == 0
    assert billing.office.check() == []


def test_by_line_and_again_until_the_last_cent(billing: Billing) -> None:
    done = billing.bill(billing.line("0.335", "100"))
    line = lines_of(billing, done["id"])[0]
    amounts = []
    for quantity in ("33", "33", "34"):
        part = [{"invoice_line_id": line, "quantity": quantity}]
        amounts.append(billing.do("credit_invoice", invoice_id=done["id"], lines=part, reason="avaria")["amount"])
    assert amounts == ["11.06", "11.06", "11.38"]
    with refused(billing.office, "billing.credited_over"):
        part = [{"invoice_line_id": line, "quantity": "0.0001"}]
        billing.do("credit_invoice", invoice_id=done["id"], lines=part, reason="avaria")
    with refused(billing.office, "billing.nothing_to_credit"):
        billing.do("credit_invoice", invoice_id=done["id"], reason="avaria")
    assert billing.office.check() == []


def test_what_was_paid_becomes_the_customers_credit(billing: Billing) -> None:
    done = billing.bill(billing.line("100"), payment_terms="2x")
    billing.pay("70.00")
    note = billing.do("credit_invoice", invoice_id=done["id"], reason="devolução")
    assert note["rest"] == "70.00"
    assert billing.account().credit_amount == Decimal("70.00")
    assert billing.account().open_amount == 0
    assert billing.office.check() == []


def test_what_was_paid_is_paid_back_out_of_the_till(billing: Billing) -> None:
    done = billing.bill(billing.line("100"))
    billing.pay()
    with refused(billing.office, "billing.no_open_till"):
        billing.do("credit_invoice", invoice_id=done["id"], reason="devolução", refund="money")
    billing.open_till("20.00")
    with refused(billing.office, "billing.not_so_much_in_till"):
        billing.do("credit_invoice", invoice_id=done["id"], reason="devolução", refund="money")
    bank = {"method": "pix", "money_account_id": billing.bank}
    note = billing.do("credit_invoice", invoice_id=done["id"], reason="devolução", refund="money", **bank)
    row = billing.office.one("billing.settlements", note["id"])
    assert (row.value_amount, row.money_amount, row.credit_amount) == (Decimal(100), Decimal(-100), Decimal(0))
    assert billing.account().credit_amount == 0
    assert billing.office.check() == []


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"invoice_id": "0" * 32}, "kernel.missing"),
        ({"reason": "  "}, "kernel.too_short"),
        ({"lines": [{"invoice_line_id": "0" * 32, "quantity": "1"}]}, "kernel.missing"),
    ],
)
def test_what_cannot_be_credited_is_refused(billing: Billing, more: dict[str, object], code: str) -> None:
    done = billing.bill(billing.line("10"))
    with refused(billing.office, code):
        billing.do("credit_invoice", **{"invoice_id": done["id"], "reason": "engano", **more})


def test_a_line_twice_is_refused_and_so_is_who_may_not(billing: Billing) -> None:
    done = billing.bill(billing.line("10", "4"))
    line = lines_of(billing, done["id"])[0]
    twice = [{"invoice_line_id": line, "quantity": "1"}] * 2
    with refused(billing.office, "billing.line_twice"):
        billing.do("credit_invoice", invoice_id=done["id"], reason="engano", lines=twice)
    with acting(billing.office, "sales"), refused(billing.office, "kernel.forbidden"):
        billing.do("credit_invoice", invoice_id=done["id"], reason="engano")


def test_the_form_begins_with_what_is_left(billing: Billing) -> None:
    done = billing.bill(billing.line("10", "4"), billing.line("5", product=1))
    first, second = lines_of(billing, done["id"])
    billing.do(
        "credit_invoice", invoice_id=done["id"], reason="engano", lines=[{"invoice_line_id": first, "quantity": "3"}]
    )
    draft = billing.office.one("billing.credit_draft", done["id"])
    assert [(x["invoice_line_id"], x["quantity"]) for x in draft.lines] == [
        (first, Decimal("1.0000")),
        (second, Decimal("1.0000")),
    ]
