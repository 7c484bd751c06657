"""The selectables that higher modules may join."""

from __future__ import annotations

from retaguarda.kernel.model import table_of
from retaguarda.modules.purchasing import model

supplier_price = table_of(model.SupplierPrice)
reorder_point = table_of(model.ReorderPoint)
purchase_order = table_of(model.PurchaseOrder)
purchase_order_line = table_of(model.PurchaseOrderLine)
purchase_line_balance = table_of(model.PurchaseLineBalance)
