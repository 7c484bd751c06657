"""Unlocking."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import SECRET, person


def test_an_unlocked_person_comes_in_again(office: Office) -> None:
    row = person(office, "sales")
    office.do("company.set_password", person_id=row.id, password=SECRET)
    office.do("company.lock_person", person_id=row.id)
    assert office.do("company.unlock_person", person_id=row.id, version=3).rows[0].status == "active"
    office.log_in("sales", SECRET)
    assert office.actor.person_id == row.id


def test_nobody_lets_in_who_may_do_more(office: Office) -> None:
    finance, sales = person(office, "finance"), person(office, "sales")
    with acting(office, "hr"):
        # Keeping somebody out is not giving anything: it is everybody's who deals with people.
        for row in (finance, sales):
            office.do("company.lock_person", person_id=row.id)
        office.do("company.unlock_person", person_id=sales.id)
        with refused(office, "company.access_not_yours_to_give") as caught:
            office.do("company.unlock_person", person_id=finance.id)
        assert caught[0].params["roles"] == ["Financeiro"]
    office.do("company.unlock_person", person_id=finance.id)


def test_refusals(office: Office) -> None:
    row = person(office, "sales")
    with refused(office, "company.unlock_person.not_locked"):
        office.do("company.unlock_person", person_id=row.id)
    other = person(office, "administrator")
    office.do("company.lock_person", person_id=other.id)
    with refused(office, "kernel.stale"):
        office.do("company.unlock_person", person_id=other.id, version=1)
    with acting(office, "it"), refused(office, "company.only_administrators"):
        office.do("company.unlock_person", person_id=other.id)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.unlock_person", person_id=row.id)
