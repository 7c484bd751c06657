"""A contract changes from its next period on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused
from tests.modules.billing.contracts import contract

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_lines_and_terms_change(billing: Billing) -> None:
    key = contract(billing)
    lines = [{"product_id": billing.products[1], "unit_price": "99.00", "quantity": "2"}]
    billing.do("revise_recurring", recurring_id=key, version=1, name="Limpeza", lines=lines, payment_terms="15")
    row = billing.office.one("billing.recurring", key)
    assert (row.name, row.payment_terms, row.version) == ("Limpeza", "15", 2)
    assert [line["product_id"] for line in row.lines] == [billing.products[1]]


def test_an_older_version_and_an_ended_contract_are_refused(billing: Billing) -> None:
    key = contract(billing)
    lines = [{"product_id": billing.products[1], "unit_price": "99.00"}]
    billing.do("revise_recurring", recurring_id=key, name="Limpeza", lines=lines)
    with refused(billing.office, "kernel.stale"):
        billing.do("revise_recurring", recurring_id=key, version=1, name="Outra", lines=lines)
    with refused(billing.office, "billing.ends_before_it_starts"):
        billing.do("revise_recurring", recurring_id=key, name="Outra", lines=lines, ends_on="2026-01-01")
    billing.do("end_recurring", recurring_id=key)
    with refused(billing.office, "billing.recurring_ended"):
        billing.do("revise_recurring", recurring_id=key, name="Outra", lines=lines)
