"""The forms of the parties as a person uses them: new, faults, twins, and two people in one record."""

from __future__ import annotations

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.text import Texts
from tests.helpers.desk import Desk
from tests.modules.party.records import ADDRESS, CNPJ, add_customer, record_of


def desk_of(office: Office) -> Desk:
    return Desk(office, book(), Texts("pt_BR", strict=True))


def test_a_new_customer_from_the_list(office: Office) -> None:
    desk = desk_of(office)
    desk.open("party.customer_list")
    desk.press("new")
    form = desk.form
    assert form.fields["customer"].value is True
    desk.set(name="Padaria São João")
    desk.set(tax_id="11222333000181")
    form.lines["contacts"].type_in(0, "phone", "11 98765 4321")
    desk.press("save_close")
    rows = office.show("party.customers").rows
    assert [(r.name, r.tax_id, r.phone) for r in rows] == [("Padaria São João", CNPJ, "(11) 98765-4321")]
    assert desk.toasts[-1].text.code == "party.add_party.done"


def test_a_fault_stands_beside_its_field(office: Office) -> None:
    desk = desk_of(office)
    desk.open("party.supplier_form")
    desk.set(name="X")
    desk.set(tax_id="11.222.333/0001-00")
    desk.press("save")
    desk.expect_fault("tax_id", "br.cnpj.check_digits")
    assert office.show("party.suppliers").rows == ()


def test_a_twin_is_asked_about_and_made_when_the_person_insists(office: Office) -> None:
    add_customer(office, tax_id=CNPJ)
    desk = desk_of(office)
    desk.open("party.customer_form")
    desk.set(name="Segunda loja", tax_id=CNPJ)
    desk.press("save_close")
    assert desk.form.question is not None
    assert desk.form.question.text.code == "party.same_tax_id"
    assert desk.form.question.text.params["name"] == "Padaria São João"
    desk.answer("accept")
    assert len(office.show("party.customers", {"tax_id": CNPJ}).rows) == 2


def test_two_people_change_different_fields_and_both_changes_stay(office: Office) -> None:
    key = add_customer(office, tax_id=CNPJ, addresses=[ADDRESS])
    desk = desk_of(office)
    desk.open("party.customer_form", key)
    desk.set(legal_name="S. João Panificação Ltda")
    office.do("party.revise_party", **record_of(office, key) | {"notes": "Ligar antes"})
    desk.press("save")
    row = office.one("party.parties", key)
    assert (row.legal_name, row.notes) == ("S. João Panificação Ltda", "Ligar antes")
    assert (row.addresses[0]["city"], row.tax_id, row.customer) == ("São Paulo", CNPJ, True)


def test_the_list_blocks_and_unblocks(office: Office) -> None:
    key = add_customer(office)
    desk = desk_of(office)
    desk.open("party.customer_list", key)
    desk.press("block")
    desk.set(reason="não pagou")
    desk.press("save_close")
    assert office.one("party.customers", key).status == "blocked"
    listing = desk.open("party.customer_list")
    desk.call(lambda: listing.choose_tab("blocked"))

    desk.press("unblock")
    assert office.one("party.customers", key).status == "active"
