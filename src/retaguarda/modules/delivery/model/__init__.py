"""Tables of delivery: pick lists, shipments and what is in them, the volumes they are packed in."""

from retaguarda.modules.delivery.model.picking import PickEntry, PickList, PickTask
from retaguarda.modules.delivery.model.shipments import Shipment, ShipmentLine
from retaguarda.modules.delivery.model.volumes import Volume, VolumeLine

__all__ = ["PickEntry", "PickList", "PickTask", "Shipment", "ShipmentLine", "Volume", "VolumeLine"]
