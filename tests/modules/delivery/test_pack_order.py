"""Packing whole: one volume with its measures, exactly what was picked, checked by another person where it must be."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


def test_where_picking_packs_too_there_is_one_volume_and_nothing_to_pack(shop: Shop) -> None:
    order = shop.order("pick")
    (volume,) = shop.office.show("delivery.volumes", {"order_id": order}).rows
    assert (volume.place, volume.count, volume.state, volume.quantity) == (1, 1, "closed", Decimal(4))
    assert shop.office.show("delivery.orders_to_pack").rows == ()
    with refused(shop.office, "delivery.out_of_turn"):
        shop.step("pack", order)


def test_packing_is_a_step_of_its_own_where_the_company_says_so(shop: Shop) -> None:
    shop.set(packing="own_step")
    order = shop.order("pick")
    with refused(shop.office, "delivery.out_of_turn") as refusals:
        shop.step("ship", order)
    assert refusals[0].params["state"] == "delivery.shipment.state.picked"
    (waiting,) = shop.office.show("delivery.orders_to_pack").rows
    assert (waiting.id, waiting.left, waiting.volume_count, waiting.allowed) == (
        order,
        Decimal(4),
        0,
        ("delivery.pack_order", "delivery.return_shipment"),
    )
    done = shop.step("pack", order, version=waiting.version, weight_kg="3.250", length_cm=40, width_cm=30, height_cm=20)
    assert (done.value["packed"], done.rows[0].state) == (True, "packed")
    (volume,) = shop.office.show("delivery.volumes", {"order_id": order}).rows
    assert (volume.weight_kg, volume.length_cm, volume.width_cm, volume.height_cm) == (Decimal("3.25"), 40, 30, 20)
    inside = shop.office.show("delivery.volume_contents", {"volume_id": volume.id}, "position").rows
    assert [(row.code, row.quantity) for row in inside] == [("P-1", 2), ("P-2", 1), ("P-1", 1)]
    shop.step("ship", order)
    shop.step("deliver", order)
    assert shop.office.check() == []


def test_another_person_checks_before_the_order_goes_on(shop: Shop) -> None:
    shop.set(packing="own_step", second_check="yes")
    order = shop.order("pick")
    with acting(shop.office, "picking"):
        assert shop.step("pack", order).value["packed"] is False
    (volume,) = shop.office.show("delivery.volumes", {"order_id": order}).rows
    with refused(shop.office, "delivery.out_of_turn"):
        shop.step("ship", order)
    raw = f"UPDATE shipment SET state = 'packed', packed_at = picked_at WHERE order_id = '{order}'"
    assert refused_by_database(shop.office, raw) == "delivery.not_checked"
    with acting(shop.office, "shipping"):
        assert shop.office.do("delivery.check_volume", volume_id=volume.id).value["packed"] is True
    shop.step("ship", order)
    assert shop.office.check() == []


def test_a_service_has_nothing_to_pack(shop: Shop) -> None:
    shop.set(packing="own_step")
    order = shop.order("pick", [(shop.service, "2")])
    shop.step("ship", order)


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("weight_kg", "0", "kernel.not_above"),
        ("weight_kg", "5000.001", "kernel.too_large"),
        ("weight_kg", "1.2345", "kernel.too_many_digits"),
        ("length_cm", 0, "kernel.too_small"),
        ("height_cm", 2001, "kernel.too_large"),
    ],
)
def test_measures_that_no_box_has(shop: Shop, field: str, value: object, code: str) -> None:
    shop.set(packing="own_step")
    order = shop.order("pick")
    with refused(shop.office, code):
        shop.step("pack", order, **{field: value})


def test_nothing_is_packed_before_it_is_picked_or_while_the_order_is_held(shop: Shop) -> None:
    shop.set(packing="own_step")
    order = shop.order("invoice")
    with refused(shop.office, "delivery.out_of_turn"):
        shop.step("pack", order)
    shop.step("pick", order)
    with refused(shop.office, "kernel.stale"):
        shop.step("pack", order, version=1)
    shop.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    with refused(shop.office, "delivery.order_not_in_hand"):
        shop.step("pack", order)


def test_packers_pack_and_others_do_not(shop: Shop) -> None:
    shop.set(packing="own_step")
    order = shop.order("pick")
    for role in ("sales", "finance", "delivery", "hr"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.step("pack", order)
    with acting(shop.office, "shipping"):
        shop.step("pack", order)
