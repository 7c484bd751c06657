"""Which account the program books to."""

from __future__ import annotations

import pytest

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def assign(ledger: Ledger, role: str, account_id: str, **more: object) -> None:
    ledger.office.do(("accounting.assign_role", {"role": role, "account_id": account_id, **more}))


def test_the_next_booking_goes_there(ledger: Ledger) -> None:
    ledger.book("billing.invoice_issued", goods="1")
    other = ledger.office.one("accounting.accounts", ledger.role("sales_services"))
    assign(ledger, "sales_goods", other.id)
    (entry,) = ledger.book("billing.invoice_issued", goods="5")
    assert other.code in ledger.lines(entry)


def test_the_kind_must_be_that_of_the_purpose(ledger: Ledger) -> None:
    with refused(ledger.office, "accounting.wrong_kind"):
        assign(ledger, "sales_goods", ledger.named("Alugu").id)


def test_leaves_and_nodes(ledger: Ledger) -> None:
    node = ledger.account(ledger.named("Alugu").code.rpartition(".")[0]).id
    with refused(ledger.office, "accounting.account_not_postable"):
        assign(ledger, "bad_debts", node)
    with refused(ledger.office, "accounting.node_needed"):
        assign(ledger, "bank", ledger.role("stock"))


def test_an_account_that_equals_a_ledger_serves_it_alone(ledger: Ledger) -> None:
    with refused(ledger.office, "accounting.account_taken"):
        assign(ledger, "goods_received", ledger.role("payable"))
    bank = ledger.office.one("accounting.money_accounts", ledger.money())
    with refused(ledger.office, "accounting.account_taken"):
        assign(ledger, "stock", bank.account_id)


@pytest.mark.parametrize("booked", [False, True])
def test_such_an_account_changes_only_before_it_is_used(ledger: Ledger, booked: bool) -> None:
    receivable = ledger.office.one("accounting.accounts", ledger.role("receivable"))
    parent = receivable.parent_id
    new = ledger.office.do("accounting.add_account", parent_id=parent, name="Clientes 2").value["id"]
    if not booked:
        assign(ledger, "receivable", new)
        assert ledger.role("receivable") == new
        return
    ledger.book("billing.invoice_issued", goods="1")
    with refused(ledger.office, "accounting.role_in_use"):
        assign(ledger, "receivable", new)


def test_stale_and_unknown(ledger: Ledger) -> None:
    with refused(ledger.office, "kernel.stale"):
        assign(ledger, "bad_debts", ledger.named("Alugu").id, version=9)
    with refused(ledger.office, "kernel.not_a_choice"):
        assign(ledger, "luck", ledger.named("Alugu").id)
