"""What stock stands at: the list of values, and what a product's page says of its cost."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, ListScreen, SlotFill, Tab, TablePanel
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import REASON, column, field

COST_TABLES = ("stock_move", "cost_difference")
VALUE_LIST = ListScreen(
    name="inventory.value_list",
    icon="coins",
    query="inventory.values",
    sort="name",
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("quantity", show="quantity", width=120, sortable=True),
        column("unit_code", width=80),
        column("unit_cost", show="price", width=140, sortable=True),
        column("amount", show="money", width=140, sortable=True),
    ),
    tabs=(
        Tab(name="all"),
        Tab(name="below", where={"quantity<": "0"}),
        Tab(name="without_cost", where={"unit_cost": "0"}),
    ),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=COST_TABLES,
    actions=(
        Action(
            name="adjust",
            icon="pencil",
            opens="inventory.cost_form",
            given={"product_id": "product_id"},
            labels={"product_id": "name"},
            primary=True,
        ),
        Action(name="report", icon="chart-column", opens="inventory.stock_report", on_row=False),
    ),
)
COST_FORM = FormScreen(
    name="inventory.cost_form",
    icon="wallet",
    command=commands.AdjustCost,
    fields=(field("product_id", width=2, suggestions="catalog.product_choices"), field("unit_cost"), REASON),
)
SLOTS = (
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="cost",
            title="inventory.product_cost",
            icon="wallet",
            permission="inventory.read_cost",
            query="inventory.value_changes",
            where={"product_id": "id"},
            columns=(
                column("at", show="instant", width=150),
                column("kind", show="pill", width=130, texts="inventory.move"),
                column("quantity", show="quantity", width=110),
                column("amount", show="money", width=130),
                column("unit_cost", show="price", width=130),
                column("reason"),
            ),
        ),
    ),
)
