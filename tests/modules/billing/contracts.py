"""A contract to be billed month by month, for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.modules.billing.conftest import Billing


def contract(billing: Billing, **more: Any) -> str:
    """A contract over one service from today on, unless more is said."""
    payload = {
        "party_id": billing.customer,
        "name": "Manutenção mensal",
        "starts_on": billing.office.today().isoformat(),
        "lines": [{"product_id": billing.products[0], "unit_price": "150.00"}],
        **more,
    }
    return str(billing.do("add_recurring", **payload)["id"])
