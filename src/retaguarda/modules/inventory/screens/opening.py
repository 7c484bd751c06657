"""Opening stock: the form in which it is typed, and the files out of which it comes."""

from __future__ import annotations

from retaguarda.kernel.screen import FormScreen, ImportField, ImportKind, LinesView, SlotFill
from retaguarda.modules.inventory import commands
from retaguarda.modules.inventory.screens.parts import LINE_LOCATION, LINE_PRODUCT, REASON, WAREHOUSE, field

OPENING_FORM = FormScreen(
    name="inventory.opening_form",
    icon="boxes",
    command=commands.RecordOpeningStock,
    fields=(
        WAREHOUSE,
        field("on_day", help="inventory.field.on_day.help_opening"),
        LinesView(
            name="lines",
            label="inventory.field.lines",
            columns=(
                LINE_PRODUCT,
                field("quantity", width=110),
                field("unit_cost", width=110),
                LINE_LOCATION,
                field("lot", width=110),
                field("expires_on", width=110),
                field("serials", width=150),
            ),
        ),
        REASON,
    ),
)
_PRODUCT = "lines.product_id"
SLOTS = (
    SlotFill(
        "imports.wizard",
        "kinds",
        ImportKind(
            name="inventory.opening_stock",
            command="inventory.record_opening_stock",
            key=(_PRODUCT,),
            beside=("lines.lot", "lines.serials", "warehouse_id", "lines.location_id"),
            fields=(
                ImportField(name=_PRODUCT, required=True, looks_in="catalog.products", by=("code", "gtin", "name")),
                ImportField(name="lines.quantity", required=True, read="number"),
                ImportField(name="lines.unit_cost", required=True, read="number"),
                ImportField(name="lines.lot"),
                ImportField(name="lines.expires_on", read="day"),
                ImportField(name="lines.serials"),
                ImportField(name="lines.location_id", looks_in="inventory.locations", by=("place", "code")),
                ImportField(name="warehouse_id", looks_in="inventory.warehouses", by=("code", "name")),
                ImportField(name="on_day", read="day"),
            ),
            opens="inventory.document_list",
        ),
    ),
)
