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
from retaguarda.modules.inventory.commands.goods import (
    AllowExpired,
    ForbidExpired,
    HoldExpired,
    ReviseLot,
    TrackProduct,
    allow_expired,
    forbid_expired,
    hold_expired,
    revise_lot,
    track_product,
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
    "AllowExpired",
    "AuthoriseNegative",
    "CancelExpected",
    "CountLine",
    "CountStock",
    "ExpectStock",
    "ForbidExpired",
    "HoldExpired",
    "HoldStock",
    "MoveStock",
    "PostponeExpected",
    "ReceiptLine",
    "ReceiveStock",
    "ReleaseHold",
    "ReviseLocation",
    "ReviseLot",
    "ReviseWarehouse",
    "TrackProduct",
    "TransferLine",
    "WithdrawNegative",
    "WriteOffLine",
    "WriteOffStock",
    "add_location",
    "add_warehouse",
    "adjust_cost",
    "allow_expired",
    "authorise_negative",
    "cancel_expected",
    "count_stock",
    "expect_stock",
    "forbid_expired",
    "hold_expired",
    "hold_stock",
    "move_stock",
    "postpone_expected",
    "receive_stock",
    "release_hold",
    "revise_location",
    "revise_lot",
    "revise_warehouse",
    "track_product",
    "withdraw_negative",
    "write_off_stock",
]
