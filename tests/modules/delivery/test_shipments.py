"""What the database itself holds against a shipment that goes its own way, and what `check` finds."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DBAPIError

from retaguarda.modules.delivery import api, rules
from retaguarda.modules.sales import api as sales
from tests.helpers.company import acting, refused
from tests.helpers.tampering import without_triggers

if TYPE_CHECKING:
    from tests.modules.delivery.conftest import Shop


@pytest.mark.parametrize("state", ["picked", "delivered"])
def test_a_shipment_never_goes_back_or_skips(shop: Shop, state: str) -> None:
    shop.order("pick")
    statement = update(api.shipment).values(state=state)
    with pytest.raises(DBAPIError, match=r"delivery\.unknown_move"), shop.office.store.engine.begin() as connection:
        connection.execute(statement)


def test_every_verb_has_one_place() -> None:
    tries = [(state, verb) for state in ("none", *rules.STATES) for verb in rules.COMMANDS]
    assert {rules.next_state(state, verb) for state, verb in tries} == {None, *rules.STATES}
    assert rules.verbs("delivered") == ()


def test_check_names_a_line_that_did_not_leave_the_stock(shop: Shop) -> None:
    shop.order("ship", [(shop.products[0], "2"), (shop.products[1], "1")])
    with without_triggers(shop.office) as connection:
        line = connection.execute(select(api.shipment_line).order_by(api.shipment_line.c.position)).first()
        assert line is not None
        connection.execute(
            update(api.shipment_line).where(api.shipment_line.c.id == line.id).values(quantity=Decimal(3))
        )
    assert [(f.proof, f.id) for f in shop.office.check()] == [
        ("delivery.packed_is_picked", line.id),
        ("delivery.shipped_left_stock", line.id),
    ]


def test_check_names_a_delivered_order_that_goes_on(shop: Shop) -> None:
    order = shop.order("deliver")
    shipment = shop.office.show("delivery.shipments").rows[0]
    with without_triggers(shop.office) as connection:
        connection.execute(update(sales.sales_order).where(sales.sales_order.c.id == order).values(state="confirmed"))
    found = [(f.proof, f.id) for f in shop.office.check()]
    assert ("delivery.delivered_order_is_closed", shipment.id) in found


def test_the_next_step_is_offered_on_the_order(shop: Shop) -> None:
    offered = []
    for step in ("confirm", "invoice", "pick", "ship", "deliver"):
        order = shop.order(step, [(shop.products[0], "1")])
        offered.append(shop.office.one("delivery.order_steps", order).allowed)
    assert offered == [
        (),
        ("delivery.pick_order",),
        ("delivery.ship_order", "delivery.return_shipment"),
        ("delivery.deliver_order", "delivery.fail_delivery", "delivery.return_shipment"),
        (),
    ]


def test_shipments_are_found_by_customer_and_number(shop: Shop) -> None:
    order = shop.order("pick")
    number = shop.office.one("sales.orders", order).number
    for words in ("maria", str(number), "SOUZA"):
        assert [row.order_id for row in shop.office.show("delivery.shipments", {"search": words}).rows] == [order]
    assert shop.office.show("delivery.shipments", {"search": "joao"}).rows == ()


def test_who_may_see_shipments(shop: Shop) -> None:
    shop.order("pick")
    for role in ("picking", "sales", "analyst"):
        with acting(shop.office, role):
            assert len(shop.office.show("delivery.shipments").rows) == 1
    with acting(shop.office, "hr"), refused(shop.office, "kernel.forbidden"):
        shop.office.show("delivery.shipments")
