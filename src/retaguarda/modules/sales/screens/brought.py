"""The file that brings orders which are still open: each comes in as a live order, with stock and promise."""

from __future__ import annotations

from retaguarda.kernel.screen import ImportField, ImportKind, SlotFill

FINISHED = ("delivered", "cancelled")
SLOTS = (
    SlotFill(
        "imports.wizard",
        "kinds",
        ImportKind(
            name="sales.open_orders",
            command="sales.place_order",
            key=("internal_note",),
            fields=(
                ImportField(name="internal_note", required=True),
                ImportField(
                    name="customer_id", required=True, looks_in="party.customers", by=("name", "legal_name", "tax_id")
                ),
                ImportField(name="promised_on", read="day"),
                ImportField(
                    name="lines.product_id", required=True, looks_in="catalog.products", by=("code", "gtin", "name")
                ),
                ImportField(name="lines.quantity", required=True, read="number"),
                ImportField(name="lines.unit_price", read="number"),
                ImportField(name="payment_terms"),
                ImportField(name="delivered", passes_over=True),
                ImportField(name="outcome", passes_over=True, options=FINISHED),
            ),
            parts="lines",
            opens="sales.order_list",
        ),
    ),
)
