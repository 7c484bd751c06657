"""The second check: by another person, once, of what is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_the_last_check_sends_the_order_on(shop: Shop) -> None:
    shop.set(packing="own_step", second_check="yes")
    shipment = shop.picked()
    volumes = []
    with acting(shop.office, "picking"):
        for code, quantity in (("P-1", "3"), ("P-2", "1")):
            scanned = shop.office.do("delivery.scan_pack", shipment_id=shipment, code=code, quantity=quantity).value
            closed = shop.office.do("delivery.close_volume", volume_id=scanned["volume_id"])
            assert closed.value["packed"] is False
            volumes.append(scanned["volume_id"])
    first = shop.office.do("delivery.check_volume", volume_id=volumes[0], version=2)
    assert (first.value["packed"], first.rows[0].checker_name, first.rows[0].allowed) == (False, "Ana Prado", ())
    assert shop.office.do("delivery.check_volume", volume_id=volumes[1]).value["packed"] is True
    assert [row.id for row in shop.office.show("delivery.orders_to_ship").rows]
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    shop.set(packing="own_step", second_check="yes")
    shipment = shop.picked()
    volume = shop.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1").value["volume_id"]
    with refused(shop.office, "delivery.check_volume.not_to_check"):
        shop.office.do("delivery.check_volume", volume_id=volume)
    shop.office.do("delivery.close_volume", volume_id=volume)
    assert shop.office.one("delivery.volumes", volume).allowed == (), "who packed it does not check it"
    with refused(shop.office, "delivery.check_volume.same_person"):
        shop.office.do("delivery.check_volume", volume_id=volume)
    raw = f"UPDATE volume SET checker_id = packer_id, checked_at = packed_at WHERE id = '{volume}'"
    assert refused_by_database(shop.office, raw) == "delivery.check_volume.same_person"
    with acting(shop.office, "sales"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.check_volume", volume_id=volume)
    with acting(shop.office, "shipping"):
        with refused(shop.office, "kernel.stale"):
            shop.office.do("delivery.check_volume", volume_id=volume, version=1)
        assert shop.office.one("delivery.volumes", volume).allowed == ("delivery.check_volume",)
        shop.office.do("delivery.check_volume", volume_id=volume)
        with refused(shop.office, "delivery.check_volume.not_to_check"):
            shop.office.do("delivery.check_volume", volume_id=volume)


def test_nothing_is_offered_where_nothing_is_packed_any_more(shop: Shop) -> None:
    order = shop.order("pick")
    (volume,) = shop.office.show("delivery.volumes", {"order_id": order}).rows
    with acting(shop.office, "shipping"):
        assert shop.office.one("delivery.volumes", volume.id).allowed == ()
        with refused(shop.office, "delivery.out_of_turn"):
            shop.office.do("delivery.check_volume", volume_id=volume.id)


def test_a_held_order_offers_nothing(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    volume = shop.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1").value["volume_id"]
    assert shop.office.one("delivery.volumes", volume).allowed == ("delivery.close_volume", "delivery.take_out")
    order = shop.office.one("delivery.volumes", volume).order_id
    shop.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    assert shop.office.one("delivery.volumes", volume).allowed == ()
