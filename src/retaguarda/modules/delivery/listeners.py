"""What delivery says when an order is changed on which somebody is working: goods in hand stay what was ordered."""

from __future__ import annotations

from sqlalchemy import bindparam, select

from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.model import Key
from retaguarda.kernel.statement import Statement
from retaguarda.kernel.unit import Unit
from retaguarda.modules.delivery import api, rules
from retaguarda.modules.sales import api as sales
from retaguarda.modules.sales.events import OrderAmended, OrderCancelled

_K, _O = api.pick_list.c, sales.sales_order.c
IN_PICKING = Statement(
    select(_O.number)
    .join(api.pick_list, _K.order_id == _O.id)
    .where(_O.id == bindparam("order_id", type_=Key()), _K.state == rules.OPEN)
)


def order_changed(unit: Unit, event: OrderAmended | OrderCancelled) -> None:
    """Refuses to change or cancel an order that is being picked: its list is dropped before. The database refuses by
    itself while there is a shipment."""
    found = unit.one(IN_PICKING, order_id=event.order_id)
    if found is not None:
        raise Refusal("delivery.order_in_picking", number=found.number)
