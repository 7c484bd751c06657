"""Ending a schedule: whose it is alone, and nothing is written any more."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.reports.saved import scheduled


def test_it_is_in_no_list_and_nobody_elses(office: Office) -> None:
    key = scheduled(office)
    with acting(office, "sales"), refused(office, "kernel.missing"):
        office.do("reports.end_schedule", schedule_id=key)
    with refused(office, "kernel.stale"):
        office.do("reports.end_schedule", schedule_id=key, version=7)
    office.do("reports.end_schedule", schedule_id=key, version=1)
    assert office.show("reports.schedules").rows == ()
    for command in ("reports.end_schedule", "reports.run_schedule"):
        with refused(office, "kernel.missing"):
            office.do(command, schedule_id=key)
