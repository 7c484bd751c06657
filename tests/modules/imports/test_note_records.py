"""What came of each record is noted once, with what was strange about it."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.kernel.ids import new_id
from retaguarda.modules.imports import api
from tests.helpers.company import acting, refused
from tests.modules.imports.batches import batch, noted, opened


def test_records_and_findings(office: Office) -> None:
    key = opened(office)
    first = noted(office, key)
    noted(office, key, state="refused", place=3, findings=[])
    noted(office, key, state="unreadable", place=4)
    row = batch(office, key)
    assert (row.recorded, row.left_out, row.findings) == (1, 2, 2)
    found = office.show("imports.findings", {"batch_id": key}).rows
    assert [(f.place, f.outside_key, f.field, f.value, f.reason) for f in found] == [
        (2, "A-1", "price", "x", "imports.not_number"),
        (4, "A-1", "price", "x", "imports.not_number"),
    ]
    assert found[0].reason_params == {}
    assert api.is_in(office.reads(), first)
    assert not api.is_in(office.reads(), new_id())


def test_what_another_has_noted_is_not_noted_again(office: Office) -> None:
    key = opened(office)
    first = noted(office, key)
    assert noted(office, key, first, state="refused") == first
    row = batch(office, key)
    assert (row.recorded, row.left_out, row.findings) == (1, 0, 1)


def test_a_batch_that_has_ended(office: Office) -> None:
    key = opened(office)
    office.do("imports.close_batch", batch_id=key)
    with refused(office, "imports.note_records.not_open"):
        noted(office, key)


def test_values(office: Office) -> None:
    key = opened(office)
    with refused(office, "kernel.missing"):
        noted(office, new_id())
    with refused(office, "kernel.not_a_choice"):
        noted(office, key, state="lost")
    with refused(office, "kernel.too_few"):
        office.do("imports.note_records", batch_id=key, records=[])
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        noted(office, key)
