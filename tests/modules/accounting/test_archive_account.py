"""Archiving accounts."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger, by_hand


def archive(ledger: Ledger, key: str, **more: object) -> None:
    ledger.office.do(("accounting.archive_account", {"account_id": key, **more}))


def test_nothing_is_posted_to_it_any_more(ledger: Ledger) -> None:
    rent = ledger.named("Alugu")
    archive(ledger, rent.id)
    lines = by_hand(ledger, (rent.code, "1", ""), (ledger.named("Capital").code, "", "1"))
    with refused(ledger.office, "accounting.account_not_postable"):
        ledger.office.do(("accounting.record_entry", {"lines": lines, "memo": "x"}))
    with refused(ledger.office, "accounting.account_archived"):
        archive(ledger, rent.id)


def test_what_the_program_books_to_is_not_archived(ledger: Ledger) -> None:
    with refused(ledger.office, "accounting.account_has_role"):
        archive(ledger, ledger.role("stock"))


def test_a_money_accounts_account_goes_with_the_money_account(ledger: Ledger) -> None:
    bank = ledger.office.one("accounting.money_accounts", ledger.money())
    with refused(ledger.office, "accounting.account_of_money"):
        archive(ledger, bank.account_id)


def test_a_node_goes_after_what_it_sums(ledger: Ledger) -> None:
    node = ledger.account(ledger.named("Alugu").code.rpartition(".")[0])
    with refused(ledger.office, "accounting.account_has_children"):
        archive(ledger, node.id)


def test_a_stale_version_is_refused(ledger: Ledger) -> None:
    with refused(ledger.office, "kernel.stale"):
        archive(ledger, ledger.named("Alugu").id, version=7)
