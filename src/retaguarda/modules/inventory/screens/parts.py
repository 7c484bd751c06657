"""What the screens of the inventory share: labels, the fields that name a product and a place."""

from __future__ import annotations

from retaguarda.kernel.screen import Filter
from retaguarda.kernel.screen.labels import Labels, new_record

_LABELS = Labels("inventory")
field, column = _LABELS.field, _LABELS.column
new = new_record


PRODUCT = field("product_id", width=2, suggestions="catalog.product_choices")
LINE_PRODUCT = field("product_id", suggestions="catalog.product_choices")
WAREHOUSE = field("warehouse_id", suggestions="inventory.warehouse_choices", help="inventory.field.warehouse_id.help")
LOCATION = field("location_id", suggestions="inventory.location_choices", help="inventory.field.location_id.help")
LINE_LOCATION = field("location_id", width=150, suggestions="inventory.location_choices")
REASON = field("reason", width=2)
WHERE = Filter(
    key="warehouse_id", title="inventory.field.warehouse_id", suggestions="inventory.warehouse_choices", show="name"
)
