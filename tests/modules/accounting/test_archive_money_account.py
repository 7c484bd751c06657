"""Money accounts are archived."""

from __future__ import annotations

from decimal import Decimal

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_an_empty_one_is_and_one_with_money_is_not(ledger: Ledger) -> None:
    empty, full = ledger.money(), ledger.money("cash", opening_amount="3")
    assert ledger.office.do("accounting.archive_money_account", money_account_id=empty).rows[0].archived
    with refused(ledger.office, "accounting.money_account_archived"):
        ledger.office.do("accounting.archive_money_account", money_account_id=empty)
    with refused(ledger.office, "accounting.money_left") as caught:
        ledger.office.do("accounting.archive_money_account", money_account_id=full)
    assert caught[0].params["balance"] == Decimal(3)
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do("accounting.archive_money_account", money_account_id=full, version=8)
