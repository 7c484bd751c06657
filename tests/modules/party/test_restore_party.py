"""Restoring: as it was before."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.party.records import CONTACT, add_customer, record_of


def test_a_restored_party_is_as_it_was(office: Office) -> None:
    key = add_customer(office, contacts=[CONTACT])
    before = record_of(office, key)
    office.do("party.archive_party", party_id=key)
    outcome = office.do("party.restore_party", party_id=key, version=2)
    assert outcome.value["version"] == 3
    assert record_of(office, key) | {"version": 1} == before
    assert [r.id for r in office.show("party.customer_choices").rows] == [key]


def test_refusals(office: Office) -> None:
    key = add_customer(office)
    with refused(office, "party.restore_party.not_archived"):
        office.do("party.restore_party", party_id=key)
    office.do("party.archive_party", party_id=key)
    with refused(office, "kernel.stale"):
        office.do("party.restore_party", party_id=key, version=1)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.restore_party", party_id=key)
