"""What older databases lack of delivery: packing, failed attempts, and goods that come back."""

from __future__ import annotations

from retaguarda.kernel.migration import Step, gone, new_column, new_constraint

MIGRATIONS: tuple[Step, ...] = (
    new_column("shipment", "second_check", "(1 = 0)"),
    new_column("shipment", "packed_at", "shipped_at"),
    new_column("shipment", "expected_on"),
    new_column("shipment", "freight_amount"),
    new_column("shipment", "returned_at"),
    new_column("shipment", "return_reason", "''"),
    gone("shipment", constraint="uq_shipment_order_id"),
    gone("shipment", column="invoice_id"),
    gone("shipment_line", constraint="uq_shipment_line_shipment_id_position"),
    new_constraint("shipment_line", "uq_shipment_line_shipment_id_order_line_id"),
    *(
        new_constraint("shipment", f"ck_shipment_{name}")
        for name in ("state", "packed", "shipped", "returned", "freight", "delivered")
    ),
)
