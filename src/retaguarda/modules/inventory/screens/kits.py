"""Kits: the list, what one is made of, and the parts on a product's page."""

from __future__ import annotations

from retaguarda.kernel.screen import Action, FormScreen, LinesView, ListScreen, SlotFill, Tab, TablePanel
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import column, field

KIT_LIST = ListScreen(
    name="inventory.kit_list",
    icon="puzzle",
    query="inventory.kits",
    sort="name",
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("count", show="whole", width=140, sortable=True),
    ),
    tabs=(Tab(name="kits", where={"count>": 0}), Tab(name="all", counted=False)),
    opens="catalog.product_page",
    refreshed_by=("kit_part", "product"),
    actions=(Action(name="set", icon="pencil", opens="inventory.kit_form", key="product_id", primary=True),),
)
KIT_FORM = FormScreen(
    name="inventory.kit_form",
    icon="package",
    revise=commands.SetKit,
    load="inventory.kits",
    key="product_id",
    fields=(
        LinesView(
            name="parts",
            label="inventory.field.parts",
            columns=(
                field("component_id", suggestions="catalog.product_choices", shown_by="component_name"),
                field("quantity", width=120),
            ),
        ),
    ),
)
SLOTS = (
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="kit",
            title="inventory.product_kit",
            icon="package",
            permission="inventory.read",
            query="inventory.kit_parts",
            where={"product_id": "id"},
            columns=(
                column("component_name", show="name", sub="component_code", sub_show="code"),
                column("quantity", show="quantity", width=110),
                column("unit_code", width=80),
            ),
            opens="catalog.product_page",
            opens_key="component_id",
        ),
    ),
)
