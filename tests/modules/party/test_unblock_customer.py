"""Unblocking: the customer buys again."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.modules.party import api
from tests.helpers.company import acting, refused
from tests.modules.party.records import add_customer


def test_an_unblocked_customer_buys_again(office: Office) -> None:
    key = add_customer(office)
    office.do("party.block_customer", party_id=key, reason="motivo")
    with acting(office, "finance"):
        outcome = office.do("party.unblock_customer", party_id=key, version=2)
    assert (outcome.value["version"], outcome.rows[0].status, outcome.rows[0].block_reason) == (3, "active", None)
    assert api.may_buy(office.reads(), key).id == key


def test_refusals(office: Office) -> None:
    key = add_customer(office)
    with refused(office, "party.unblock_customer.not_blocked"):
        office.do("party.unblock_customer", party_id=key)
    office.do("party.block_customer", party_id=key, reason="motivo")
    with refused(office, "kernel.stale"):
        office.do("party.unblock_customer", party_id=key, version=1)
    with acting(office, "relations"), refused(office, "kernel.forbidden"):
        office.do("party.unblock_customer", party_id=key)
