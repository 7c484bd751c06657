"""Tables of the inventory: places, ledgers, the balances that triggers keep, documents."""

from retaguarda.modules.inventory.model.balances import BinBalance, ExpectedMovement, StockBalance
from retaguarda.modules.inventory.model.costs import CostDifference, StockCost
from retaguarda.modules.inventory.model.counting import CountEntry, CountSheet, CountSheetLine
from retaguarda.modules.inventory.model.documents import StockDocument, StockDocumentLine
from retaguarda.modules.inventory.model.goods import Lot, Serial, SerialMove, StockCare
from retaguarda.modules.inventory.model.kits import KitPart
from retaguarda.modules.inventory.model.ledgers import (
    AuthorisedNegative,
    ExpectedEntry,
    ReservationBroken,
    StockHold,
    StockMove,
    StockPick,
    StockReservation,
)
from retaguarda.modules.inventory.model.places import Location, Warehouse
from retaguarda.modules.inventory.model.quality import NonConformity
from retaguarda.modules.inventory.model.transfers import Transfer, TransferArrival, TransferLine

__all__ = [
    "AuthorisedNegative",
    "BinBalance",
    "CostDifference",
    "CountEntry",
    "CountSheet",
    "CountSheetLine",
    "ExpectedEntry",
    "ExpectedMovement",
    "KitPart",
    "Location",
    "Lot",
    "NonConformity",
    "ReservationBroken",
    "Serial",
    "SerialMove",
    "StockBalance",
    "StockCare",
    "StockCost",
    "StockDocument",
    "StockDocumentLine",
    "StockHold",
    "StockMove",
    "StockPick",
    "StockReservation",
    "Transfer",
    "TransferArrival",
    "TransferLine",
    "Warehouse",
]
