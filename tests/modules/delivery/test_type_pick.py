"""The quantity typed by hand where a code cannot be read: noted as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from retaguarda.kernel.ids import new_id
from retaguarda.modules.delivery import api
from tests.helpers.company import acting, refused

if TYPE_CHECKING:
    from tests.modules.delivery.aisles import Aisles


def test_what_is_typed_counts_and_is_known_as_typed(aisles: Aisles) -> None:
    pick_list = aisles.start()
    first, second, third = aisles.stops(pick_list)
    aisles.office.do("delivery.type_pick", task_id=third.id, quantity="2")
    aisles.office.do("delivery.type_pick", task_id=first.id, quantity="1")
    assert [(s.code, s.left) for s in aisles.stops(pick_list)] == [("P-1", 2), ("P-1", 2), ("P-2", 0)]
    aisles.office.do("delivery.type_pick", task_id=first.id, quantity="2")
    assert aisles.office.do("delivery.type_pick", task_id=second.id, quantity="2").value["ended"] is True
    with aisles.office.store.engine.connect() as connection:
        assert {bool(row.typed) for row in connection.execute(select(api.pick_entry.c.typed))} == {True}
    assert aisles.office.check() == []


def test_refusals(aisles: Aisles) -> None:
    pick_list = aisles.start()
    first = aisles.stops(pick_list)[0]
    with refused(aisles.office, "delivery.too_many"):
        aisles.office.do("delivery.type_pick", task_id=first.id, quantity="4")
    with refused(aisles.office, "kernel.missing"):
        aisles.office.do("delivery.type_pick", task_id=new_id(), quantity="1")
    with acting(aisles.office, "finance"), refused(aisles.office, "kernel.forbidden"):
        aisles.office.do("delivery.type_pick", task_id=first.id, quantity="1")
    aisles.office.do("delivery.type_pick", task_id=first.id, quantity="3")
    with refused(aisles.office, "delivery.stop_done"):
        aisles.office.do("delivery.type_pick", task_id=first.id, quantity="1")
