"""A batch whose records are all in is closed."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from tests.helpers.company import MONDAY, acting, refused
from tests.modules.imports.batches import batch, opened


def test_it_is_done_and_the_next_may_begin(office: Office) -> None:
    key = opened(office)
    assert office.do("imports.close_batch", batch_id=key, version=1).value["version"] == 2
    row = batch(office, key)
    assert (row.state, row.ended_at, row.allowed) == ("done", MONDAY, ("imports.undo_batch",))
    assert opened(office) != key


def test_it_ends_once(office: Office) -> None:
    key = opened(office)
    with refused(office, "kernel.stale"):
        office.do("imports.close_batch", batch_id=key, version=7)
    office.do("imports.close_batch", batch_id=key)
    with refused(office, "imports.close_batch.not_open"):
        office.do("imports.close_batch", batch_id=key)
    with refused(office, "kernel.missing"):
        office.do("imports.close_batch", batch_id=new_id())
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("imports.close_batch", batch_id=key)
