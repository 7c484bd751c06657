"""Delivering: who took the goods, whether the promise was kept by its day, and the order's end."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select

from retaguarda.modules.sales import api as sales
from tests.helpers.company import MONDAY, acting, refused

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
