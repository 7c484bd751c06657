"""Archiving people who left."""

from __future__ import annotations

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Refusal
from tests.helpers.company import acting, refused
from tests.modules.company.records import person


def test_who_left_is_no_choice_and_does_not_come_in(office: Office) -> None:
    row = person(office, "sales")
    with acting(office, "hr"):
        outcome = office.do("company.archive_person", person_id=row.id, version=1)
    assert (outcome.rows[0].status, outcome.rows[0].allowed) == ("archived", ("company.restore_person",))
    assert "Pessoa sales" not in {r.name for r in office.show("company.person_choices").rows}
    with pytest.raises(Refusal) as caught:
        office.act_as("sales")
    assert caught.value.code == "company.unknown_person"


def test_refusals(office: Office) -> None:
    row = person(office, "sales")
    with refused(office, "company.not_oneself"):
        office.do("company.archive_person", person_id=person(office, "ana").id)
    with acting(office, "administrator"), refused(office, "company.last_administrator"):
        office.do("company.archive_person", person_id=person(office, "ana").id)
    with acting(office, "hr"), refused(office, "company.only_administrators"):
        office.do("company.archive_person", person_id=person(office, "ana").id)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.archive_person", person_id=row.id)
    with refused(office, "kernel.stale"):
        office.do("company.archive_person", person_id=row.id, version=2)
    office.do("company.archive_person", person_id=row.id)
    with refused(office, "company.archive_person.already"):
        office.do("company.archive_person", person_id=row.id)
