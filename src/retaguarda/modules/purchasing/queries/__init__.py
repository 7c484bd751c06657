"""What screens, scripts, documents and `check` ask of purchasing."""

from retaguarda.modules.purchasing.queries import (
    buying,
    one_order,
    openings,
    orders,
    owing,
    prices,
    proposing,
    receipts,
    settling,
)
from retaguarda.modules.purchasing.queries.fitness import DATA_RULES, USES
from retaguarda.modules.purchasing.queries.proofs import PROOFS

ALL = (
    prices.supplier_prices,
    prices.reorder_points,
    orders.orders,
    one_order.order_card,
    one_order.order_draft,
    one_order.order_lines,
    proposing.proposals,
    proposing.proposal_sheet,
    proposing.requisitions,
    proposing.waiting,
    buying.offers,
    buying.products_to_buy,
    buying.supplier_card,
    receipts.receipts,
    receipts.receipt_lines,
    receipts.receipt_draft,
    receipts.returns,
    receipts.return_lines,
    owing.invoices,
    owing.invoice_lines,
    owing.payables,
    owing.payable_entries,
    owing.payments,
    openings.openings,
    settling.payable_choices,
    settling.payment_draft,
    settling.invoice_draft,
)

__all__ = ["ALL", "DATA_RULES", "PROOFS", "USES"]
