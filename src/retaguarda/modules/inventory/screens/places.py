"""Warehouses and locations."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    FormScreen,
    ListScreen,
    PageScreen,
    TablePanel,
)
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import (
    column,
    field,
    new,
)

WAREHOUSE_LIST = ListScreen(
    name="inventory.warehouse_list",
    icon="warehouse",
    query="inventory.warehouses",
    sort="code",
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("branch_name", width=200),
        column("main", show="flag", width=120),
        column("locations", show="whole", width=120),
    ),
    opens="inventory.warehouse_page",
    refreshed_by=("warehouse", "location"),
    actions=(
        new("inventory.warehouse_form"),
        Action(name="location", icon="map-pin", opens="inventory.location_form", key="warehouse_id"),
    ),
)
WAREHOUSE_PAGE = PageScreen(
    name="inventory.warehouse_page",
    icon="warehouse",
    load="inventory.warehouses",
    record_title="name",
    context=(column("code", show="code"), column("branch_name")),
    panels=(
        TablePanel(
            name="locations",
            icon="map-pin",
            query="inventory.locations",
            where={"warehouse_id": "id"},
            columns=(
                column("route", show="whole", width=90),
                column("code", show="code", width=160),
                column("name", show="name"),
            ),
        ),
    ),
    refreshed_by=("warehouse", "location"),
    actions=(
        Action(name="location", icon="map-pin", opens="inventory.location_form", key="warehouse_id", primary=True),
        Action(name="revise", icon="pencil", opens="inventory.warehouse_form", key="warehouse_id"),
    ),
)
WAREHOUSE_FORM = FormScreen(
    name="inventory.warehouse_form",
    icon="warehouse",
    command=commands.AddWarehouse,
    revise=commands.ReviseWarehouse,
    load="inventory.warehouses",
    key="warehouse_id",
    fields=(
        field("code"),
        field("name"),
        field("branch_id", suggestions="company.branch_choices"),
        field("first_location"),
    ),
)
LOCATION_FORM = FormScreen(
    name="inventory.location_form",
    icon="map-pin",
    command=commands.AddLocation,
    fields=(field("code"), field("name"), field("route", help="inventory.field.route.help")),
)
