"""Selling before the entry is typed: explicit, with permission, reason and age."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from tests.helpers.company import MONDAY, acting, refused
from tests.modules.inventory.depot import Depot


def test_authorised_sold_and_shipped(depot: Depot) -> None:
    with acting(depot.office, "commercial"):
        key = depot.office.do(
            "inventory.authorise_negative", product_id=depot.pen, quantity="3", reason="carga chegando às 14h"
        ).value["id"]
    depot.office.clock.move(dt.timedelta(days=2))  # type: ignore[attr-defined]
    row = depot.office.one("inventory.negatives", key)
    assert (row.quantity, row.reason, row.person_name, row.at) == (
        Decimal(3),
        "carga chegando às 14h",
        "Pessoa commercial",
        MONDAY,
    )
    order = depot.reserve((depot.pen, "2"))
    assert depot.stock(depot.pen)["free"] == "1"
    depot.step("ship", order)
    assert depot.stock(depot.pen) == {
        "on_hand": "-2",
        "held": "0",
        "reserved": "0",
        "allowed_negative": "3",
        "free": "1",
    }
    depot.clean()


def test_only_with_permission_and_reason(depot: Depot) -> None:
    with acting(depot.office, "stock"), refused(depot.office, "kernel.forbidden"):
        depot.office.do("inventory.authorise_negative", product_id=depot.pen, quantity="3", reason="pressa")
    with refused(depot.office, "kernel.too_short"):
        depot.office.do("inventory.authorise_negative", product_id=depot.pen, quantity="3", reason="")
    service = depot.product("S", "Serviço", kind="service")
    with refused(depot.office, "inventory.not_kept"):
        depot.office.do("inventory.authorise_negative", product_id=service, quantity="3", reason="pressa")
