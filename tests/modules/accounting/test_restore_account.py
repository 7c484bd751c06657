"""Bringing accounts back."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger


def test_it_is_posted_to_again(ledger: Ledger) -> None:
    rent = ledger.named("Alugu")
    ledger.office.do("accounting.archive_account", account_id=rent.id)
    (row,) = ledger.office.do("accounting.restore_account", account_id=rent.id).rows
    assert not row.archived
    with refused(ledger.office, "accounting.account_in_place"):
        ledger.office.do("accounting.restore_account", account_id=rent.id)
    with refused(ledger.office, "kernel.stale"):
        ledger.office.do("accounting.restore_account", account_id=rent.id, version=1)
