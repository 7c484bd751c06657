"""The selectables that higher modules may join."""

from __future__ import annotations

from retaguarda.kernel.model import table_of
from retaguarda.modules.accounting import model

books = table_of(model.Books)
account = table_of(model.Account)
account_role = table_of(model.AccountRole)
cost_centre = table_of(model.CostCentre)
posting_rule = table_of(model.PostingRule)
posting_rule_line = table_of(model.PostingRuleLine)
period = table_of(model.Period)
period_change = table_of(model.PeriodChange)
entry = table_of(model.Entry)
entry_line = table_of(model.EntryLine)
posting = table_of(model.Posting)
money_account = table_of(model.MoneyAccount)
money_balance = table_of(model.MoneyBalance)
money_movement = table_of(model.MoneyMovement)
report_layout = table_of(model.ReportLayout)
report_line = table_of(model.ReportLine)
