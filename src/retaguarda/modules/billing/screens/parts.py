"""What the screens of billing share: levels of states, the fields that say how money comes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from retaguarda.kernel.screen import FieldView, Level
from retaguarda.modules.billing import rules

INVOICE_LEVELS: dict[str, Level] = {
    "open": "info",
    "overdue": "bad",
    "paid": "ok",
    "credited": "",
    "renegotiated": "warn",
    "written_off": "warn",
}
DUE_LEVELS: dict[str, Level] = {"open": "info", "today": "warn", "overdue": "bad", "settled": "ok"}
METHOD = FieldView(name="method", label="billing.field.method")
ACCOUNT = FieldView(
    name="money_account_id",
    label="billing.field.money_account_id",
    help="billing.field.money_account_id.help",
    suggestions="billing.money_account_choices",
)
PAYING_ACCOUNT = replace(ACCOUNT, help="billing.field.money_account_id.help_out")
REFERENCE = FieldView(name="bank_reference", label="billing.field.bank_reference")


def not_for_cash(values: Mapping[str, Any]) -> bool:
    """What only money that does not go through the till needs."""
    return values.get("method") != rules.CASH
