"""What the stock is worth and how often it turns, by product, and the moves behind it."""

from __future__ import annotations

from retaguarda.kernel.screen import Chart, Cut, ListScreen, Parameter, ReportScreen
from retaguarda.modules.inventory.screens.costs import COST_TABLES
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
            opens="inventory.change_list",
            given={"product_id": "id"},
        ),
        Cut(
            name="turning",
            query="inventory.turning",
            columns=(
                column("code", show="code", width=110),
                column("name", show="name"),
                column(
                    "grade",
                    show="pill",
                    width=90,
                    texts="inventory.grade",
                    levels={"a": "ok", "b": "info", "c": ""},
                ),
                column("opening_amount", show="money", width=130, hide_below=1200),
                column("closing_amount", show="money", width=130),
                column("cost_amount", show="money", width=150),
                column("turns", show="quantity", width=90),
                column("cover_days", show="whole", width=110),
            ),
            parameters=("since", "until"),
            sort="-cost_amount",
            totals=("opening_amount", "closing_amount", "cost_amount"),
            derived=("turns",),
            chart=Chart(label="name", value="cost_amount"),
            opens="inventory.change_list",
            given={"product_id": "id"},
            carried={"on_day >=": "since", "on_day <=": "until"},
        ),
    ),
    parameters=(Parameter(key="since", initial="-90"), Parameter(key="until", initial="d")),
    refreshed_by=COST_TABLES,
)
CHANGE_LIST = ListScreen(
    name="inventory.change_list",
    icon="coins",
    query="inventory.value_changes",
    sort="-at",
    opens="catalog.product_page",
    opens_key="product_id",
    columns=(
        column("at", show="instant", width=150, sortable=True),
        column("kind", show="pill", width=170, texts="inventory.move"),
        column("code", show="code", width=110, hide_below=1200),
        column("name", show="name", sortable=True),
        column("quantity", show="quantity", width=110, sortable=True),
        column("amount", show="money", width=130, sortable=True),
        column("cost_amount", show="money", width=150, hide_below=1200),
        column("reason", width=180, hide_below=1400),
    ),
    refreshed_by=COST_TABLES,
)
