"""What changes a shipment; one file per part of its way."""

from retaguarda.modules.delivery.commands.packing import (
    CheckVolume,
    CloseVolume,
    PackOrder,
    ScanPack,
    TakeOut,
    check_volume,
    close_volume,
    pack_order,
    scan_pack,
    take_out,
)
from retaguarda.modules.delivery.commands.walking import (
    DeliverOrder,
    PickOrder,
    ShipOrder,
    deliver_order,
    pick_order,
    ship_order,
)

__all__ = [
    "CheckVolume",
    "CloseVolume",
    "DeliverOrder",
    "PackOrder",
    "PickOrder",
    "ScanPack",
    "ShipOrder",
    "TakeOut",
    "check_volume",
    "close_volume",
    "deliver_order",
    "pack_order",
    "pick_order",
    "scan_pack",
    "ship_order",
    "take_out",
]
