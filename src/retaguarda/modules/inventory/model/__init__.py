"""Tables of the inventory: places, ledgers, the balances that triggers keep, documents."""

from retaguarda.modules.inventory.model.balances import BinBalance, ExpectedMovement, StockBalance
from retaguarda.modules.inventory.model.documents import StockDocument, StockDocumentLine
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

__all__ = [
    "AuthorisedNegative",
    "BinBalance",
    "ExpectedEntry",
    "ExpectedMovement",
    "Location",
    "ReservationBroken",
    "StockBalance",
    "StockDocument",
    "StockDocumentLine",
    "StockHold",
    "StockMove",
    "StockPick",
    "StockReservation",
    "Warehouse",
]
