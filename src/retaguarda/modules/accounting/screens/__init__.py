"""Lists, pages and forms of accounting."""

from __future__ import annotations

from retaguarda.kernel.screen import Place
from retaguarda.modules.accounting.screens import chart, entries, money, reports

SCREENS = (*entries.SCREENS, *chart.SCREENS, *reports.SCREENS, *money.SCREENS)
SLOTS = money.SLOTS


def _place(name: str, screen: str, order: int, shelf: str = "more") -> Place:
    group = "work" if shelf == "nav" else "manage"
    return Place(name=name, screen=f"accounting.{screen}", group=group, order=order, shelf=shelf)  # type: ignore[arg-type]


PLACES = (
    _place("money", "money_list", 64, "nav"),
    _place("books", "entry_list", 66, "nav"),
    _place("trial_balance", "trial_balance_list", 40),
    _place("income_statement", "income_list", 41),
    _place("balance_sheet", "balance_list", 42),
    _place("accounts", "account_list", 43),
    _place("periods", "period_list", 44),
    _place("cost_centres", "centre_list", 45),
    _place("posting_rules", "rule_list", 46),
)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
