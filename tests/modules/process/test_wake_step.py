"""Bringing a snoozed step back before its time."""

from __future__ import annotations

from tests.helpers.company import refused
from tests.modules.process.conftest import Work


def test_it_is_in_the_queue_again(work: Work) -> None:
    order = work.order("check")
    work.office.do("process.snooze_step", step_id=work.row(order).id, until="week")
    done = work.office.do("process.wake_step", step_id=work.row(order).id)
    assert (done.rows[0].why, "process.snooze_step" in done.rows[0].allowed) == ("turn", True)


def test_what_is_awake_and_what_is_over(work: Work) -> None:
    order = work.order("check")
    step = work.row(order).id
    with refused(work.office, "process.wake_step.awake"):
        work.office.do("process.wake_step", step_id=step)
    work.step("invoice", order)
    with refused(work.office, "process.wake_step.not_open"):
        work.office.do("process.wake_step", step_id=step)
