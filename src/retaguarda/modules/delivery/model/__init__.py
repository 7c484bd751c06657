"""Tables of delivery: pick lists, shipments with what is in them, their volumes, what happens on the way."""

from retaguarda.modules.delivery.model.carrying import CarrierTerms, DeliveryAttempt, DeliverySignature
from retaguarda.modules.delivery.model.picking import PickEntry, PickList, PickTask
from retaguarda.modules.delivery.model.routes import DeliveryRoute, RouteStop
from retaguarda.modules.delivery.model.shipments import Shipment, ShipmentLine
from retaguarda.modules.delivery.model.volumes import Volume, VolumeLine

__all__ = [
    "CarrierTerms",
    "DeliveryAttempt",
    "DeliveryRoute",
    "DeliverySignature",
    "PickEntry",
    "PickList",
    "PickTask",
    "RouteStop",
    "Shipment",
    "ShipmentLine",
    "Volume",
    "VolumeLine",
]
