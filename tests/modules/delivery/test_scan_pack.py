"""Packing by scan: every code is judged against what was picked for the order; what is wrong says what is expected."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


@pytest.fixture
def packing(shop: Shop) -> Shop:
    shop.set(packing="own_step")
    return shop


def test_scans_fill_the_lines_in_turn(packing: Shop) -> None:
    shipment = packing.picked()
    first = packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1").value
    again = packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1", quantity="2").value
    assert (first["volume_id"], first["left"], again["left"]) == (again["volume_id"], Decimal(3), Decimal(1))
    lines = packing.office.show("delivery.packing_lines", {"shipment_id": shipment}).rows
    assert [(row.code, row.picked, row.packed) for row in lines] == [("P-1", 2, 2), ("P-2", 1, 0), ("P-1", 1, 1)]
    assert packing.office.check() == []


def test_what_was_not_picked_is_refused_with_what_is_expected(packing: Shop) -> None:
    shipment = packing.picked()
    packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-2")
    for code in ("P-3", "nada"):
        with refused(packing.office, "delivery.scan_pack.not_of_order") as refusals:
            packing.office.do("delivery.scan_pack", shipment_id=shipment, code=code)
        assert refusals[0].params["expected"] == ["Produto 1", "Produto 1"]
    with refused(packing.office, "delivery.scan_pack.too_many") as refusals:
        packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1", quantity="4")
    assert (refusals[0].params["left"], refusals[0].params["name"]) == (Decimal(3), "Produto 1")
    with refused(packing.office, "delivery.scan_pack.too_many"):
        packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-2")


def test_only_a_picked_order_is_packed(packing: Shop) -> None:
    shipment = packing.picked()
    with refused(packing.office, "kernel.missing"):
        packing.office.do("delivery.scan_pack", shipment_id=new_id(), code="P-1")
    with acting(packing.office, "delivery"), refused(packing.office, "kernel.forbidden"):
        packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1")
    packing.step("pack", packing.office.one("delivery.shipments", shipment).order_id)
    with refused(packing.office, "delivery.out_of_turn"):
        packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1")


def test_the_database_packs_nothing_that_was_not_picked(packing: Shop) -> None:
    """As somebody with a database tool would try it, past every handler."""
    shipment, other = packing.picked(), packing.picked()
    packing.office.do("delivery.scan_pack", shipment_id=shipment, code="P-2")
    columns = "id, command_id, at, shipment_id, volume_id, order_line_id, product_id, quantity"

    def more(quantity: int, *, of: str = shipment, keep_volume: bool = True) -> str:
        volume = "v.volume_id" if keep_volume else f"'{new_id()}'"
        return refused_by_database(
            packing.office,
            f"INSERT INTO volume_line ({columns}) SELECT '{new_id()}', v.command_id, v.at, '{of}', {volume}, "
            f"v.order_line_id, v.product_id, {quantity} FROM volume_line v",
        )

    assert more(10000) == "delivery.packed_not_picked"
    assert more(10000, of=other, keep_volume=False) == "delivery.packed_not_picked"
    assert more(-20000) == "delivery.taken_not_packed"
    assert more(10000, of=other) == "delivery.volume_closed"
    done = f"UPDATE shipment SET state = 'packed', packed_at = picked_at WHERE id = '{shipment}'"
    assert refused_by_database(packing.office, done) == "delivery.packed_differs"
    for code in ("P-1", "P-1", "P-1"):
        packing.office.do("delivery.scan_pack", shipment_id=shipment, code=code)
    assert refused_by_database(packing.office, done) == "delivery.volume_open"
    packing.step("pack", packing.office.one("delivery.shipments", shipment).order_id)
    assert more(-10000) == "delivery.volume_gone"
    assert packing.office.check() == []
