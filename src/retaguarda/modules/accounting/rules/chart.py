"""The ready-made chart of a company without a country's own, and what the program books to.

A *role* is what an account is for; the chart says which account has it. Codes say the tree: `1.1.3` is below `1.1`.
"""

from __future__ import annotations

from collections.abc import Mapping

KINDS = ("asset", "liability", "equity", "revenue", "expense")
RESULT_KINDS = frozenset({"revenue", "expense"})

ROLES: Mapping[str, str] = {
    "cash": "asset",
    "bank": "asset",
    "receivable": "asset",
    "stock": "asset",
    "payable": "liability",
    "goods_received": "liability",
    "customer_credit": "liability",
    "opening": "equity",
    "sales_goods": "revenue",
    "sales_services": "revenue",
    "sales_returns": "revenue",
    "sales_discounts": "revenue",
    "interest_received": "revenue",
    "fines_received": "revenue",
    "discounts_received": "revenue",
    "goods_sold": "expense",
    "stock_differences": "expense",
    "cost_differences": "expense",
    "price_differences": "expense",
    "discounts_granted": "expense",
    "bad_debts": "expense",
    "till_differences": "expense",
    "interest_paid": "expense",
    "other_purchases": "expense",
}
"""Every role and the kind of its account. The accounts of `cash` and `bank` are nodes: each money account hangs its
own account below."""

NODES = ("cash", "bank")
"""Roles of accounts that sum others from the beginning."""
BOOKED_BY_MODULES = frozenset({"receivable", "stock", "payable", "goods_received", "customer_credit"})
"""Roles whose accounts equal a ledger of another module: no entry made by hand touches them, nor a money account's."""


def parent_code(code: str) -> str | None:
    """The code of the account above: `1.1` of `1.1.3`; None at the top."""
    above, point, _ = code.rpartition(".")
    return above if point else None


NEUTRAL: tuple[tuple[str, str, str, str], ...] = (
    ("1", "assets", "asset", ""),
    ("1.1", "current_assets", "asset", ""),
    ("1.1.1", "cash", "asset", "cash"),
    ("1.1.2", "banks", "asset", "bank"),
    ("1.1.3", "receivables", "asset", "receivable"),
    ("1.1.4", "stock", "asset", "stock"),
    ("1.1.5", "recoverable_taxes", "asset", ""),
    ("1.1.6", "advances", "asset", ""),
    ("1.2", "fixed_assets", "asset", ""),
    ("1.2.1", "equipment", "asset", ""),
    ("1.2.2", "vehicles", "asset", ""),
    ("1.2.3", "depreciation", "asset", ""),
    ("2", "liabilities", "liability", ""),
    ("2.1", "current_liabilities", "liability", ""),
    ("2.1.1", "payables", "liability", "payable"),
    ("2.1.2", "goods_received", "liability", "goods_received"),
    ("2.1.3", "customer_credit", "liability", "customer_credit"),
    ("2.1.4", "taxes_payable", "liability", ""),
    ("2.1.5", "wages_payable", "liability", ""),
    ("2.2", "long_term_liabilities", "liability", ""),
    ("2.2.1", "loans", "liability", ""),
    ("3", "equity", "equity", ""),
    ("3.1", "capital", "equity", ""),
    ("3.2", "retained_earnings", "equity", ""),
    ("3.3", "opening_balances", "equity", "opening"),
    ("4", "revenue", "revenue", ""),
    ("4.1", "sales", "revenue", ""),
    ("4.1.1", "sales_of_goods", "revenue", "sales_goods"),
    ("4.1.2", "sales_of_services", "revenue", "sales_services"),
    ("4.1.3", "sales_returns", "revenue", "sales_returns"),
    ("4.1.4", "sales_discounts", "revenue", "sales_discounts"),
    ("4.2", "other_revenue", "revenue", ""),
    ("4.2.1", "interest_received", "revenue", "interest_received"),
    ("4.2.2", "fines_received", "revenue", "fines_received"),
    ("4.2.3", "discounts_received", "revenue", "discounts_received"),
    ("5", "expenses", "expense", ""),
    ("5.1", "cost_of_sales", "expense", ""),
    ("5.1.1", "goods_sold", "expense", "goods_sold"),
    ("5.1.2", "stock_differences", "expense", "stock_differences"),
    ("5.1.3", "cost_differences", "expense", "cost_differences"),
    ("5.1.4", "price_differences", "expense", "price_differences"),
    ("5.2", "operating_expenses", "expense", ""),
    ("5.2.1", "wages", "expense", ""),
    ("5.2.2", "rent", "expense", ""),
    ("5.2.3", "utilities", "expense", ""),
    ("5.2.4", "freight", "expense", ""),
    ("5.2.5", "services_taken", "expense", ""),
    ("5.2.6", "taxes", "expense", ""),
    ("5.2.7", "depreciation_expense", "expense", ""),
    ("5.2.8", "other_purchases", "expense", "other_purchases"),
    ("5.3", "sales_expenses", "expense", ""),
    ("5.3.1", "discounts_granted", "expense", "discounts_granted"),
    ("5.3.2", "bad_debts", "expense", "bad_debts"),
    ("5.3.3", "till_differences", "expense", "till_differences"),
    ("5.4", "financial_expenses", "expense", ""),
    ("5.4.1", "interest_paid", "expense", "interest_paid"),
    ("5.4.2", "bank_charges", "expense", ""),
)
"""The neutral chart: code, name, kind, role; the names are the texts `accounting.chart.<name>`."""
