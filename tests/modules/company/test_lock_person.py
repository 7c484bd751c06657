"""Locking: nobody comes in, and an administrator is always left."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import NOBODY, Office
from retaguarda.kernel.errors import Refusal
from tests.helpers.company import acting, refused
from tests.modules.company.records import SECRET, person


def test_a_locked_person_does_not_come_in_and_is_not_offered(office: Office) -> None:
    row = person(office, "sales")
    office.do("company.set_password", person_id=row.id, password=SECRET)
    outcome = office.do("company.lock_person", person_id=row.id, version=2)
    assert (outcome.rows[0].status, "company.unlock_person" in outcome.rows[0].allowed) == ("locked", True)
    with pytest.raises(Refusal) as caught:
        office.log_in("sales", SECRET)
    assert caught.value.code == "company.log_in_refused"
    office.actor = NOBODY
    logins = {r.login for r in office.show("company.people_to_log_in").rows}
    assert "ana" in logins
    assert "sales" not in logins
    with pytest.raises(Refusal):
        office.show("company.people")


def test_an_administrator_is_always_left(office: Office) -> None:
    ana, other = person(office, "ana"), person(office, "administrator")
    with acting(office, "administrator"), refused(office, "company.last_administrator"):
        office.do("company.lock_person", person_id=ana.id)
    office.do("company.set_password", person_id=other.id, password=SECRET)
    with acting(office, "administrator"):
        assert office.do("company.lock_person", person_id=ana.id).rows[0].locked
    with acting(office, "it"), refused(office, "company.only_administrators"):
        office.do("company.lock_person", person_id=other.id)


def test_refusals(office: Office) -> None:
    row = person(office, "sales")
    with refused(office, "company.not_oneself"):
        office.do("company.lock_person", person_id=person(office, "ana").id)
    with refused(office, "kernel.stale"):
        office.do("company.lock_person", person_id=row.id, version=4)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.lock_person", person_id=person(office, "stock").id)
    office.do("company.lock_person", person_id=row.id)
    with refused(office, "company.lock_person.already"):
        office.do("company.lock_person", person_id=row.id)
