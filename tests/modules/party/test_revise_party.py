"""Revising a party: the whole record with its version; what is left out is put away."""

from __future__ import annotations

from sqlalchemy import text

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Stale
from tests.helpers.company import acting, refused
from tests.modules.party.records import ADDRESS, CNPJ, CONTACT, add_customer, record_of


def test_only_what_differs_is_written(office: Office) -> None:
    key = add_customer(office, tax_id=CNPJ, addresses=[ADDRESS], contacts=[CONTACT])
    outcome = office.do("party.revise_party", **record_of(office, key) | {"name": "Padaria Nova"})
    assert [(c.table, c.kind) for c in outcome.changes if c.table != "command_journal"] == [("party", "revise")]
    row = outcome.rows[0]
    assert (row.version, row.name, len(row.addresses), row.contacts[0]["email"]) == (
        2,
        "Padaria Nova",
        1,
        "zelia@padaria.com.br",
    )
    assert [r.id for r in office.show("party.customers", {"search": "nova"}).rows] == [key]


def test_rows_are_changed_put_away_and_taken_up_again(office: Office) -> None:
    key = add_customer(office, addresses=[ADDRESS, ADDRESS | {"city": "Santos"}])
    office.do("party.revise_party", **record_of(office, key) | {"addresses": [ADDRESS | {"city": "Campinas"}]})
    assert [a["city"] for a in office.one("party.parties", key).addresses] == ["Campinas"]
    office.do("party.revise_party", **record_of(office, key) | {"addresses": []})
    assert office.one("party.customer_card", key).sub == ""
    office.do("party.revise_party", **record_of(office, key) | {"addresses": [ADDRESS] * 3})
    assert [a["position"] for a in office.one("party.parties", key).addresses] == [1, 2, 3]
    with office.store.engine.connect() as connection:
        assert connection.scalar(text("SELECT count(*) FROM party_address")) == 3


def test_roles_come_and_go_and_what_belongs_to_them_stays(office: Office) -> None:
    key = add_customer(office)
    office.do("party.set_credit_limit", party_id=key, credit_limit="500.00")
    office.do("party.revise_party", **record_of(office, key) | {"customer": False, "supplier": True})
    assert office.show("party.customers").rows == ()
    assert [r.id for r in office.show("party.suppliers").rows] == [key]
    office.do("party.revise_party", **record_of(office, key) | {"customer": True})
    assert str(office.show("party.customers").rows[0].credit_limit) == "500.00"


def test_an_old_version_is_told_so(office: Office) -> None:
    key = add_customer(office)
    old = record_of(office, key)
    office.do("party.block_customer", party_id=key, reason="cheque devolvido")
    with refused(office, "kernel.stale") as caught:
        office.do("party.revise_party", **old)
    assert isinstance(caught[0], Stale)


def test_a_twin_is_asked_about_only_when_the_identity_changes(office: Office) -> None:
    add_customer(office, "Primeira", tax_id=CNPJ)
    key = add_customer(office, "Segunda")
    with refused(office, "party.same_tax_id"):
        office.do("party.revise_party", **record_of(office, key) | {"tax_id": CNPJ})
    given = record_of(office, key) | {"tax_id": CNPJ, "accept": ["party.same_tax_id"]}
    assert office.do("party.revise_party", **given).value["version"] == 2
    assert office.do("party.revise_party", **record_of(office, key) | {"notes": "igual"}).warnings == ()


def test_refusals(office: Office) -> None:
    key = add_customer(office)
    record = record_of(office, key)
    with refused(office, "party.no_role"):
        office.do("party.revise_party", **record | {"customer": False})
    with refused(office, "kernel.missing") as caught:
        office.do("party.revise_party", **record | {"party_id": "0" * 32})
    assert caught[0].field == "party_id"
    with refused(office, "kernel.not_an_id"):
        office.do("party.revise_party", **record | {"party_id": "x"})
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.revise_party", **record | {"employee": True})
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("party.revise_party", **record)
