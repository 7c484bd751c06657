"""What does not come any more breaks every peg on it."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.kernel.ids import new_id
from tests.helpers.company import refused
from tests.modules.inventory.depot import Depot, TryLine


def test_every_peg_breaks(depot: Depot) -> None:
    coming = depot.office.do(
        "inventory.expect_stock", product_id=depot.pen, quantity="9", expected_on="2026-12-01"
    ).value["id"]
    part = TryLine(line_id=new_id(), product_id=depot.pen, quantity=Decimal(3), expected_id=coming)
    order = depot.reserve(part)
    depot.office.do("inventory.cancel_expected", expected_id=coming, reason="fornecedor fechou")
    (lost,) = depot.office.show("inventory.broken_reservations").rows
    assert (lost.document_id, lost.quantity, lost.cause) == (order, Decimal(3), "cancel")
    assert depot.office.show("inventory.expected").rows == ()
    depot.clean()
    with refused(depot.office, "inventory.nothing_expected"):
        depot.office.do("inventory.cancel_expected", expected_id=coming)
    with refused(depot.office, "kernel.missing"):
        depot.office.do("inventory.cancel_expected", expected_id=new_id())
