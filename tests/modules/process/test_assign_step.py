"""Giving a step to a person."""

from __future__ import annotations

from typing import Any

from retaguarda.kernel.ids import new_id
from tests.helpers.company import acting, refused
from tests.modules.process.conftest import Work


def person(work: Work, login: str) -> Any:
    return work.office.show("company.people", {"login": login}).rows[0]


def test_they_find_it_in_their_own_queue(work: Work) -> None:
    row = work.row(work.order("check"))
    done = work.office.do("process.assign_step", step_id=row.id, person_id=person(work, "hr").id, version=row.version)
    assert done.value["person"] == "Pessoa hr"
    assert (done.rows[0].person_name, done.rows[0].started_at) == ("Pessoa hr", None)
    with acting(work.office, "hr"):
        assert [r.id for r in work.office.show("process.my_queue").rows] == [row.id]
    with acting(work.office, "finance"):
        assert work.office.show("process.my_queue").rows == ()


def test_who_has_it_goes_on_working(work: Work) -> None:
    row = work.row(work.order("check"))
    begun = work.office.do("process.take_step", step_id=row.id).rows[0].started_at
    again = work.office.do("process.assign_step", step_id=row.id, person_id=person(work, "ana").id).rows[0]
    assert again.started_at == begun
    other = work.office.do("process.assign_step", step_id=row.id, person_id=person(work, "finance").id).rows[0]
    assert other.started_at is None


def test_people_who_cannot_take_it(work: Work) -> None:
    row = work.row(work.order("check"))
    branch = work.office.do("company.add_branch", code="2", name="Filial").value["id"]
    caio = work.office.do("company.add_person", login="caio", name="Caio", branch_id=branch).value["id"]
    with refused(work.office, "process.assign_step.other_branch") as caught:
        work.office.do("process.assign_step", step_id=row.id, person_id=caio)
    assert caught[0].field == "person_id"
    gone = person(work, "legal")
    work.office.do("company.archive_person", person_id=gone.id)
    with refused(work.office, "process.assign_step.person_gone"):
        work.office.do("process.assign_step", step_id=row.id, person_id=gone.id)
    with refused(work.office, "kernel.missing"):
        work.office.do("process.assign_step", step_id=row.id, person_id=new_id())


def test_a_step_that_is_over_another_version_none(work: Work) -> None:
    order, me = work.order("check"), person(work, "ana").id
    row = work.row(order)
    with refused(work.office, "kernel.stale"):
        work.office.do("process.assign_step", step_id=row.id, person_id=me, version=9)
    work.step("invoice", order)
    with refused(work.office, "process.assign_step.not_open"):
        work.office.do("process.assign_step", step_id=row.id, person_id=me)
    with refused(work.office, "kernel.missing"):
        work.office.do("process.assign_step", step_id=new_id(), person_id=me)


def test_a_picker_gives_no_work_to_others(work: Work) -> None:
    row = work.row(work.order("check"))
    with acting(work.office, "picking"), refused(work.office, "kernel.forbidden"):
        work.office.do("process.assign_step", step_id=row.id, person_id=row.id)
