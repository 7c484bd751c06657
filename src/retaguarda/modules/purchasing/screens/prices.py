"""Suppliers' prices and reorder points, and what they add to a product's page."""

from __future__ import annotations

from retaguarda.kernel.screen import (
    Action,
    FormScreen,
    ImportField,
    ImportKind,
    Level,
    ListScreen,
    SlotFill,
    Tab,
    TablePanel,
)
from retaguarda.modules.purchasing.commands import prices
from retaguarda.modules.purchasing.screens.parts import PRODUCT, SUPPLIER, WAREHOUSE, column, field, new

_STATES: dict[str, Level] = {"current": "ok", "coming": "info", "past": "", "replaced": ""}

PRICE_LIST = ListScreen(
    name="purchasing.price_list",
    icon="tags",
    query="purchasing.supplier_prices",
    sort="name",
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("supplier_name", width=220, sub="supplier_code", sub_show="code", sortable=True),
        column("unit_price", show="price", width=110, sortable=True),
        column("least_quantity", show="quantity", width=100, hide_below=1100),
        column("pack_quantity", show="quantity", width=90, hide_below=1200),
        column("lead_days", show="whole", width=80),
        column("valid_from", show="day", width=110, sortable=True, hide_below=1300),
        column("valid_to", show="day", width=110, hide_below=1300),
        column("state", show="pill", width=120, texts="purchasing.price.state", levels=_STATES),
    ),
    tabs=(
        Tab(name="current", where={"state": "current"}),
        Tab(name="coming", where={"state": "coming"}),
        Tab(name="all", counted=False),
    ),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("supplier_price",),
    actions=(
        new("purchasing.price_form"),
        Action(
            name="again",
            icon="pencil",
            opens="purchasing.price_form",
            given={
                name: name
                for name in (
                    "supplier_id",
                    "product_id",
                    "supplier_code",
                    "unit_price",
                    "least_quantity",
                    "pack_quantity",
                    "lead_days",
                )
            },
            labels={"supplier_id": "supplier_name", "product_id": "name"},
            enabled=lambda row: None,
        ),
        Action(
            name="end",
            icon="calendar-x",
            press="purchasing.end_supplier_price",
            key="price_id",
            danger=True,
            asks="purchasing.ask.end_price",
        ),
    ),
)
PRICE_FORM = FormScreen(
    name="purchasing.price_form",
    icon="tags",
    command=prices.SetSupplierPrice,
    fields=(
        SUPPLIER,
        PRODUCT,
        field("unit_price"),
        field("supplier_code"),
        field("least_quantity", initial="1"),
        field("pack_quantity", initial="1", help="purchasing.field.pack_quantity.help"),
        field("lead_days", initial="5", help="purchasing.field.lead_days.help"),
        field("valid_from", initial="d", help="purchasing.field.valid_from.help"),
    ),
)
POINT_LIST = ListScreen(
    name="purchasing.point_list",
    icon="gauge",
    query="purchasing.reorder_points",
    sort="name",
    columns=(
        column("name", show="name", sub="code", sub_show="code", sortable=True),
        column("warehouse_name", width=180, hide_below=1100),
        column("minimum_quantity", show="quantity", width=110, sortable=True),
        column("maximum_quantity", show="quantity", width=110, sortable=True),
        column("supplier_name", width=220),
    ),
    tabs=(Tab(name="active", where={"active": True}), Tab(name="removed", where={"active": False}, counted=False)),
    opens="catalog.product_page",
    opens_key="product_id",
    refreshed_by=("reorder_point",),
    actions=(
        new("purchasing.point_form"),
        Action(
            name="again",
            icon="pencil",
            opens="purchasing.point_form",
            given={
                name: name
                for name in ("product_id", "warehouse_id", "minimum_quantity", "maximum_quantity", "supplier_id")
            },
            labels={"product_id": "name", "warehouse_id": "warehouse_name", "supplier_id": "supplier_name"},
        ),
        Action(name="remove", icon="circle-x", press="purchasing.remove_reorder_point", key="point_id", danger=True),
    ),
)
POINT_FORM = FormScreen(
    name="purchasing.point_form",
    icon="refresh-cw",
    command=prices.SetReorderPoint,
    fields=(
        PRODUCT,
        WAREHOUSE,
        field("minimum_quantity", help="purchasing.field.minimum_quantity.help"),
        field("maximum_quantity", help="purchasing.field.maximum_quantity.help"),
        field("supplier_id", suggestions="party.supplier_choices", help="purchasing.field.supplier_id.help"),
        field("lead_days"),
    ),
)
SLOTS = (
    SlotFill(
        "imports.wizard",
        "kinds",
        ImportKind(
            name="purchasing.supplier_prices",
            command="purchasing.set_supplier_price",
            key=("key", "product_id"),
            fields=(
                ImportField(name="key", is_key=True),
                ImportField(name="supplier_id", required=True, looks_in="party.suppliers", by=("name",)),
                ImportField(name="product_id", required=True, looks_in="catalog.products", by=("code", "gtin", "name")),
                ImportField(name="unit_price", required=True, read="number"),
                ImportField(name="supplier_code"),
                ImportField(name="least_quantity", read="number"),
                ImportField(name="pack_quantity", read="number"),
                ImportField(name="lead_days", read="whole"),
                ImportField(name="valid_from", read="day"),
            ),
            opens="purchasing.price_list",
        ),
    ),
    SlotFill(
        "catalog.product_page",
        "panels",
        TablePanel(
            name="supplier_prices",
            title="purchasing.product_prices",
            icon="tags",
            permission="purchasing.read",
            query="purchasing.supplier_prices",
            where={"product_id": "id"},
            sort="unit_price",
            columns=(
                column("supplier_name", show="name", sub="supplier_code", sub_show="code"),
                column("unit_price", show="price", width=110),
                column("least_quantity", show="quantity", width=100),
                column("pack_quantity", show="quantity", width=90),
                column("lead_days", show="whole", width=80),
                column("valid_from", show="day", width=110),
                column("state", show="pill", width=120, texts="purchasing.price.state", levels=_STATES),
            ),
        ),
    ),
)
