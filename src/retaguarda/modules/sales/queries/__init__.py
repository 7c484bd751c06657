"""What screens, scripts and documents ask of sales."""

from retaguarda.modules.sales.queries.approvals import approvals
from retaguarda.modules.sales.queries.commissions import commission_rules, commissions
from retaguarda.modules.sales.queries.contacts import contacts, customer_card
from retaguarda.modules.sales.queries.counter import counter_payments, counter_sales, return_lines, returns
from retaguarda.modules.sales.queries.credit import customer_credit
from retaguarda.modules.sales.queries.fitness import DATA_RULES, USES
from retaguarda.modules.sales.queries.lineage import piece_buyers, recall
from retaguarda.modules.sales.queries.one_order import order_card, order_draft, order_lines
from retaguarda.modules.sales.queries.orders import order_notes, orders
from retaguarda.modules.sales.queries.promises import promises
from retaguarda.modules.sales.queries.returning import return_draft, returnable_lines
from retaguarda.modules.sales.queries.sold import SOLD

__all__ = [
    "DATA_RULES",
    "SOLD",
    "USES",
    "approvals",
    "commission_rules",
    "commissions",
    "contacts",
    "counter_payments",
    "counter_sales",
    "customer_card",
    "customer_credit",
    "order_card",
    "order_draft",
    "order_lines",
    "order_notes",
    "orders",
    "piece_buyers",
    "promises",
    "recall",
    "return_draft",
    "return_lines",
    "returnable_lines",
    "returns",
]
