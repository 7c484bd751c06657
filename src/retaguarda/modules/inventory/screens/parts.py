"""What the screens of the inventory share: labels, the fields that name a product and a place."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.screen import Action, Column, FieldView, Filter


def field(name: str, **more: Any) -> FieldView:
    """A field with its label of the module."""
    return FieldView(name=name, label=f"inventory.field.{name}", **more)


def column(field: str, **more: Any) -> Column:
    """A column with its title of the module."""
    return Column(field=field, title=f"inventory.field.{field}", **more)


def new(opens: str) -> Action:
    """The action that opens a form for a new record."""
    return Action(name="new", icon="plus", opens=opens, shortcut="Ctrl+N", primary=True, on_row=False)


PRODUCT = field("product_id", width=2, suggestions="catalog.product_choices")
LINE_PRODUCT = field("product_id", suggestions="catalog.product_choices")
WAREHOUSE = field("warehouse_id", suggestions="inventory.warehouse_choices", help="inventory.field.warehouse_id.help")
LOCATION = field("location_id", suggestions="inventory.location_choices", help="inventory.field.location_id.help")
LINE_LOCATION = field("location_id", width=150, suggestions="inventory.location_choices")
REASON = field("reason", width=2)
WHERE = Filter(
    key="warehouse_id", title="inventory.field.warehouse_id", suggestions="inventory.warehouse_choices", show="name"
)
