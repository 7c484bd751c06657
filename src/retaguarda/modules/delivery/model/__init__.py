"""Tables of delivery: shipments and what is in them, the volumes they are packed in."""

from retaguarda.modules.delivery.model.shipments import Shipment, ShipmentLine
from retaguarda.modules.delivery.model.volumes import Volume, VolumeLine

__all__ = ["Shipment", "ShipmentLine", "Volume", "VolumeLine"]
