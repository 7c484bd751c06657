"""The public door of accounting: booking, reversing, money accounts and their movements, selectables to join."""

from __future__ import annotations

from retaguarda.modules.accounting.api.booking import ENTRY, Booking, Line, Source, book, entries_of, post, reverse
from retaguarda.modules.accounting.api.books import PERIODS, Remembered, changed, period_of, remembered, standing
from retaguarda.modules.accounting.api.money import (
    MoneyAccountFacts,
    Movement,
    cash_of,
    money_account,
    move_back,
    move_money,
    open_money_account,
    till_of,
)
from retaguarda.modules.accounting.api.seeding import add_money_account, seed_books, seed_cash
from retaguarda.modules.accounting.api.tables import (
    account,
    account_role,
    books,
    cost_centre,
    entry,
    entry_line,
    money_balance,
    money_movement,
    period,
    period_change,
    posting,
    posting_rule,
    posting_rule_line,
)
from retaguarda.modules.accounting.api.tables import money_account as money_account_table

__all__ = [
    "ENTRY",
    "PERIODS",
    "Booking",
    "Line",
    "MoneyAccountFacts",
    "Movement",
    "Remembered",
    "Source",
    "account",
    "account_role",
    "add_money_account",
    "book",
    "books",
    "cash_of",
    "changed",
    "cost_centre",
    "entries_of",
    "entry",
    "entry_line",
    "money_account",
    "money_account_table",
    "money_balance",
    "money_movement",
    "move_back",
    "move_money",
    "open_money_account",
    "period",
    "period_change",
    "period_of",
    "post",
    "posting",
    "posting_rule",
    "posting_rule_line",
    "remembered",
    "reverse",
    "seed_books",
    "seed_cash",
    "standing",
    "till_of",
]
