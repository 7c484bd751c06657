"""The public door of purchasing: its selectables, an order with its lines, what a supplier asks for a product."""

from retaguarda.modules.purchasing.api.offers import OfferFacts, offers_of, pick_offer
from retaguarda.modules.purchasing.api.ordering import (
    DOCUMENT,
    load_order,
    open_quantity,
    order_lines,
    step_to,
    warehouse_for,
)
from retaguarda.modules.purchasing.api.tables import (
    purchase_line_balance,
    purchase_order,
    purchase_order_line,
    reorder_point,
    supplier_price,
)

__all__ = [
    "DOCUMENT",
    "OfferFacts",
    "load_order",
    "offers_of",
    "open_quantity",
    "order_lines",
    "pick_offer",
    "purchase_line_balance",
    "purchase_order",
    "purchase_order_line",
    "reorder_point",
    "step_to",
    "supplier_price",
    "warehouse_for",
]
