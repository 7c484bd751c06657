"""The books: chart of accounts, entries by posting rules or by hand, money accounts and their movements."""

from __future__ import annotations

from retaguarda.kernel.module import Handled, Listener, Module
from retaguarda.modules.accounting import commands, listeners, model, queries

_READ = ("accounting.read", "accounting.read_money")
_MONEY = ("accounting.add_money_account", "accounting.transfer_money")
_ENTRY = ("accounting.entries", "id")

MODULE = Module(
    name="accounting",
    needs=("company", "party"),
    models=tuple(getattr(model, name) for name in model.__all__),
    commands=(
        Handled(commands.RecordEntry, commands.record_entry, rows=_ENTRY, undo="reversal"),
        Handled(commands.RecordOpening, commands.record_opening, rows=_ENTRY, undo="reversal"),
        Handled(commands.ReverseEntry, commands.reverse_entry, rows=_ENTRY),
        Handled(commands.AddMoneyAccount, commands.add_money_account, rows=("accounting.money_accounts", "id")),
        Handled(commands.TransferMoney, commands.transfer_money, rows=_ENTRY, undo="reversal"),
    ),
    queries=queries.ALL,
    listeners=(
        Listener("company.CompanyCreated", "accounting.company_created", listeners.company_created),
        Listener("company.BranchAdded", "accounting.branch_added", listeners.branch_added),
    ),
    permissions=_READ,
    grants={
        "accounting": (
            *_READ,
            *_MONEY,
            "accounting.record_entry",
            "accounting.record_opening",
            "accounting.reverse_entry",
        ),
        "finance": (*_READ, *_MONEY),
        "analyst": _READ,
    },
    guards={
        "ck_money_balance_floor": "accounting.not_enough_money",
        "uq_money_movement_money_account_id_bank_reference": "accounting.reference_taken",
        "uq_entry_reverses_id": "accounting.already_reversed",
    },
    proofs=queries.PROOFS,
)
