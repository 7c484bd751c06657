"""Lists, pages and forms of the inventory, and what it adds to a product's page."""

from retaguarda.kernel.screen import Place
from retaguarda.modules.inventory.screens import costs, counting, facts, forms, goods, kits, places, stock, transfers

SCREENS = (
    stock.STOCK_LIST,
    forms.RECEIPT_FORM,
    forms.COUNT_FORM,
    forms.WRITE_OFF_FORM,
    forms.TRANSFER_FORM,
    forms.HOLD_FORM,
    forms.RELEASE_FORM,
    forms.NEGATIVE_FORM,
    forms.EXPECT_FORM,
    forms.POSTPONE_FORM,
    facts.DOCUMENT_LIST,
    facts.DOCUMENT_PAGE,
    facts.HOLD_LIST,
    facts.EXPECTED_LIST,
    facts.NEGATIVE_LIST,
    places.WAREHOUSE_LIST,
    places.WAREHOUSE_PAGE,
    places.WAREHOUSE_FORM,
    places.LOCATION_FORM,
    counting.COUNT_LIST,
    counting.COUNT_PAGE,
    counting.COUNT_ENTRY,
    counting.OPEN_FORM,
    counting.POST_FORM,
    counting.CLASSIFY_FORM,
    counting.DUE_LIST,
    transfers.TRANSFER_LIST,
    transfers.TRANSFER_PAGE,
    transfers.SEND_FORM,
    transfers.ARRIVAL_FORM,
    kits.KIT_LIST,
    kits.KIT_FORM,
    goods.LOT_LIST,
    goods.LOT_PAGE,
    goods.LOT_FORM,
    goods.EXPIRED_FORM,
    goods.TRACK_FORM,
    goods.SERIAL_LIST,
    goods.SERIAL_PAGE,
    costs.VALUE_LIST,
    costs.COST_FORM,
)
PLACES = (
    Place(name="stock", screen="inventory.stock_list", icon="boxes", group="work", order=55),
    Place(
        name="stock_documents",
        screen="inventory.document_list",
        icon="clipboard-list",
        group="work",
        order=57,
        shelf="more",
    ),
    Place(
        name="expected", screen="inventory.expected_list", icon="calendar-clock", group="work", order=58, shelf="more"
    ),
    Place(name="holds", screen="inventory.hold_list", icon="lock", group="manage", order=30, shelf="more"),
    Place(name="negatives", screen="inventory.negative_list", icon="zap", group="manage", order=32, shelf="more"),
    Place(name="transfers", screen="inventory.transfer_list", icon="truck", group="work", order=56, shelf="more"),
    Place(
        name="counts",
        screen="inventory.count_list",
        icon="list-checks",
        group="work",
        order=61,
        shelf="more",
    ),
    Place(name="count_due", screen="inventory.due_list", icon="alarm-clock", group="work", order=62, shelf="more"),
    Place(name="lots", screen="inventory.lot_list", icon="layers", group="work", order=59, shelf="more"),
    Place(name="serials", screen="inventory.serial_list", icon="hash", group="work", order=60, shelf="more"),
    Place(name="kits", screen="inventory.kit_list", icon="package", group="manage", order=34, shelf="more"),
    Place(name="stock_values", screen="inventory.value_list", icon="wallet", group="manage", order=33, shelf="more"),
    Place(
        name="warehouses", screen="inventory.warehouse_list", icon="warehouse", group="manage", order=74, shelf="more"
    ),
)
SLOTS = (*stock.SLOTS, *goods.SLOTS, *kits.SLOTS, *costs.SLOTS)

__all__ = ["PLACES", "SCREENS", "SLOTS"]
