"""What the tests of non-conformities start from."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tests.modules.inventory.depot import Depot


def report(depot: Depot, quantity: str, **more: Any) -> Mapping[str, Any]:
    """Reports sheets that came in wet."""
    payload = {"product_id": depot.paper, "found_at": "receipt", "description": "folhas úmidas", **more}
    return depot.office.do(("inventory.report_non_conformity", {"quantity": quantity, **payload})).value
