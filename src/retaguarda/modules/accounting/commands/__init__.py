"""What changes the books: entries made by hand, money accounts and what moves between them."""

from __future__ import annotations

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
    TransferMoney,
    add_money_account,
    transfer_money,
)

__all__ = [
    "AddMoneyAccount",
    "LineByHand",
    "RecordEntry",
    "RecordOpening",
    "ReverseEntry",
    "TransferMoney",
    "add_money_account",
    "record_entry",
    "record_opening",
    "reverse_entry",
    "transfer_money",
]
