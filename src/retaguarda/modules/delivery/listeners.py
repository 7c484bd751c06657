"""What delivery says when an order is changed on which somebody is working: goods in hand stay what was ordered."""

from __future__ import annotations

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import api
from retaguarda.modules.sales.events import OrderAmended, OrderCancelled


def order_changed(unit: Unit, event: OrderAmended | OrderCancelled) -> None:
    """Refuses to change or cancel an order that is being picked: its list is dropped before. The database refuses by
    itself while there is a shipment."""
    number = api.being_picked(unit, event.order_id)
    if number is not None:
        raise Refusal("delivery.order_in_picking", number=number)
