"""A batch is opened; of a profile one at a time."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.modules.imports import api
from tests.helpers.company import MONDAY, acting, refused
from tests.modules.imports.batches import batch, opened


def test_an_open_batch_says_who_brings_what(office: Office) -> None:
    key = opened(office)
    row = batch(office, key)
    assert (row.profile, row.brings, row.folder, row.state) == ("shoebox", "process.record_past_case", "2019", "open")
    assert (row.who, row.started_at, row.ended_at) == ("Ana Prado", MONDAY, None)
    assert (row.recorded, row.left_out, row.findings) == (0, 0, 0)
    assert api.open_batch_of(office.reads(), "shoebox") == key
    assert api.open_batch_of(office.reads(), "other") is None


def test_a_second_one_of_the_same_profile_waits(office: Office) -> None:
    opened(office)
    opened(office, "other")
    with refused(office, "imports.open_batch.is_open"):
        opened(office)


def test_values(office: Office) -> None:
    with refused(office, "kernel.too_short"):
        opened(office, "")


def test_a_seller_brings_nothing_in(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        opened(office)
