"""What screens, scripts, documents and `check` ask of purchasing."""

from retaguarda.modules.purchasing.queries import buying, one_order, orders, prices
from retaguarda.modules.purchasing.queries.proofs import PROOFS

ALL = (
    prices.supplier_prices,
    prices.reorder_points,
    orders.orders,
    one_order.order_card,
    one_order.order_draft,
    one_order.order_lines,
    buying.offers,
    buying.supplier_card,
)

__all__ = ["ALL", "PROOFS"]
