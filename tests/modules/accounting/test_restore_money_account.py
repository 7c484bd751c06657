"""Money accounts come back."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_it_is_in_use_again_unless_its_station_has_another_till(ledger: Ledger) -> None:
    key = ledger.money("till", station="B1")
    with refused(ledger.office, "accounting.money_account_in_place"):
        ledger.office.do("accounting.restore_money_account", money_account_id=key)
    ledger.office.do("accounting.archive_money_account", money_account_id=key)
    other = ledger.money("till", station="B1", name="Outro")
    with refused(ledger.office, "accounting.station_has_till"):
        ledger.office.do("accounting.restore_money_account", money_account_id=key)
    ledger.office.do("accounting.archive_money_account", money_account_id=other)
    assert not ledger.office.do("accounting.restore_money_account", money_account_id=key).rows[0].archived
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do("accounting.restore_money_account", money_account_id=key, version=1)
