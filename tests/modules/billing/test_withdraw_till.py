"""Cash taken out of an open till."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import refused

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def test_cash_goes_into_the_safe(billing: Billing) -> None:
    till = billing.open_till("50.00")
    billing.do("withdraw_till", session_id=till, amount="20.00", to_account_id=billing.cash, reason="sangria")
    assert billing.office.one("accounting.money_accounts", billing.drawer).balance == Decimal("30.00")
    assert billing.office.one("accounting.money_accounts", billing.cash).balance == Decimal("970.00")
    assert billing.office.check() == []


def test_no_more_than_there_is_and_not_from_a_closed_till(billing: Billing) -> None:
    till = billing.open_till("50.00")
    with refused(billing.office, "billing.not_so_much_in_till"):
        billing.do("withdraw_till", session_id=till, amount="50.01", to_account_id=billing.cash)
    billing.do("close_till", session_id=till, counted_amount="50.00", to_account_id=billing.cash)
    with refused(billing.office, "billing.till_closed"):
        billing.do("withdraw_till", session_id=till, amount="1.00", to_account_id=billing.cash)
