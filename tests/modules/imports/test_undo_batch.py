"""What a batch has brought is taken back by one command, and may come again."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.modules.imports import api
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.imports.batches import batch, noted, opened
from tests.modules.process.past import past


def test_past_orders_of_the_batch_count_no_more(office: Office) -> None:
    key = opened(office)
    brought, other = new_id(), past(office, outside_key="B-2")
    past(office, command_id=brought)
    noted(office, key, brought)
    office.do("imports.close_batch", batch_id=key)
    assert office.do("imports.undo_batch", batch_id=key, version=2).value["version"] == 3
    assert batch(office, key).state == "undone"
    assert batch(office, key).allowed == ()
    assert [row.id for row in office.show("process.past_orders").rows] == [other]
    assert [row.orders for row in office.show("process.past_totals").rows] == [1]
    assert api.times_undone(office.reads(), "shoebox") == 1
    again = past(office)
    assert {row.id for row in office.show("process.past_orders").rows} == {other, again}


def test_it_is_undone_once(office: Office) -> None:
    key = opened(office)
    with refused(office, "kernel.stale"):
        office.do("imports.undo_batch", batch_id=key, version=7)
    office.do("imports.undo_batch", batch_id=key)
    with refused(office, "imports.undo_batch.is_undone"):
        office.do("imports.undo_batch", batch_id=key)
    with refused(office, "kernel.missing"):
        office.do("imports.undo_batch", batch_id=new_id())
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("imports.undo_batch", batch_id=key)


@pytest.mark.parametrize("change", ["state = 'open'", "profile = 'other'"])
def test_the_database_lets_nobody_take_it_up_again(office: Office, change: str) -> None:
    key = opened(office)
    office.do("imports.undo_batch", batch_id=key)
    raw = f"UPDATE import_batch SET {change} WHERE id = '{key}'"
    assert refused_by_database(office, raw) == "imports.batch_is_undone"
