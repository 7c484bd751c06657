"""What the tests of blind counts start from."""

from __future__ import annotations

from typing import Any

from tests.modules.inventory.depot import Depot


def sheet(depot: Depot, **more: Any) -> str:
    """The key of an open count."""
    return str(depot.office.do(("inventory.open_count", more)).value["id"])


def enter(depot: Depot, key: str, product: str, quantity: str, **more: Any) -> Any:
    """Enters what was counted of a product."""
    head = {name: more.pop(name) for name in ("location_id",) if name in more}
    line = {"product_id": product, "quantity": quantity, **more}
    return depot.office.do(("inventory.enter_count", {"sheet_id": key, "lines": [line], **head}))


def standings(depot: Depot, key: str) -> list[str]:
    """How its places stand."""
    rows = depot.office.show("inventory.count_sheet_lines", {"sheet_id": key}, "position").rows
    return [row.standing for row in rows]
