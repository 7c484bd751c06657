"""What the tests over all modules ask of accounting: who may do what, and what breaks its proofs."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.tampering import Break, Change

RIGHTS = """
accounting.add_account           . . . . . . . . A . . . T . .
accounting.add_cost_centre       . . . . . . . . A . . . T . .
accounting.add_money_account     . . . . F . . . A . . . T . .
accounting.archive_account       . . . . . . . . A . . . T . .
accounting.archive_cost_centre   . . . . . . . . A . . . T . .
accounting.archive_money_account . . . . F . . . A . . . T . .
accounting.assign_role           . . . . . . . . A . . . T . .
accounting.close_period          . . . . . . . . A . . . T . .
accounting.open_books            . . . . . . . . A . . . . . .
accounting.record_entry          . . . . . . . . A . . . T . .
accounting.record_opening        . . . . . . . . A . . . T . .
accounting.reopen_period         . . . . . . . . A . . . T . .
accounting.restore_account       . . . . . . . . A . . . T . .
accounting.restore_cost_centre   . . . . . . . . A . . . T . .
accounting.restore_money_account . . . . F . . . A . . . T . .
accounting.reverse_entry         . . . . . . . . A . . . T . .
accounting.revise_account        . . . . . . . . A . . . T . .
accounting.revise_cost_centre    . . . . . . . . A . . . T . .
accounting.revise_money_account  . . . . F . . . A . . . T . .
accounting.revise_posting_rule   . . . . . . . . A . . . T . .
accounting.revise_report_layout . . . . . . . . A . . . T . .
accounting.transfer_money        . . . . F . . . A . . . T . .
"""
PLACES = """
accounts          . . . . F . . . A N . . T . .
balance_sheet     . . . . F . . . A N . . T . .
books             . . . . F . . . A N . . T . .
cost_centres      . . . . F . . . A N . . T . .
income_statement  . . . . F . . . A N . . T . .
money             . . . . F . . . A N . . T . .
periods           . . . . F . . . A N . . T . .
posting_rules     . . . . F . . . A N . . T . .
trial_balance     . . . . F . . . A N . . T . .
"""


def tell(office: Office) -> None:
    """A bank account that money was taken from."""
    bank = office.do("accounting.add_money_account", name="Banco", kind="bank", opening_amount="100").value["id"]
    cash = office.show("accounting.money_accounts", {"kind": "cash"}).rows[0].id
    office.do(("accounting.transfer_money", {"from_id": bank, "to_id": cash, "amount": "7"}))
    for first in ("2026-07-01", "2026-08-01"):
        opened = {"name": "Antiga", "kind": "bank", "opening_amount": "1", "opening_on": first}
        office.do(("accounting.add_money_account", opened))
        month = office.show("accounting.periods", {"starts_on": first}).rows[0].id
        office.do("accounting.close_period", period_id=month)


def breaks() -> list[Break]:
    """Lines that do not balance, entries without their proof, money that differs from its ledgers."""
    july = {"starts_on": dt.date(2026, 7, 1)}
    stay = "accounting.closed_months_stay"
    other_day = {"occurred_on": dt.date(2026, 9, 5)}
    return [
        Break("accounting.entries_balance", [Change("entry_line", {"amount": Decimal(1)})],
              lambda row: str(row["entry_id"]), ["accounting.money_equals_books", stay]),
        Break("accounting.entries_are_posted", [Change("posting", {"line_count": 1})],
              lambda row: str(row["entry_id"])),
        Break("accounting.lines_keep_the_day", [Change("entry_line", other_day)], also=[stay]),
        Break("accounting.entries_lie_in_their_month", [Change("entry", other_day)],
              also=["accounting.lines_keep_the_day"]),
        Break("accounting.lines_are_on_leaves", [Change("account", {"postable": False}, {"name": "Banco"})]),
        Break("accounting.closed_months_stay", [Change("period_change", {"line_count": 1})],
              lambda row: str(row["period_id"])),
        Break("accounting.months_are_closed_in_order", [Change("period", {"state": "open"}, july)]),
        Break("accounting.money_equals_movements", [Change("money_balance", {"balance": Decimal(1)})],
              lambda row: str(row["money_account_id"]), ["accounting.money_equals_books"]),
        Break("accounting.money_equals_books", [Change("money_account", {"account_id": new_id()})]),
    ]  # fmt: skip
