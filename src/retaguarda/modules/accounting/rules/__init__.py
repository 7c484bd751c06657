"""Pure rules of accounting: the ready-made chart, what is booked for what happens, months."""

from __future__ import annotations

from retaguarda.modules.accounting.rules.chart import (
    BOOKED_BY_MODULES,
    KINDS,
    NEUTRAL,
    NODES,
    RESULT_KINDS,
    ROLES,
    parent_code,
)
from retaguarda.modules.accounting.rules.months import CLOSED, OPEN, STATES, TRANSITIONS, month_of
from retaguarda.modules.accounting.rules.posting import (
    AMOUNTS,
    CREDIT,
    DEBIT,
    GIVEN,
    POSTED,
    RULES,
    SIDES,
    Rule,
    RuleFault,
    RuleLine,
    given,
    rule_faults,
    sums,
)
from retaguarda.modules.accounting.rules.reports import (
    ACCOUNTS,
    BALANCE,
    INCOME,
    LINE_KINDS,
    NEUTRAL_LAYOUTS,
    REPORTS,
    RESULT,
    RUNNING,
    SUBTOTAL,
    TOTAL,
    LayoutFault,
    layout_faults,
)

MANUAL, OPENING = "accounting.manual", "accounting.opening"
MONEY_OPENED, MONEY_TRANSFERRED = "accounting.money_opened", "accounting.money_transferred"
BY_HAND = (MANUAL, OPENING, MONEY_OPENED, MONEY_TRANSFERRED)
"""The rules of entries that people make and reverse here; all others follow a document and are reversed with it."""
MONEY_KINDS = ("bank", "cash", "till")
MOVEMENTS = (
    "opening",
    "received",
    "paid",
    "refunded",
    "transferred",
    "supplied",
    "withdrawn",
    "difference",
    "reversed",
)
"""What a movement of money may be."""

__all__ = [
    "ACCOUNTS",
    "AMOUNTS",
    "BALANCE",
    "BOOKED_BY_MODULES",
    "BY_HAND",
    "CLOSED",
    "CREDIT",
    "DEBIT",
    "GIVEN",
    "INCOME",
    "KINDS",
    "LINE_KINDS",
    "MANUAL",
    "MONEY_KINDS",
    "MONEY_OPENED",
    "MONEY_TRANSFERRED",
    "MOVEMENTS",
    "NEUTRAL",
    "NEUTRAL_LAYOUTS",
    "NODES",
    "OPEN",
    "OPENING",
    "POSTED",
    "REPORTS",
    "RESULT",
    "RESULT_KINDS",
    "ROLES",
    "RULES",
    "RUNNING",
    "SIDES",
    "STATES",
    "SUBTOTAL",
    "TOTAL",
    "TRANSITIONS",
    "LayoutFault",
    "Rule",
    "RuleFault",
    "RuleLine",
    "given",
    "layout_faults",
    "month_of",
    "parent_code",
    "rule_faults",
    "sums",
]
