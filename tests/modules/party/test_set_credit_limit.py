"""The credit limit: set, taken away, and by whom."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.party.records import add_customer


def test_a_limit_is_set_and_taken_away(office: Office) -> None:
    key = add_customer(office)
    with acting(office, "finance"):
        outcome = office.do("party.set_credit_limit", party_id=key, version=1, credit_limit="1500.50")
    assert (outcome.value["version"], outcome.rows[0].credit_limit) == (2, Decimal("1500.50"))
    assert office.one("party.customer_card", key).credit_limit == Decimal("1500.50")
    office.do("party.set_credit_limit", party_id=key)
    assert office.one("party.customer_card", key).credit_limit is None


def test_refusals(office: Office) -> None:
    key = add_customer(office)
    supplier = office.do("party.add_party", name="Só vende", supplier=True).value["id"]
    for value, code in (("-1", "kernel.too_small"), ("1.005", "kernel.too_many_digits"), (1.5, "kernel.float_refused")):
        with refused(office, code):
            office.do("party.set_credit_limit", party_id=key, credit_limit=value)
    with refused(office, "party.not_a_customer"):
        office.do("party.set_credit_limit", party_id=supplier, credit_limit="1")
    with refused(office, "kernel.stale"):
        office.do("party.set_credit_limit", party_id=key, version=7, credit_limit="1")
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.set_credit_limit", party_id=key, credit_limit="1")
