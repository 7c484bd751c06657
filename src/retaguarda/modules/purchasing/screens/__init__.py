"""Screens of purchasing: orders, suppliers' prices, reorder points."""

from retaguarda.kernel.screen import Place
from retaguarda.modules.purchasing.screens import dialogs, entry, openings, orders, owing, prices, proposing, receiving

SCREENS = (
    orders.ORDER_LIST,
    orders.ORDER_PAGE,
    entry.ORDER_ENTRY,
    entry.ORDER_AMEND,
    *dialogs.DIALOGS,
    prices.PRICE_LIST,
    prices.PRICE_FORM,
    prices.POINT_LIST,
    prices.POINT_FORM,
    *receiving.SCREENS,
    *owing.SCREENS,
    *openings.SCREENS,
    *proposing.SCREENS,
)
PLACES = (
    Place(name="proposals", screen="purchasing.proposal_list", order=61, shelf="more"),
    Place(name="requisitions", screen="purchasing.requisition_list", order=61, shelf="more"),
    Place(name="purchases", screen="purchasing.order_list", order=62),
    Place(name="purchase_receipts", screen="purchasing.receipt_list", order=63, shelf="more"),
    Place(name="supplier_returns", screen="purchasing.return_list", order=64, shelf="more"),
    Place(name="supplier_invoices", screen="purchasing.invoice_list", order=65, shelf="more"),
    Place(name="payables", screen="purchasing.payable_list", order=66),
    Place(name="supplier_payments", screen="purchasing.payment_list", order=67, shelf="more"),
    Place(name="opening_payables", screen="purchasing.opening_list", order=67, shelf="more"),
    Place(name="supplier_prices", screen="purchasing.price_list", group="manage", order=62, shelf="more"),
    Place(name="reorder_points", screen="purchasing.point_list", group="manage", order=63, shelf="more"),
)
SLOTS = (*prices.SLOTS, *proposing.SLOTS, *openings.SLOTS)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
