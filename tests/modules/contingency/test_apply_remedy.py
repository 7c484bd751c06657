"""A way is taken whole or not at all, and as it was offered or not at all."""

from __future__ import annotations

import json
from decimal import Decimal

from retaguarda.app.headless import Office, check_office
from retaguarda.kernel.failure import GroundMoved
from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, contents, refused
from tests.modules.contingency.shortage import PROMISED, shop


def test_what_was_chosen_is_kept_with_its_place_and_its_commands(office: Office) -> None:
    store = shop(office)
    order_id = store.order()
    store.take(store.ways(order_id)["buy"])
    (kept,) = office.show("contingency.choices").rows
    assert (kept.kind, kept.place, kept.order_id, kept.came) == ("buy", 4, order_id, "open")
    assert (kept.promised_on, kept.extra_cost) == (PROMISED, Decimal("1.20"))
    (row,) = contents(office)["remedy_choice"]
    (steps,) = [value for value in row if value.startswith("[")]
    assert [name for name, _ in json.loads(steps)] == ["purchasing.place_order", "sales.confirm_order"]


def test_where_the_ground_moved_it_is_refused_and_the_ways_of_now_stand_there(office: Office) -> None:
    store = shop(office, elsewhere="6", substitutes=False, supplier=False)
    order_id = store.order()
    before = store.ways(order_id)
    assert list(before) == ["transfer", "less", "negative", "request"]
    lines = [{"product_id": store.screw, "quantity": "1"}]
    store.do("inventory.write_off_stock", lines=lines, warehouse_id=store.north, reason="quebrado")
    with refused(office, "contingency.apply_remedy.moved") as caught:
        store.take(before["transfer"])
    moved = caught[0]
    assert isinstance(moved, GroundMoved)
    assert [one.reason.rsplit(".", 1)[1] for one in moved.remedies] == ["less", "negative", "request"]
    store.take(moved.remedies[0])
    assert check_office(office.store.url) == []


def test_two_at_one_failure_one_takes_it(office: Office) -> None:
    store = shop(office)
    order_id = store.order()
    found = store.ways(order_id)
    store.take(found["other_warehouse"])
    with refused(office, "kernel.failure_closed"):
        store.take(found["substitute"])
    with refused(office, "kernel.missing"):
        store.do("contingency.apply_remedy", failure_id=new_id(), remedy="0" * 24)
    with acting(office, "it"), refused(office, "kernel.forbidden"):
        store.take(found["substitute"])


def test_a_step_that_is_refused_takes_back_those_before_it(office: Office) -> None:
    """The goods are sent, then the order cannot be confirmed: nothing was sent."""
    store = shop(office)
    order_id = store.order()
    found = store.ways(order_id)
    store.do("party.block_customer", party_id=store.customer, reason="não paga")
    with refused(office, "party.blocked"):
        store.take(found["transfer"])
