"""The tables of accounting: chart and rules, entries with their postings, money."""

from __future__ import annotations

from retaguarda.modules.accounting.model.chart import (
    Account,
    AccountRole,
    Books,
    CostCentre,
    PostingRule,
    PostingRuleLine,
)
from retaguarda.modules.accounting.model.entries import Entry, EntryLine, Period, PeriodChange, Posting
from retaguarda.modules.accounting.model.money import MoneyAccount, MoneyBalance, MoneyMovement
from retaguarda.modules.accounting.model.reports import ReportLayout, ReportLine

__all__ = [
    "Account",
    "AccountRole",
    "Books",
    "CostCentre",
    "Entry",
    "EntryLine",
    "MoneyAccount",
    "MoneyBalance",
    "MoneyMovement",
    "Period",
    "PeriodChange",
    "Posting",
    "PostingRule",
    "PostingRuleLine",
    "ReportLayout",
    "ReportLine",
]
