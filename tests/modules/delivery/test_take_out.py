"""Taking goods out of an open volume again."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_some_or_all_of_a_product_comes_out(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    scanned = shop.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1", quantity="3").value
    volume = scanned["volume_id"]
    shop.office.do("delivery.take_out", volume_id=volume, code="P-1", quantity="1")
    assert shop.office.one("delivery.volumes", volume).quantity == Decimal(2)
    shop.office.do("delivery.take_out", volume_id=volume, code="P-1")
    assert shop.office.one("delivery.volumes", volume).quantity == Decimal(0)
    assert shop.office.show("delivery.volume_contents").rows == ()
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    shop.set(packing="own_step")
    shipment = shop.picked()
    volume = shop.office.do("delivery.scan_pack", shipment_id=shipment, code="P-1").value["volume_id"]
    out = {"volume_id": volume, "code": "P-1"}
    with refused(shop.office, "delivery.take_out.not_there") as refusals:
        shop.office.do("delivery.take_out", **out, quantity="2")
    assert refusals[0].params["faults"][0]["params"]["there"] == Decimal(1)
    with refused(shop.office, "delivery.take_out.not_there"):
        shop.office.do("delivery.take_out", volume_id=volume, code="P-2")
    with acting(shop.office, "delivery"), refused(shop.office, "kernel.forbidden"):
        shop.office.do("delivery.take_out", **out)
    shop.office.do("delivery.close_volume", volume_id=volume)
    with refused(shop.office, "delivery.volume_not_open"):
        shop.office.do("delivery.take_out", **out)
