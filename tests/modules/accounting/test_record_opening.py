"""Opening balances."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.helpers.company import refused
from tests.modules.accounting.ledger import Ledger, by_hand


def test_the_other_side_is_the_account_of_opening_balances(ledger: Ledger) -> None:
    capital, vehicles = ledger.named("Capital").code, ledger.named("Ve").code
    lines = by_hand(ledger, (vehicles, "30000", ""), (capital, "", "12000"))
    done = ledger.office.do(("accounting.record_opening", {"lines": lines, "occurred_on": "2026-01-01"}))
    opening = ledger.office.one("accounting.accounts", ledger.role("opening")).code
    assert ledger.lines(done.value["id"]) == {
        vehicles: Decimal(30000),
        capital: Decimal(-12000),
        opening: Decimal(-18000),
    }
    assert done.rows[0].rule == "accounting.opening"


def test_balances_that_are_whole_need_no_other_side(ledger: Ledger) -> None:
    capital, vehicles = ledger.named("Capital").code, ledger.named("Ve").code
    lines = by_hand(ledger, (vehicles, "5", ""), (capital, "", "5"))
    done = ledger.office.do(("accounting.record_opening", {"lines": lines, "occurred_on": "2026-01-01"}))
    assert len(ledger.lines(done.value["id"])) == 2


def test_accounts_of_documents_and_wrong_lines_are_refused(ledger: Ledger) -> None:
    stock = ledger.office.one("accounting.accounts", ledger.role("stock")).code
    for sides, code in (((stock, "5", ""), "accounting.booked_by_documents"), ((stock, "", ""), "accounting.one_side")):
        with refused(ledger.office, code):
            asked = {"lines": by_hand(ledger, sides), "occurred_on": "2026-01-01"}
            ledger.office.do(("accounting.record_opening", asked))


def test_a_closed_month_is_refused(ledger: Ledger) -> None:
    ledger.close(dt.date(2026, 10, 1))
    with refused(ledger.office, "accounting.period_closed"):
        asked = {"lines": by_hand(ledger, (ledger.named("Capital").code, "", "5")), "occurred_on": "2026-01-01"}
        ledger.office.do(("accounting.record_opening", asked))
