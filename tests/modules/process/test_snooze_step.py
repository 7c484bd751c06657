"""Snoozing: out of the way until it is time, then back by itself."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

from retaguarda.kernel.calendar import WorkingCalendar
from retaguarda.modules.process import rules
from tests.helpers.company import MONDAY, acting, refused
from tests.modules.process.conftest import Work

HOUR = dt.timedelta(hours=1)


@pytest.mark.parametrize(("until", "back"), [("hour", HOUR), ("tomorrow", 23 * HOUR), ("week", 5 * 24 * HOUR - HOUR)])
def test_it_comes_back_by_itself(work: Work, until: str, back: dt.timedelta) -> None:
    order = work.order("check")
    done = work.office.do("process.snooze_step", step_id=work.row(order).id, until=until)
    assert (done.rows[0].why, done.rows[0].snoozed_until) == ("snoozed", MONDAY + back)
    with acting(work.office, "finance"):
        assert work.office.show("process.my_queue").rows == ()
        work.pass_time(seconds=back.total_seconds())
        assert [row.subject_id for row in work.office.show("process.my_queue").rows] == [order]
    assert (work.row(order).snoozed_until, work.row(order).state == "snoozed") == (None, False)


def test_it_can_be_undone_and_taking_it_wakes_it(work: Work) -> None:
    order = work.order("check")
    done = work.office.do("process.snooze_step", step_id=work.row(order).id, until="tomorrow")
    assert "process.wake_step" in done.rows[0].allowed
    name, payload = done.value["undo"]
    work.office.do((name, payload))
    assert work.row(order).snoozed_until is None
    work.office.do("process.snooze_step", step_id=work.row(order).id, until="tomorrow")
    work.office.do("process.take_step", step_id=work.row(order).id)
    assert work.row(order).snoozed_until is None


def test_a_branch_without_hours_counts_by_the_clock() -> None:
    never = WorkingCalendar(ZoneInfo("America/Sao_Paulo"), {})
    found = [rules.snoozed_until(never, MONDAY, until) - MONDAY for until in rules.SNOOZES]
    assert found == [HOUR, 24 * HOUR, 7 * 24 * HOUR]


def test_what_is_over_and_what_is_in_other_hands(work: Work) -> None:
    order = work.order("check")
    step = work.row(order).id
    work.office.do("process.take_step", step_id=step)
    with acting(work.office, "finance"), refused(work.office, "kernel.forbidden"):
        work.office.do("process.snooze_step", step_id=step, until="hour")
    work.step("invoice", order)
    with refused(work.office, "process.snooze_step.not_open"):
        work.office.do("process.snooze_step", step_id=step, until="hour")
