"""The selectables that higher modules may join."""

from __future__ import annotations

from retaguarda.kernel.model import table_of
from retaguarda.modules.purchasing import model

supplier_price = table_of(model.SupplierPrice)
reorder_point = table_of(model.ReorderPoint)
purchase_order = table_of(model.PurchaseOrder)
purchase_order_line = table_of(model.PurchaseOrderLine)
purchase_line_balance = table_of(model.PurchaseLineBalance)
purchase_receipt = table_of(model.PurchaseReceipt)
purchase_receipt_line = table_of(model.PurchaseReceiptLine)
supplier_invoice = table_of(model.SupplierInvoice)
supplier_invoice_line = table_of(model.SupplierInvoiceLine)
purchase_billing = table_of(model.PurchaseBilling)
opening_payable = table_of(model.OpeningPayable)
payable = table_of(model.Payable)
payable_entry = table_of(model.PayableEntry)
supplier_payment = table_of(model.SupplierPayment)
supplier_return = table_of(model.SupplierReturn)
supplier_return_line = table_of(model.SupplierReturnLine)
requisition = table_of(model.Requisition)
