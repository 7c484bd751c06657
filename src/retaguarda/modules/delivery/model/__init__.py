"""Tables of delivery: pick lists, shipments with what is in them, their volumes, what happens on the way."""

from retaguarda.modules.delivery.model.carrying import CarrierTerms, DeliveryAttempt, DeliverySignature
from retaguarda.modules.delivery.model.picking import PickEntry, PickList, PickTask
from retaguarda.modules.delivery.model.shipments import Shipment, ShipmentLine
from retaguarda.modules.delivery.model.volumes import Volume, VolumeLine

__all__ = [
    "CarrierTerms",
    "DeliveryAttempt",
    "DeliverySignature",
    "PickEntry",
    "PickList",
    "PickTask",
    "Shipment",
    "ShipmentLine",
    "Volume",
    "VolumeLine",
]
