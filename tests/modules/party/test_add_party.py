"""Adding a party: what is stored, what is asked about, what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import NeedsConsent
from tests.helpers.company import acting, refused
from tests.modules.party.records import ADDRESS, CNPJ, CONTACT, CPF, LETTERED_CNPJ, add_customer


def test_a_customer_is_stored_as_it_is_written_and_found_however_it_is_typed(office: Office) -> None:
    outcome = office.do(
        "party.add_party",
        name="Padaria São João",
        legal_name="S. João Panificação Ltda",
        tax_id="11222333000181",
        customer=True,
        carrier=True,
        addresses=[ADDRESS, ADDRESS | {"purpose": "delivery", "city": "Santos"}],
        contacts=[CONTACT],
        notes="Entrega pelos fundos.\nTocar duas vezes.",
    )
    key = outcome.value["id"]
    row = office.one("party.parties", key)
    assert (row.tax_id, row.customer, row.supplier, row.carrier, row.employee) == (CNPJ, True, False, True, False)
    assert [(a["position"], a["city"], a["state"], a["postcode"], a["country"]) for a in row.addresses] == [
        (1, "São Paulo", "SP", "01310-100", "BR"),
        (2, "Santos", "SP", "01310-100", "BR"),
    ]
    assert row.contacts[0]["phone"] == "(11) 98765-4321"
    assert outcome.warnings == ()
    for typed in ("sao joao", "PANIFICACAO", "11.222", "11222333", "98765-4321", "11987654321", "zelia@", "santos"):
        found = office.show("party.customers", {"search": typed}).rows
        assert [r.id for r in found] == [key], typed
    assert office.show("party.customers", {"search": "joaoo"}).rows == ()
    assert [r.id for r in office.show("party.carriers").rows] == [key]
    assert office.show("party.suppliers").rows == ()


def test_who_lives_abroad_has_the_numbers_of_that_place(office: Office) -> None:
    there = ADDRESS | {"country": "us", "postcode": "98122", "state": "WA"}
    abroad = CONTACT | {"phone": "(206) 555-9857"}
    key = add_customer(office, "Bottom-Dollar", addresses=[there], contacts=[abroad])
    assert office.one("party.parties", key).contacts[0]["phone"] == "(206) 555-9857"
    with refused(office, "br.phone.area_code"):
        add_customer(office, "Beta", addresses=[ADDRESS], contacts=[abroad])


def test_an_old_list_may_be_taken_as_it_is_written(office: Office) -> None:
    wrong = {"addresses": [ADDRESS | {"postcode": "5442"}], "contacts": [CONTACT | {"phone": "(11) 555 4640"}]}
    with refused(office, "br.cep.length"):
        add_customer(office, "Refrescos", **wrong)
    outcome = office.do(
        ("party.add_party", {"name": "Refrescos", "customer": True, **wrong, "accept": ["party.as_written"]})
    )
    row = office.one("party.parties", outcome.value["id"])
    assert (row.addresses[0]["postcode"], row.contacts[0]["phone"]) == ("5442", "(11) 555 4640")
    assert [(w.code, w.params["field"], w.params["value"]) for w in outcome.warnings] == [
        ("br.cep.length", "addresses.1.postcode", "5442"),
        ("br.phone.length", "contacts.1.phone", "(11) 555 4640"),
    ]


def test_tax_identities_follow_the_kind_letters_and_all(office: Office) -> None:
    company = office.one("party.parties", add_customer(office, "Alfa", tax_id=LETTERED_CNPJ.lower()))
    person = office.one("party.parties", add_customer(office, "Bia Lima", kind="person", tax_id="52998224725"))
    assert (company.tax_id, person.tax_id) == (LETTERED_CNPJ, CPF)


def test_a_tax_identity_taken_is_asked_about_a_name_alike_only_said(office: Office) -> None:
    first = add_customer(office, tax_id=CNPJ)
    with refused(office, "party.same_tax_id") as caught:
        office.do("party.add_party", name="Outra", tax_id=CNPJ, supplier=True)
    assert isinstance(caught[0], NeedsConsent)
    assert (caught[0].field, caught[0].params["name"], caught[0].params["party_id"]) == (
        "tax_id",
        "Padaria São João",
        first,
    )
    outcome = office.do(
        ("party.add_party", {"name": "joao PADARIA sao", "tax_id": CNPJ, "supplier": True}), ("party.same_tax_id",)
    )
    assert [(w.code, w.params["name"]) for w in outcome.warnings] == [("party.similar_name", "Padaria São João")]
    assert office.show("party.parties", {"tax_id": CNPJ}, count=True).count == 2


def test_everything_wrong_is_said_at_once(office: Office) -> None:
    with refused(office, "party.no_role") as caught:
        office.do(
            "party.add_party",
            name="X",
            tax_id="11.222.333/0001-82",
            addresses=[ADDRESS | {"postcode": "123"}],
            contacts=[{"name": "Sem nada"}, {"email": "a@b"}, {"phone": "11"}],
        )
    faults = {(f["field"], f["code"]) for f in caught[0].params["faults"]}
    assert faults == {
        ("customer", "party.no_role"),
        ("tax_id", "br.cnpj.check_digits"),
        ("addresses.1.postcode", "br.cep.length"),
        ("contacts.1.phone", "party.contact_without_way"),
        ("contacts.2.email", "party.not_an_email"),
        ("contacts.3.phone", "br.phone.length"),
    }


def test_an_address_abroad_keeps_its_postcode(office: Office) -> None:
    abroad = {"street": "Main St", "city": "Austin", "postcode": "TX 78701", "country": "us"}
    row = office.one("party.parties", add_customer(office, addresses=[abroad]))
    assert (row.addresses[0]["postcode"], row.addresses[0]["country"]) == ("TX 78701", "US")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": ""}, "kernel.required"),
        ({"name": "x" * 121}, "kernel.too_long"),
        ({"name": "a\x00b"}, "kernel.control_character"),
        ({"name": "A", "kind": "robot"}, "kernel.not_a_choice"),
        ({"name": "A", "tax_id": 11222333000181}, "kernel.not_text"),
        ({"name": "A", "adresses": []}, "kernel.unknown_field"),
        ({"name": "A", "addresses": [{"city": "C"}]}, "kernel.required"),
        ({"name": "A", "customer": "yes"}, "kernel.not_yes_or_no"),
    ],
)
def test_values_of_the_wrong_kind_are_refused(office: Office, values: dict[str, Any], code: str) -> None:
    with refused(office, code):
        office.do("party.add_party", **{"customer": True, **values})


def test_employees_are_added_by_those_who_keep_them(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden") as caught:
        office.do("party.add_party", name="Caio", kind="person", employee=True)
    assert caught[0].params["permission"] == "party.keep_employees"
    with acting(office, "hr"):
        key = office.do("party.add_party", name="Caio", kind="person", employee=True).value["id"]
    assert office.one("party.parties", key).employee
    with acting(office, "picking"), refused(office, "kernel.forbidden"):
        add_customer(office)
