"""An ended contract bills no further period."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import refused
from tests.modules.billing.contracts import contract

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_it_ends_once(billing: Billing) -> None:
    key = contract(billing)
    billing.do("end_recurring", recurring_id=key, version=1)
    assert billing.office.one("billing.recurring", key).state == "ended"
    with refused(billing.office, "billing.recurring_ended"):
        billing.do("end_recurring", recurring_id=key)
    with refused(billing.office, "billing.recurring_ended"):
        billing.do("issue_recurring", recurring_id=key)


def test_an_older_version_is_refused(billing: Billing) -> None:
    key = contract(billing)
    lines = [{"product_id": billing.products[1], "unit_price": "99.00"}]
    billing.do("revise_recurring", recurring_id=key, name="Limpeza", lines=lines)
    with refused(billing.office, "kernel.stale"):
        billing.do("end_recurring", recurring_id=key, version=1)
