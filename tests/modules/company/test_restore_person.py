"""Bringing people back."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import person, record_of


def test_a_restored_person_is_as_before(office: Office) -> None:
    before = record_of(office, "sales")
    office.do("company.archive_person", person_id=before["person_id"])
    outcome = office.do("company.restore_person", person_id=before["person_id"], version=2)
    assert outcome.value["version"] == 3
    assert record_of(office, "sales") | {"version": 1} == before
    office.act_as("sales")
    assert office.actor.limits["roles"] == ("sales",)


def test_nobody_lets_in_who_may_do_more(office: Office) -> None:
    finance, sales = person(office, "finance"), person(office, "sales")
    with acting(office, "hr"):
        # Keeping somebody out is not giving anything: it is everybody's who deals with people.
        for row in (finance, sales):
            office.do("company.archive_person", person_id=row.id)
        office.do("company.restore_person", person_id=sales.id)
        with refused(office, "company.access_not_yours_to_give") as caught:
            office.do("company.restore_person", person_id=finance.id)
        assert caught[0].params["roles"] == ["Financeiro"]
    office.do("company.restore_person", person_id=finance.id)


def test_refusals(office: Office) -> None:
    row, other = person(office, "sales"), person(office, "administrator")
    with refused(office, "company.restore_person.not_archived"):
        office.do("company.restore_person", person_id=row.id)
    office.do("company.archive_person", person_id=other.id)
    with acting(office, "it"), refused(office, "company.only_administrators"):
        office.do("company.restore_person", person_id=other.id)
    with refused(office, "kernel.stale"):
        office.do("company.restore_person", person_id=other.id, version=1)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.restore_person", person_id=row.id)
