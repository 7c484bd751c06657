"""What happened in delivery."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OrderPicked:
    """The order's goods were taken off their places."""

    order_id: str
    shipment_id: str


@dataclass(frozen=True, slots=True)
class OrderPacked:
    """What was picked lies in closed volumes, checked where it has to be; the order may be shipped."""

    order_id: str
    shipment_id: str


@dataclass(frozen=True, slots=True)
class OrderShipped:
    """The goods left the house; they are no longer in stock."""

    order_id: str
    shipment_id: str
    carrier_id: str | None


@dataclass(frozen=True, slots=True)
class OrderDelivered:
    """The customer has everything; `kept` says whether every promise of the order was."""

    order_id: str
    shipment_id: str
    delivered_on: dt.date
    kept: bool


@dataclass(frozen=True, slots=True)
class DeliveryFailed:
    """The customer did not get the goods, which are still on the way; `next_on` is when it is tried again."""

    order_id: str
    shipment_id: str
    reason: str
    next_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ShipmentReturned:
    """The goods are in stock again; their order waits for picking."""

    order_id: str
    shipment_id: str
