"""Cash put into an open till."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_cash_from_the_safe_lies_in_the_drawer(billing: Billing) -> None:
    till = billing.open_till("50.00")
    billing.do("supply_till", session_id=till, amount="25.00", from_account_id=billing.cash, reason="moedas")
    entry = billing.office.show("billing.till_entries", {"session_id": till}).rows[0]
    assert (entry.kind, entry.amount, entry.reason) == ("supply", Decimal("25.00"), "moedas")
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("75.00")
    assert billing.office.check() == []


def test_what_cannot_be_put_in_is_refused(billing: Billing) -> None:
    till = billing.open_till()
    with refused(billing.office, "accounting.not_enough_money"):
        billing.do("supply_till", session_id=till, amount="1000.01", from_account_id=billing.cash)
    with refused(billing.office, "billing.not_into_a_till"):
        billing.do("supply_till", session_id=till, amount="1.00", from_account_id=billing.drawer)
    with refused(billing.office, "kernel.missing"):
        billing.do("supply_till", session_id="0" * 32, amount="1.00", from_account_id=billing.cash)
    billing.do("close_till", session_id=till, counted_amount="0")
    with refused(billing.office, "billing.till_closed"):
        billing.do("supply_till", session_id=till, amount="1.00", from_account_id=billing.cash)
