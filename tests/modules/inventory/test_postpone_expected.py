"""A later day breaks the pegs that were promised for before it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot, TryLine


def test_only_earlier_promises_break(depot: Depot) -> None:
    coming = depot.office.do(
        "inventory.expect_stock", product_id=depot.pen, quantity="9", expected_on="2026-12-01"
    ).value["id"]

    def promise(day: str | None) -> str:
        on = dt.date.fromisoformat(day) if day else None
        part = TryLine(line_id=new_id(), product_id=depot.pen, quantity=Decimal(3), expected_id=coming, promised_on=on)
        return depot.reserve(part)

    early, _late, _open = promise("2026-12-02"), promise("2026-12-09"), promise(None)
    done = depot.office.do("inventory.postpone_expected", expected_id=coming, expected_on="2026-12-05")
    assert done.value["broken"] == 1
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.document_id, lost.cause) == (early, "late")
    row = depot.office.one("inventory.expected", coming)
    assert (row.expected_on, row.quantity, row.pegged) == (dt.date(2026, 12, 5), Decimal(9), Decimal(6))
    depot.clean()
    with refused(depot.office, "inventory.day_is_past"):
        depot.office.do("inventory.postpone_expected", expected_id=coming, expected_on="2026-11-01")


def test_an_unknown_one_is_refused(depot: Depot) -> None:
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.postpone_expected", expected_id=new_id(), expected_on="2026-12-05")
