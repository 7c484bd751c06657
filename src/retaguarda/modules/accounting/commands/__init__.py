"""What changes the books, one file per thing."""

from __future__ import annotations

from retaguarda.modules.accounting.commands.centres import (
    AddCostCentre,
    ArchiveCostCentre,
    RestoreCostCentre,
    ReviseCostCentre,
    add_cost_centre,
    archive_cost_centre,
    restore_cost_centre,
    revise_cost_centre,
)
from retaguarda.modules.accounting.commands.chart import (
    AddAccount,
    ArchiveAccount,
    AssignRole,
    RestoreAccount,
    ReviseAccount,
    add_account,
    archive_account,
    assign_role,
    restore_account,
    revise_account,
)
from retaguarda.modules.accounting.commands.entries import (
    LineByHand,
    RecordEntry,
    RecordOpening,
    ReverseEntry,
    record_entry,
    record_opening,
    reverse_entry,
)
from retaguarda.modules.accounting.commands.money import (
    AddMoneyAccount,
    ArchiveMoneyAccount,
    RestoreMoneyAccount,
    ReviseMoneyAccount,
    TransferMoney,
    add_money_account,
    archive_money_account,
    restore_money_account,
    revise_money_account,
    transfer_money,
)
from retaguarda.modules.accounting.commands.opening import OpenBooks, open_books
from retaguarda.modules.accounting.commands.periods import (
    ClosePeriod,
    ReopenPeriod,
    close_period,
    reopen_period,
)
from retaguarda.modules.accounting.commands.reports import (
    ReportLinePart,
    ReviseReportLayout,
    revise_report_layout,
)
from retaguarda.modules.accounting.commands.rules import (
    RevisePostingRule,
    RuleLinePart,
    revise_posting_rule,
)

__all__ = [
    "AddAccount",
    "AddCostCentre",
    "AddMoneyAccount",
    "ArchiveAccount",
    "ArchiveCostCentre",
    "ArchiveMoneyAccount",
    "AssignRole",
    "ClosePeriod",
    "LineByHand",
    "OpenBooks",
    "RecordEntry",
    "RecordOpening",
    "ReopenPeriod",
    "ReportLinePart",
    "RestoreAccount",
    "RestoreCostCentre",
    "RestoreMoneyAccount",
    "ReverseEntry",
    "ReviseAccount",
    "ReviseCostCentre",
    "ReviseMoneyAccount",
    "RevisePostingRule",
    "ReviseReportLayout",
    "RuleLinePart",
    "TransferMoney",
    "add_account",
    "add_cost_centre",
    "add_money_account",
    "archive_account",
    "archive_cost_centre",
    "archive_money_account",
    "assign_role",
    "close_period",
    "open_books",
    "record_entry",
    "record_opening",
    "reopen_period",
    "restore_account",
    "restore_cost_centre",
    "restore_money_account",
    "reverse_entry",
    "revise_account",
    "revise_cost_centre",
    "revise_money_account",
    "revise_posting_rule",
    "revise_report_layout",
    "transfer_money",
]
