"""What screens, scripts, documents and `check` ask of the books."""

from __future__ import annotations

from retaguarda.modules.accounting.queries import chart, entries, money, periods, reports
from retaguarda.modules.accounting.queries.proofs import PROOFS

ALL = (
    chart.accounts,
    chart.account_choices,
    chart.every_account,
    chart.node_choices,
    chart.cost_centres,
    chart.cost_centre_choices,
    chart.roles,
    chart.posting_rules,
    periods.periods,
    entries.entries,
    entries.entry_lines,
    entries.journal_lines,
    reports.trial_balance,
    reports.account_card,
    reports.account_ledger,
    reports.income_statement,
    reports.balance_sheet,
    reports.report_layouts,
    money.money_accounts,
    money.money_account_choices,
    money.money_movements,
)
READ, BANK_CODES = chart.READ, money.BANK_CODES

__all__ = ["ALL", "BANK_CODES", "PROOFS", "READ"]
