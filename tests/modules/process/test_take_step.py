"""Taking a step: waiting ends, and nobody else takes it."""

from __future__ import annotations

import datetime as dt

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work


def test_it_is_mine_and_its_time_counts_as_work(work: Work) -> None:
    order = work.order("check")
    work.pass_time(minutes=30)
    row = work.row(order)
    assert "process.take_step" in row.allowed
    done = work.office.do("process.take_step", step_id=row.id, version=row.version)
    assert done.rows[0].person_name == "Ana Prado"
    assert "process.release_step" in done.rows[0].allowed
    assert "process.take_step" not in done.rows[0].allowed
    work.pass_time(minutes=12)
    path = {r.step: r for r in work.office.show("process.order_path", {"subject_id": order}).rows}
    assert (path["invoice"].wait_minutes, path["invoice"].work_minutes) == (30, 12)


def test_taking_my_own_again_leaves_its_beginning(work: Work) -> None:
    order = work.order("check")
    first = work.office.do("process.take_step", step_id=work.row(order).id).rows[0].started_at
    work.pass_time(hours=1)
    assert work.office.do("process.take_step", step_id=work.row(order).id).rows[0].started_at == first


def test_it_can_be_undone(work: Work) -> None:
    order = work.order("check")
    name, payload = work.office.do("process.take_step", step_id=work.row(order).id).value["undo"]
    work.office.do((name, payload))
    assert (work.row(order).person_id, work.row(order).started_at) == (None, None)


def test_somebody_has_it_already(work: Work) -> None:
    step = work.row(work.order("check")).id
    with acting(work.office, "finance"):
        work.office.do("process.take_step", step_id=step)
    with refused(work.office, "process.take_step.taken") as caught:
        work.office.do("process.take_step", step_id=step)
    assert caught[0].params["person"] == "Pessoa finance"


def test_as_many_as_the_company_allows_and_no_more(work: Work) -> None:
    work.office.do("company.change_setting", code="work_limit", value="2")
    steps = [work.row(work.order("check")).id for _ in range(3)]
    for step in steps[:2]:
        work.office.do("process.take_step", step_id=step)
    with refused(work.office, "process.take_step.too_many") as caught:
        work.office.do("process.take_step", step_id=steps[2])
    assert (caught[0].params["steps"], caught[0].params["limit"]) == (2, 2)
    work.office.do("process.take_step", step_id=steps[0])
    work.office.do("process.release_step", step_id=steps[0])
    work.office.do("process.take_step", step_id=steps[2])


def test_a_step_that_is_over(work: Work) -> None:
    order = work.order("check")
    step = work.row(order).id
    work.step("invoice", order)
    with refused(work.office, "process.take_step.not_open"):
        work.office.do("process.take_step", step_id=step)


def test_another_version_and_no_step(work: Work) -> None:
    row = work.row(work.order("check"))
    with refused(work.office, "kernel.stale"):
        work.office.do("process.take_step", step_id=row.id, version=row.version + 1)
    with refused(work.office, "kernel.missing"):
        work.office.do("process.take_step", step_id=new_id())


def test_work_of_another_branch_does_not_exist(work: Work) -> None:
    row = work.row(work.order("check"))
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    work.office.do("company.add_person", login="caio", name="Caio", roles=["sales"], branch_id=branch)
    with acting(work.office, "caio"):
        assert work.office.show("process.queue").rows == ()
        with refused(work.office, "kernel.missing"):
            work.office.do("process.take_step", step_id=row.id)


def test_who_only_reads_takes_nothing(work: Work) -> None:
    row = work.row(work.order("check"))
    with acting(work.office, "marketing"):
        assert work.row(row.subject_id).allowed == ()
        with refused(work.office, "kernel.forbidden"):
            work.office.do("process.take_step", step_id=row.id)


def test_waiting_is_shown_as_time(work: Work) -> None:
    order = work.order("check")
    work.pass_time(hours=2, minutes=10)
    assert work.row(order).waits == dt.timedelta(hours=2, minutes=10)
