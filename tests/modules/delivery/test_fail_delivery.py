"""Attempts that failed: the reason, the next day, the failure that stays until the customer has the goods."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from tests.helpers.company import MONDAY, acting, refused
from tests.helpers.guards import refused_by_database

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop

TODAY = MONDAY.date()


def failures(shop: Shop) -> list[str]:
    return [row.code for row in shop.office.show("process.failures").rows]


def test_absent_tried_again_and_delivered(shop: Shop) -> None:
    order = shop.order("ship", promised_on=TODAY.isoformat())
    tomorrow = TODAY + dt.timedelta(days=1)
    with acting(shop.office, "delivery"):
        done = shop.office.do(
            "delivery.fail_delivery", order_id=order, reason="absent", note="portão fechado", next_on=tomorrow
        )
    assert (done.value["attempt"], done.rows[0].state, done.rows[0].attempt_count) == (1, "shipped", 1)
    assert [w.code for w in done.warnings] == ["delivery.after_promise"]
    assert done.mishap is not None
    assert (done.mishap.code, done.mishap.params["times"]) == ("delivery.attempt_failed", 1)
    assert failures(shop) == ["delivery.attempt_failed"]
    again = shop.office.do("delivery.fail_delivery", order_id=order, reason="no_access")
    assert again.value["attempt"] == 2
    rows = shop.office.show("delivery.attempts", {"order_id": order}, "number").rows
    assert [(r.number, r.reason, r.note, r.next_on, r.person_name) for r in rows] == [
        (1, "absent", "portão fechado", tomorrow, "Pessoa delivery"),
        (2, "no_access", "", None, "Ana Prado"),
    ]
    shop.office.clock.move(dt.timedelta(days=1))  # type: ignore[attr-defined]
    assert shop.step("deliver", order).rows[0].kept is False, "the promise is judged by the day it was kept"
    assert failures(shop) == []
    assert shop.office.check() == []


def test_refusals(shop: Shop) -> None:
    packed = shop.order("pick")
    with refused(shop.office, "delivery.out_of_turn"):
        shop.office.do("delivery.fail_delivery", order_id=packed, reason="absent")
    order = shop.order("ship")
    with refused(shop.office, "delivery.day_passed"):
        shop.office.do("delivery.fail_delivery", order_id=order, reason="absent", next_on="2026-11-22")
    with refused(shop.office, "kernel.not_a_choice"):
        shop.office.do("delivery.fail_delivery", order_id=order, reason="rain")
    with refused(shop.office, "kernel.stale"):
        shop.office.do("delivery.fail_delivery", order_id=order, reason="absent", version=1)
    for role in ("shipping", "sales"):
        with acting(shop.office, role), refused(shop.office, "kernel.forbidden"):
            shop.office.do("delivery.fail_delivery", order_id=order, reason="absent")


def test_the_database_knows_attempts_on_the_way_only(shop: Shop) -> None:
    order = shop.order("ship")
    shop.office.do("delivery.fail_delivery", order_id=order, reason="absent")
    shop.step("deliver", order)
    columns = "id, command_id, at, shipment_id, number, reason, note"
    again = f"INSERT INTO delivery_attempt ({columns}) SELECT command_id, command_id, at, shipment_id, 2, reason, note "
    assert refused_by_database(shop.office, again + "FROM delivery_attempt") == "delivery.not_on_the_way"
