"""What the stock is worth, by product."""

from __future__ import annotations

from retaguarda.kernel.screen import Chart, Cut, ReportScreen
from retaguarda.modules.inventory.screens.parts import column

STOCK_REPORT = ReportScreen(
    name="inventory.stock_report",
    icon="coins",
    cuts=(
        Cut(
            name="value",
            query="inventory.values",
            columns=(
                column("code", show="code", width=110),
                column("name", show="name"),
                column("quantity", show="quantity", width=120),
                column("unit_code", width=80),
                column("unit_cost", show="price", width=140),
                column("amount", show="money", width=150),
            ),
            sort="-amount",
            totals=("amount",),
            chart=Chart(label="name", value="amount"),
        ),
    ),
    refreshed_by=("stock_move", "cost_difference"),
)
