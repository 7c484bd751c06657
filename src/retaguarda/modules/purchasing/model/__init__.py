"""Tables of purchasing: suppliers' prices and reorder points, orders, receipts."""

from retaguarda.modules.purchasing.model.orders import PurchaseLineBalance, PurchaseOrder, PurchaseOrderLine
from retaguarda.modules.purchasing.model.prices import ReorderPoint, SupplierPrice

__all__ = ["PurchaseLineBalance", "PurchaseOrder", "PurchaseOrderLine", "ReorderPoint", "SupplierPrice"]
