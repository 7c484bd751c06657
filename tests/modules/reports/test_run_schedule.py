"""Having a scheduled report written now: whose schedule it is alone."""

from __future__ import annotations

from retaguarda.app.headless import SYSTEM, Office
from tests.helpers.company import acting, refused
from tests.modules.reports.saved import scheduled


def test_it_is_due_now(office: Office) -> None:
    key = scheduled(office)
    with acting(office, "sales"), refused(office, "kernel.missing"):
        office.do("reports.run_schedule", schedule_id=key)
    with refused(office, "kernel.stale"):
        office.do("reports.run_schedule", schedule_id=key, version=7)
    office.do("reports.run_schedule", schedule_id=key, version=1)
    assert office.one("reports.schedules", key).next_at == office.now()
    office.actor = SYSTEM
    assert [row.id for row in office.show("reports.schedules_due").rows] == [key]
