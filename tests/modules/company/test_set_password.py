"""Other people's passwords."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import SECRET, person


def test_a_person_without_password_gets_one(office: Office) -> None:
    row = person(office, "sales")
    assert row.status == "no_password"
    with acting(office, "it"):
        outcome = office.do("company.set_password", person_id=row.id, version=row.version, password=SECRET)
    assert outcome.rows[0].status == "active"
    office.log_in("sales", SECRET)
    assert office.actor.name == "Pessoa sales"


def test_refusals(office: Office) -> None:
    row = person(office, "sales")
    with acting(office, "it"), refused(office, "company.only_administrators"):
        office.do("company.set_password", person_id=person(office, "ana").id, password=SECRET)
    with acting(office, "hr"), refused(office, "kernel.forbidden"):
        office.do("company.set_password", person_id=row.id, password=SECRET)
    with refused(office, "kernel.too_short"):
        office.do("company.set_password", person_id=row.id, password="curta")
    with refused(office, "kernel.stale"):
        office.do("company.set_password", person_id=row.id, version=5, password=SECRET)
    office.do("company.archive_person", person_id=row.id)
    with refused(office, "company.archived"):
        office.do("company.set_password", person_id=row.id, password=SECRET)
