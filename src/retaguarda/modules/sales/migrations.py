"""What older databases lack of sales: when each order is billed, and promises that a part does not keep."""

from __future__ import annotations

from retaguarda.kernel.migration import Step, as_declared, new_column, new_constraint

MIGRATIONS: tuple[Step, ...] = (
    new_column("sales_order", "invoice_policy", "'confirmed'"),
    new_constraint("sales_order", "ck_sales_order_invoice_policy"),
    as_declared,  # ix_sales_order_newest
)
