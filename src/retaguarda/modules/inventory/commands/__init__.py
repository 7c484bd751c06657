"""What changes the inventory, one file per fact."""

from retaguarda.modules.inventory.commands.costs import AdjustCost, adjust_cost
from retaguarda.modules.inventory.commands.counts import (
    CountLine,
    CountStock,
    WriteOffLine,
    WriteOffStock,
    count_stock,
    write_off_stock,
)
from retaguarda.modules.inventory.commands.expected import (
    CancelExpected,
    ExpectStock,
    PostponeExpected,
    cancel_expected,
    expect_stock,
    postpone_expected,
)
from retaguarda.modules.inventory.commands.holds import HoldStock, ReleaseHold, hold_stock, release_hold
from retaguarda.modules.inventory.commands.negatives import (
    AuthoriseNegative,
    WithdrawNegative,
    authorise_negative,
    withdraw_negative,
)
from retaguarda.modules.inventory.commands.places import (
    AddLocation,
    AddWarehouse,
    ReviseLocation,
    ReviseWarehouse,
    add_location,
    add_warehouse,
    revise_location,
    revise_warehouse,
)
from retaguarda.modules.inventory.commands.receipts import ReceiptLine, ReceiveStock, receive_stock
from retaguarda.modules.inventory.commands.transfers import MoveStock, TransferLine, move_stock

__all__ = [
    "AddLocation",
    "AddWarehouse",
    "AdjustCost",
    "AuthoriseNegative",
    "CancelExpected",
    "CountLine",
    "CountStock",
    "ExpectStock",
    "HoldStock",
    "MoveStock",
    "PostponeExpected",
    "ReceiptLine",
    "ReceiveStock",
    "ReleaseHold",
    "ReviseLocation",
    "ReviseWarehouse",
    "TransferLine",
    "WithdrawNegative",
    "WriteOffLine",
    "WriteOffStock",
    "add_location",
    "add_warehouse",
    "adjust_cost",
    "authorise_negative",
    "cancel_expected",
    "count_stock",
    "expect_stock",
    "hold_stock",
    "move_stock",
    "postpone_expected",
    "receive_stock",
    "release_hold",
    "revise_location",
    "revise_warehouse",
    "withdraw_negative",
    "write_off_stock",
]
