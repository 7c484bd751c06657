"""Renegotiation: old instalments closed, new ones opened over the same amount with its charges, to the cent."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_late_debts_become_new_instalments_with_their_charges(billing: Billing) -> None:
    done = billing.bill(billing.line("300"))
    billing.bill(billing.line("100"), payment_terms="90")
    billing.later(30)
    made = billing.do("renegotiate_debt", party_id=billing.customer, payment_terms="3x", reason="acordo")
    assert (made["number"], made["amount"], made["instalments"]) == (1, "409.00", 3)
    unpaid = [row for row in billing.owed() if row.state != "settled"]
    assert [row.due_amount for row in unpaid] == [Decimal("136.34"), Decimal("136.33"), Decimal("136.33")]
    assert {row.document for row in unpaid} == {"renegotiation"}
    assert billing.office.one("billing.invoices", done["id"]).state == "renegotiated"
    billing.pay(parts=[{"receivable_id": unpaid[0].id}])
    assert billing.account().open_amount == Decimal("272.66")
    assert billing.office.check() == []


def test_only_the_instalments_named_and_charges_waived_by_right(billing: Billing) -> None:
    billing.bill(billing.line("300"), payment_terms="10/20")
    billing.later(40)
    first = billing.owed()[0].id
    payload = {"party_id": billing.customer, "payment_terms": "30", "parts": [{"receivable_id": first}]}
    with acting(billing.office, "finance"):
        made = billing.do("renegotiate_debt", **payload, waive_charges=True)
    assert made["amount"] == "150.00"
    with refused(billing.office, "billing.nothing_open"):
        billing.do("renegotiate_debt", **payload)


def test_what_cannot_be_renegotiated_is_refused(billing: Billing) -> None:
    other = billing.office.do("party.add_party", name="Maria Souza", kind="person", customer=True).value["id"]
    billing.bill(billing.line("300"))
    mine = billing.owed()[0].id
    with refused(billing.office, "billing.nothing_to_pay"):
        billing.do("renegotiate_debt", party_id=other, payment_terms="3x")
    with refused(billing.office, "billing.several_customers"):
        billing.do("renegotiate_debt", party_id=other, payment_terms="3x", parts=[{"receivable_id": mine}])
    with refused(billing.office, "billing.unknown_terms"):
        billing.do("renegotiate_debt", party_id=billing.customer, payment_terms="um dia")
    with refused(billing.office, "billing.instalment_twice"):
        parts = [{"receivable_id": mine}] * 2
        billing.do("renegotiate_debt", party_id=billing.customer, payment_terms="3x", parts=parts)
    with acting(billing.office, "sales"), refused(billing.office, "kernel.forbidden"):
        billing.do("renegotiate_debt", party_id=billing.customer, payment_terms="3x")
