"""A new company: complete at once, and only one."""

from __future__ import annotations

import io
from typing import Any

import pytest
from pypdf import PdfReader

from retaguarda.app.front import OfficeFront
from retaguarda.app.headless import Office, create_office, open_office
from retaguarda.kernel.errors import Refusal
from retaguarda.kernel.text import CURRENCIES
from retaguarda.modules.company import rules
from retaguarda.modules.company.commands import CreateCompany
from tests.helpers.company import PASSWORD, refused

FIELDS: dict[str, Any] = {
    "name": "Loja",
    "admin_name": "Ana Prado",
    "admin_login": "Ana",
    "admin_password": PASSWORD,
}


def test_a_new_company_is_ready_to_log_in(db_url: str) -> None:
    create_office(db_url, CreateCompany(**FIELDS, language="en", branch_state="sp")).close()
    office = open_office(db_url, "ANA", PASSWORD)
    try:
        assert office.actor.may("anything.at_all")
        roles = {r.code: r.name for r in office.show("company.roles").rows}
        departments = {d.code: d.name for d in office.show("company.departments").rows}
        assert set(roles) == set(rules.ROLES)
        assert (roles["finance"], departments["shipping"]) == ("Finance", "Shipping")
        assert set(departments) == set(rules.DEPARTMENTS)
        branch = office.show("company.branches").rows[0]
        assert (branch.code, branch.state, branch.monday, branch.sunday) == ("1", "SP", rules.OFFICE_HOURS, "")
        with pytest.raises(Refusal) as caught:
            office.act_as("ana")
        assert caught.value.code == "company.password_needed"
    finally:
        office.close()


@pytest.mark.parametrize("currency", CURRENCIES)
def test_papers_and_window_write_amounts_in_the_companys_currency(sqlite_url: str, currency: str) -> None:
    create_office(sqlite_url, CreateCompany(**FIELDS, currency=currency, sample=True)).close()
    front = OfficeFront(sqlite_url, "ana", "pt_BR", station="Balcão 3")
    try:
        front.office.do("accounting.add_money_account", name="Ipê", kind="bank", opening_amount="1234.50")
        pdf = PdfReader(io.BytesIO(front.office.print("accounting.trial_balance_report")))
        paper = " ".join(page.extract_text() for page in pdf.pages).replace("\u00a0", " ")
        written = f"{CURRENCIES[currency]} 1.234,50"
        assert written in paper
        assert (front.currency, front.office.actor.station) == (currency, "Balcão 3")
        front.log_in("ana", PASSWORD)
        assert front.office.actor.station == "Balcão 3"
    finally:
        front.close()


def test_a_second_company_is_refused(office: Office) -> None:
    with refused(office, "company.create_company.exists"):
        office.do("company.create_company", **FIELDS)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"zone": "Mars/Base"}, "company.unknown_zone"),
        ({"branch_state": "ZZ"}, "company.unknown_state"),
        ({"admin_login": "ana prado"}, "company.bad_login"),
        ({"admin_password": "curta"}, "kernel.too_short"),
        ({"country": "XX"}, "kernel.not_a_choice"),
    ],
)
def test_wrong_values_are_named(sqlite_url: str, values: dict[str, Any], code: str) -> None:
    with pytest.raises(Refusal) as caught:
        create_office(sqlite_url, CreateCompany(**FIELDS | values))
    assert code in {f["code"] for f in caught.value.params["faults"]}
