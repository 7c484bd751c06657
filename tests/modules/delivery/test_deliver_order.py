"""Delivering: who took the goods, whether the promise was kept by its day, and the order's end."""

from __future__ import annotations

import base64
import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from retaguarda.modules.delivery import api
from retaguarda.modules.sales import api as sales
from tests.helpers.company import MONDAY, acting, refused
from tests.helpers.guards import refused_by_database
from tests.helpers.pictures import drawn

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

TODAY = MONDAY.date()


def results(shop: Shop) -> list[bool]:
    with shop.office.store.engine.connect() as connection:
        return [bool(row.kept) for row in connection.execute(select(sales.promise_result))]


@pytest.mark.parametrize(("days", "kept"), [(0, True), (1, True), (2, False)])
def test_the_promise_is_judged_by_its_day(shop: Shop, days: int, kept: bool) -> None:
    order = shop.order("ship", promised_on=(TODAY + dt.timedelta(days=1)).isoformat())
    shop.office.clock.move(dt.timedelta(days=days))  # type: ignore[attr-defined]
    done = shop.step("deliver", order, receiver_name="João Porteiro", receiver_document="RG 12.345")
    row = done.rows[0]
    assert (row.state, row.kept, row.delivered_on) == ("delivered", kept, TODAY + dt.timedelta(days=days))
    assert (row.receiver_name, row.receiver_document) == ("João Porteiro", "RG 12.345")
    assert results(shop) == [kept] * 3
    assert shop.office.one("sales.orders", order).state == "closed"
    assert shop.office.show("delivery.orders_to_deliver").rows == ()
    assert shop.office.check() == []


def test_the_day_is_the_companys_not_the_worlds(shop: Shop) -> None:
    """At one in the morning in Greenwich it is still yesterday in São Paulo."""
    order = shop.order("ship", promised_on=TODAY.isoformat())
    shop.office.clock.move(dt.timedelta(hours=13))  # type: ignore[attr-defined]
    assert shop.step("deliver", order).rows[0].kept is True


def test_somebody_must_have_taken_it(shop: Shop) -> None:
    order = shop.order("ship")
    for name in ("", "   "):
        with refused(shop.office, "kernel.required"):
            shop.step("deliver", order, receiver_name=name)


def test_nothing_arrives_that_did_not_leave(shop: Shop) -> None:
    order = shop.order("pick")
    with refused(shop.office, "delivery.out_of_turn"):
        shop.step("deliver", order)


def test_an_order_arrives_once(shop: Shop) -> None:
    order = shop.order("deliver")
    with refused(shop.office, "delivery.order_not_in_hand"):
        shop.step("deliver", order)


def test_a_held_order_does_not_arrive(shop: Shop) -> None:
    order = shop.order("ship")
    shop.office.do("sales.hold_order", order_id=order, reason="endereço errado")
    with refused(shop.office, "delivery.order_not_in_hand"):
        shop.step("deliver", order)


def test_drivers_deliver_and_others_do_not(shop: Shop) -> None:
    order = shop.order("ship")
    for role in ("sales", "finance", "picking", "shipping", "legal"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.step("deliver", order)
    with acting(shop.office, "delivery"):
        shop.step("deliver", order)


def test_the_signature_is_kept_as_it_was_drawn(shop: Shop) -> None:
    order = shop.order("ship")
    shop.step("deliver", order, signature=base64.b64encode(drawn()).decode())
    with shop.office.store.engine.connect() as connection:
        (row,) = connection.execute(select(api.delivery_signature)).all()
    assert (bytes(row.picture), row.width, row.height) == (drawn(), 120, 40)
    assert shop.office.check() == []


@pytest.mark.parametrize(
    ("signature", "code"),
    [("aGVsbG8=", "kernel.not_a_picture"), ("é", "kernel.not_a_picture"), ("A" * 90_000, "kernel.picture_too_large")],
)
def test_a_signature_is_a_small_picture(shop: Shop, signature: str, code: str) -> None:
    order = shop.order("ship")
    with refused(shop.office, code):
        shop.step("deliver", order, signature=signature)


def test_the_database_takes_one_small_signature_of_what_is_on_the_way(shop: Shop) -> None:
    order = shop.order("ship")
    columns = "id, command_id, at, shipment_id, picture, width, height"
    asked = "SELECT id, command_id, shipped_at, id, {picture}, 1, 1 FROM shipment"
    big = {"sqlite": "zeroblob(70000)", "postgresql": "decode(repeat('00', 70000), 'hex')"}[shop.office.store.name]
    raw = f"INSERT INTO delivery_signature ({columns}) {asked}"
    assert refused_by_database(shop.office, raw.format(picture=big)) == "ck_signature_bytes"
    shop.step("deliver", order)
    small = {"sqlite": "x'00'", "postgresql": "'\\x00'::bytea"}[shop.office.store.name]
    assert refused_by_database(shop.office, raw.format(picture=small)) == "delivery.not_on_the_way"
