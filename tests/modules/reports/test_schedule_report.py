"""Scheduling a saved report: when it is due next, and whose reports one may schedule."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from retaguarda.app.headless import SYSTEM, Office
from retaguarda.kernel.ids import new_id
from retaguarda.modules.reports.rules import Plan
from tests.helpers.company import MONDAY, acting, refused
from tests.modules.reports.saved import saved, scheduled

ZONE = "America/Sao_Paulo"


def _after(moment: str, at: str = "07:00", **plan: Any) -> str:
    """When a plan is due next after a moment, both as clocks show them in São Paulo."""
    here = dt.timezone(dt.timedelta(hours=-3))
    due = Plan(at=dt.time.fromisoformat(at), **plan).after(dt.datetime.fromisoformat(moment).replace(tzinfo=here), ZONE)
    return due.astimezone(here).strftime("%a %Y-%m-%d %H:%M")


def test_a_plan_is_due_on_its_days() -> None:
    assert _after("2026-11-23 06:59", every="day") == "Mon 2026-11-23 07:00"
    assert _after("2026-11-23 07:00", every="day") == "Tue 2026-11-24 07:00"
    assert _after("2026-11-23 07:00", every="week", weekdays=("mon", "fri")) == "Fri 2026-11-27 07:00"
    assert _after("2026-11-27 07:00", every="week", weekdays=("mon", "fri")) == "Mon 2026-11-30 07:00"
    assert _after("2027-02-01 00:00", "23:30", every="month", month_day=31) == "Sun 2027-02-28 23:30"
    assert _after("2027-02-28 23:30", "23:30", every="month", month_day=31) == "Wed 2027-03-31 23:30"
    assert _after("2026-11-23 09:00", every="month", month_day=1) == "Tue 2026-12-01 07:00"
    plan = Plan(every="day", at=dt.time(7))
    due = plan.after(MONDAY, ZONE)
    assert [plan.times(due, due + dt.timedelta(days=days), ZONE) for days in (-1, 0, 2)] == [0, 1, 3]


def test_it_is_due_at_the_time_of_the_company(office: Office) -> None:
    key = scheduled(office, every="week", weekdays=["fri", "mon"], at="7h30", kind="xlsx")
    (row,) = office.show("reports.schedules").rows
    assert (row.id, row.every, row.days, row.at, row.kind) == (key, "week", ("mon", "fri"), "07:30", "xlsx")
    # Friday half past seven in São Paulo; this Monday's half past seven is over.
    assert row.next_at == dt.datetime(2026, 11, 27, 10, 30, tzinfo=dt.UTC)
    assert row.answer.text.code == "reports.run.never"
    with acting(office, "sales"):
        assert office.show("reports.schedules").rows == ()


@pytest.mark.parametrize("shared", [True, False])
def test_one_may_schedule_what_one_finds(office: Office, shared: bool) -> None:
    key = saved(office, roles=["sales"] if shared else [])
    with acting(office, "sales"):
        if shared:
            scheduled(office, saved_id=key)
            assert [row.saved_id for row in office.show("reports.schedules").rows] == [key]
        else:
            with refused(office, "kernel.missing"):
                scheduled(office, saved_id=key)


def test_what_is_no_plan_is_refused(office: Office) -> None:
    key = saved(office)
    faults: dict[str, dict[str, Any]] = {
        "text.not_a_time": {"at": "25:00"},
        "kernel.required": {"every": "week"},
        "kernel.not_a_choice": {"weekdays": ["someday"], "every": "week"},
        "kernel.missing": {"saved_id": new_id()},
    }
    for code, said in faults.items():
        with refused(office, code):
            scheduled(office, **{"saved_id": key, **said})
    office.actor = SYSTEM
    with refused(office, "kernel.forbidden"):
        scheduled(office, saved_id=key)
