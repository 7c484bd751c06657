"""Tables of purchasing: suppliers' prices and reorder points, orders, receipts, invoices, payables, returns."""

from retaguarda.modules.purchasing.model.invoices import PurchaseBilling, SupplierInvoice, SupplierInvoiceLine
from retaguarda.modules.purchasing.model.openings import OpeningPayable
from retaguarda.modules.purchasing.model.orders import PurchaseLineBalance, PurchaseOrder, PurchaseOrderLine
from retaguarda.modules.purchasing.model.payables import Payable, PayableEntry, SupplierPayment
from retaguarda.modules.purchasing.model.prices import ReorderPoint, SupplierPrice
from retaguarda.modules.purchasing.model.receipts import PurchaseReceipt, PurchaseReceiptLine
from retaguarda.modules.purchasing.model.requests import Requisition
from retaguarda.modules.purchasing.model.returns import SupplierReturn, SupplierReturnLine

__all__ = [
    "OpeningPayable",
    "Payable",
    "PayableEntry",
    "PurchaseBilling",
    "PurchaseLineBalance",
    "PurchaseOrder",
    "PurchaseOrderLine",
    "PurchaseReceipt",
    "PurchaseReceiptLine",
    "ReorderPoint",
    "Requisition",
    "SupplierInvoice",
    "SupplierInvoiceLine",
    "SupplierPayment",
    "SupplierPrice",
    "SupplierReturn",
    "SupplierReturnLine",
]
