"""Taking a merge back: exactly what it did, and nothing that somebody did since."""

from __future__ import annotations

from decimal import Decimal

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.party.records import record_of
from tests.modules.party.twins import record, twins


def test_what_was_changed_since_stays_and_is_said(office: Office) -> None:
    two = twins(office)
    other = record(office, two.other)
    key = two.merge("identity", "name", "credit_limit")
    known = record_of(office, two.kept)
    known["name"] = "Padaria Nova"
    known["contacts"][0]["name"] = "Zélia Souza"
    office.do(("party.revise_party", known))
    assert [r.id for r in office.show("party.customer_choices", {"search": "joao paes"}).rows] == [two.kept]
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.unmerge_parties", merge_id=key)
    # The limit goes back too, which takes the right to set one.
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("party.unmerge_parties", merge_id=key)
    with refused(office, "kernel.stale"):
        office.do("party.unmerge_parties", merge_id=key, version=1)
    outcome = office.do("party.unmerge_parties", merge_id=key)
    assert [one.code for one in outcome.warnings] == ["party.unmerged_but_changed"]
    kept = record(office, two.kept)
    assert (kept["name"], kept["tax_id"], kept["credit_limit"], kept["supplier"], kept["addresses"]) == (
        "Padaria Nova", None, Decimal(100), False, (),
    )  # fmt: skip
    assert [c["name"] for c in kept["contacts"]] == ["Zélia Souza"]
    assert record(office, two.other) == other
    assert [r.id for r in office.show("party.customer_choices", {"search": "joao paes"}).rows] == [two.other]
    with refused(office, "party.unmerge_parties.not_merged"):
        office.do("party.unmerge_parties", merge_id=key)
