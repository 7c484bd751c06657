"""Putting a step back: by who has it, or by who may assign work."""

from __future__ import annotations

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work


def test_it_waits_for_anybody_again(work: Work) -> None:
    order = work.order("check")
    with acting(work.office, "finance"):
        taken = work.office.do("process.take_step", step_id=work.row(order).id).rows[0]
        assert len(work.office.show("process.my_queue").rows) == 1
        done = work.office.do("process.release_step", step_id=taken.id, version=taken.version)
        assert (done.rows[0].person_id, done.rows[0].started_at) == (None, None)
        assert len(work.office.show("process.my_queue").rows) == 1


def test_somebody_elses_work_is_left_to_who_may_assign_it(work: Work) -> None:
    step = work.row(work.order("check")).id
    with acting(work.office, "finance"):
        work.office.do("process.take_step", step_id=step)
    with acting(work.office, "sales"), refused(work.office, "kernel.forbidden"):
        work.office.do("process.release_step", step_id=step)
    with acting(work.office, "analyst"):
        assert work.office.do("process.release_step", step_id=step).rows[0].person_id is None


def test_nobody_has_it(work: Work) -> None:
    row = work.row(work.order("check"))
    with refused(work.office, "process.release_step.free"):
        work.office.do("process.release_step", step_id=row.id)


def test_a_step_that_is_over_another_version_none(work: Work) -> None:
    order = work.order("check")
    row = work.row(order)
    with refused(work.office, "kernel.stale"):
        work.office.do("process.release_step", step_id=row.id, version=9)
    work.step("invoice", order)
    with refused(work.office, "process.release_step.not_open"):
        work.office.do("process.release_step", step_id=row.id)
    with refused(work.office, "kernel.missing"):
        work.office.do("process.release_step", step_id=new_id())
