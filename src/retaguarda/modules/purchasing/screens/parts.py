"""What the screens of purchasing share: labels of the module, what enables a dialog."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from retaguarda.kernel.screen import Level, Phrase
from retaguarda.kernel.screen.labels import Labels, new_record
from retaguarda.kernel.screen.pressing import NOT_NOW

STANDING_LEVELS: dict[str, Level] = {
    "draft": "",
    "ordered": "info",
    "confirmed": "info",
    "partly": "warn",
    "closed": "ok",
    "cancelled": "",
}


_LABELS = Labels("purchasing")
field, column = _LABELS.field, _LABELS.column
new = new_record


def allowed(command: str) -> Callable[[Any], Phrase | None]:
    """Enables what opens a screen of `command` while the row allows the command itself."""
    return lambda row: None if row is not None and command in row.allowed else NOT_NOW


SUPPLIER = field(
    "supplier_id", suggestions="party.supplier_choices", shown_by="supplier_name", adds="party.supplier_form"
)
PRODUCT = field("product_id", suggestions="catalog.product_choices", shown_by="name")
WAREHOUSE = field(
    "warehouse_id",
    suggestions="inventory.warehouse_choices",
    shown_by="warehouse_name",
    help="purchasing.field.warehouse_id.help",
)
