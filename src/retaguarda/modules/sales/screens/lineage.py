"""Who got a lot or a numbered piece, on their pages; what left by an order, on the order's."""

from __future__ import annotations

from retaguarda.kernel.screen import Column, SlotFill, TablePanel

SLOTS = (
    SlotFill(
        "inventory.lot_page",
        "panels",
        TablePanel(
            name="recall",
            title="sales.recall",
            icon="users",
            permission="sales.read",
            query="sales.recall",
            where={"product_id": "product_id", "lot": "code"},
            limit=500,
            columns=(
                Column(field="customer_name", title="sales.recall.customer_name", show="name"),
                Column(field="order_number", title="sales.recall.order_number", show="whole", width=100),
                Column(field="left_on", title="sales.recall.left_on", show="day", width=120),
                Column(field="quantity", title="sales.recall.quantity", show="quantity", width=110),
            ),
            opens="sales.order_page",
            opens_key="order_id",
        ),
    ),
    SlotFill(
        "inventory.serial_page",
        "panels",
        TablePanel(
            name="buyer",
            title="sales.piece_buyer",
            icon="user",
            permission="sales.read",
            query="sales.piece_buyers",
            where={"product_id": "product_id", "number": "number"},
            columns=(
                Column(field="customer_name", title="sales.recall.customer_name", show="name"),
                Column(field="order_number", title="sales.recall.order_number", show="whole", width=100),
                Column(field="at", title="sales.recall.left_on", show="instant", width=160),
            ),
            opens="sales.order_page",
            opens_key="order_id",
        ),
    ),
    SlotFill(
        "sales.order_page",
        "panels",
        TablePanel(
            name="left",
            title="sales.order_left",
            icon="truck",
            permission="inventory.read",
            query="sales.recall",
            where={"order_id": "id"},
            columns=(
                Column(field="name", title="sales.recall.name", show="name", sub="code", sub_show="code"),
                Column(field="lot", title="sales.recall.lot", show="code", width=140),
                Column(field="quantity", title="sales.recall.quantity", show="quantity", width=110),
                Column(field="left_on", title="sales.recall.left_on", show="day", width=120),
            ),
        ),
    ),
)
