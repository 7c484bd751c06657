"""The books: chart of accounts, entries by posting rules or by hand, money accounts and their movements."""

from __future__ import annotations

from retaguarda.kernel.module import DocumentSpec, Handled, Listener, Module
from retaguarda.modules.accounting import commands, documents, events, listeners, model, queries, screens

_READ = ("accounting.read", "accounting.read_money")
_ACCOUNT, _CENTRE = ("accounting.accounts", "id"), ("accounting.cost_centres", "id")
_ENTRY, _MONEY_ROW = ("accounting.entries", "id"), ("accounting.money_accounts", "id")
_PERIOD = ("accounting.periods", "id")
_MONEY = tuple(
    f"accounting.{name}"
    for name in (
        "add_money_account",
        "revise_money_account",
        "archive_money_account",
        "restore_money_account",
        "transfer_money",
    )
)
_BOOKS = tuple(
    f"accounting.{name}"
    for name in (
        "add_account",
        "revise_account",
        "archive_account",
        "restore_account",
        "assign_role",
        "add_cost_centre",
        "revise_cost_centre",
        "archive_cost_centre",
        "restore_cost_centre",
        "revise_posting_rule",
        "revise_report_layout",
        "record_entry",
        "record_opening",
        "reverse_entry",
        "close_period",
        "reopen_period",
    )
)

MODULE = Module(
    name="accounting",
    needs=("company", "reference", "party"),
    models=tuple(getattr(model, name) for name in model.__all__),
    commands=(
        Handled(commands.AddAccount, commands.add_account, rows=_ACCOUNT, undo="accounting.archive_account"),
        Handled(commands.ReviseAccount, commands.revise_account, rows=_ACCOUNT),
        Handled(commands.ArchiveAccount, commands.archive_account, rows=_ACCOUNT, undo="accounting.restore_account"),
        Handled(commands.RestoreAccount, commands.restore_account, rows=_ACCOUNT, undo="accounting.archive_account"),
        Handled(commands.AssignRole, commands.assign_role, rows=("accounting.roles", "id")),
        Handled(commands.AddCostCentre, commands.add_cost_centre, rows=_CENTRE, undo="accounting.archive_cost_centre"),
        Handled(commands.ReviseCostCentre, commands.revise_cost_centre, rows=_CENTRE),
        Handled(
            commands.ArchiveCostCentre,
            commands.archive_cost_centre,
            rows=_CENTRE,
            undo="accounting.restore_cost_centre",
        ),
        Handled(
            commands.RestoreCostCentre,
            commands.restore_cost_centre,
            rows=_CENTRE,
            undo="accounting.archive_cost_centre",
        ),
        Handled(commands.RevisePostingRule, commands.revise_posting_rule, rows=("accounting.posting_rules", "id")),
        Handled(commands.ReviseReportLayout, commands.revise_report_layout, rows=("accounting.report_layouts", "id")),
        Handled(commands.RecordEntry, commands.record_entry, rows=_ENTRY, undo="reversal"),
        Handled(commands.RecordOpening, commands.record_opening, rows=_ENTRY, undo="reversal"),
        Handled(commands.ReverseEntry, commands.reverse_entry, rows=_ENTRY),
        Handled(commands.OpenBooks, commands.open_books),
        Handled(commands.ClosePeriod, commands.close_period, rows=_PERIOD),
        Handled(commands.ReopenPeriod, commands.reopen_period, rows=_PERIOD, undo="accounting.close_period"),
        Handled(commands.AddMoneyAccount, commands.add_money_account, rows=_MONEY_ROW),
        Handled(commands.ReviseMoneyAccount, commands.revise_money_account, rows=_MONEY_ROW),
        Handled(
            commands.ArchiveMoneyAccount,
            commands.archive_money_account,
            rows=_MONEY_ROW,
            undo="accounting.restore_money_account",
        ),
        Handled(
            commands.RestoreMoneyAccount,
            commands.restore_money_account,
            rows=_MONEY_ROW,
            undo="accounting.archive_money_account",
        ),
        Handled(commands.TransferMoney, commands.transfer_money, rows=_ENTRY, undo="reversal"),
    ),
    queries=queries.ALL,
    screens=screens.SCREENS,
    places=screens.PLACES,
    slots=screens.SLOTS,
    code_uses=(queries.BANK_CODES,),
    documents=tuple(DocumentSpec(name, queries.READ, build) for name, build in documents.ALL.items()),
    listeners=(
        Listener("company.CompanyCreated", "accounting.company_created", listeners.company_created),
        Listener("company.BranchAdded", "accounting.branch_added", listeners.branch_added),
    ),
    permissions=_READ,
    grants={
        "accounting": (*_READ, *_MONEY, *_BOOKS),
        "finance": (*_READ, *_MONEY),
        "analyst": _READ,
    },
    guards={
        "ck_money_balance_floor": "accounting.not_enough_money",
        "uq_money_movement_money_account_id_bank_reference": "accounting.reference_taken",
        "uq_entry_reverses_id": "accounting.already_reversed",
    },
    events=(events.BooksOpened,),
    proofs=queries.PROOFS,
    catch_up=("accounting.open_books",),
)
