"""Archiving: out of the choices, never out of the database."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.party.records import add_customer


def test_an_archived_party_is_no_choice_but_stays_in_the_list(office: Office) -> None:
    key = add_customer(office)
    assert [r.name for r in office.show("party.customer_choices", {"search": "padaria"}).rows] == ["Padaria São João"]
    with acting(office, "analyst"):
        outcome = office.do("party.archive_party", party_id=key, version=1)
    assert (outcome.rows[0].archived, outcome.rows[0].allowed) == (True, ("party.revise_party", "party.restore_party"))
    assert office.show("party.customer_choices").rows == ()
    assert [r.status for r in office.show("party.customers").rows] == ["archived"]
    with office.store.engine.connect() as connection, pytest.raises(DBAPIError, match="never_deleted"):
        connection.execute(text("DELETE FROM party"))


def test_refusals(office: Office) -> None:
    key = add_customer(office)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.archive_party", party_id=key)
    office.do("party.archive_party", party_id=key)
    with refused(office, "party.archive_party.already"):
        office.do("party.archive_party", party_id=key)
    with refused(office, "kernel.stale"):
        office.do("party.archive_party", party_id=key, version=1)
