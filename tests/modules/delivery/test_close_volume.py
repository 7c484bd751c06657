"""Closing volumes: with the last one, nothing left to pack, the order goes on by itself."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def scan(shop: Shop, shipment: str, *codes: str) -> str:
    """Scans into the open volume; its key."""
    done = [shop.office.do("delivery.scan_pack", shipment_id=shipment, code=code).value for code in codes]
    return str(done[-1]["volume_id"])


def test_two_volumes_and_the_last_one_ends_the_packing(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    first = scan(shop, shipment, "P-1", "P-1")
    closed = shop.office.do("delivery.close_volume", volume_id=first, version=1, weight_kg="1.5")
    assert (closed.value["packed"], closed.rows[0].state, closed.rows[0].weight_kg) == (False, "closed", Decimal("1.5"))
    second = scan(shop, shipment, "P-2", "P-1")
    assert second != first
    assert shop.office.do("delivery.close_volume", volume_id=second).value["packed"] is True
    volumes = shop.office.show("delivery.volumes", {"shipment_id": shipment}).rows
    assert [(v.place, v.count, v.quantity) for v in volumes] == [(1, 2, 2), (2, 2, 2)]
    assert shop.office.one("delivery.shipments", shipment).state == "packed"
    assert shop.office.check() == []


def test_closing_what_is_left_open_does_not_end_a_packing_that_lacks_goods(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    assert shop.office.do("delivery.close_volume", volume_id=scan(shop, shipment, "P-1")).value["packed"] is False
    (row,) = shop.office.show("delivery.orders_to_pack").rows
    assert (row.left, row.volume_count) == (Decimal(3), 1)


def test_an_empty_volume_is_void_and_not_counted(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    first = scan(shop, shipment, "P-2")
    shop.office.do("delivery.take_out", volume_id=first, code="P-2")
    raw = f"UPDATE volume SET state = 'closed', packed_at = (SELECT picked_at FROM shipment) WHERE id = '{first}'"
    assert refused_by_database(shop.office, raw) == "delivery.volume_empty"
    assert shop.office.do("delivery.close_volume", volume_id=first).rows[0].state == "void"
    shop.office.do("delivery.close_volume", volume_id=scan(shop, shipment, "P-2", "P-1", "P-1", "P-1"))
    assert [(v.state, v.place, v.count) for v in shop.office.show("delivery.volumes").rows] == [
        ("void", 0, 1),
        ("closed", 1, 1),
    ]
    assert shop.office.one("delivery.shipments", shipment).state == "packed"
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    volume = scan(shop, shipment, "P-1")
    with refused(shop.office, "kernel.stale"):
        shop.office.do("delivery.close_volume", volume_id=volume, version=2)
    with acting(shop.office, "sales"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.close_volume", volume_id=volume)
    shop.office.do("delivery.close_volume", volume_id=volume)
    with refused(shop.office, "delivery.volume_not_open"):
        shop.office.do("delivery.close_volume", volume_id=volume)
    again = f"UPDATE volume SET state = 'open', packed_at = NULL WHERE id = '{volume}'"
    assert refused_by_database(shop.office, again) == "delivery.volume_gone"
