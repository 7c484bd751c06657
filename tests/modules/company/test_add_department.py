"""Departments are data: a new one can own steps at once."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused


def test_a_department_gets_a_code_and_people(office: Office) -> None:
    with acting(office, "analyst"):
        outcome = office.do("company.add_department", name="Assistência técnica")
    assert (outcome.value["code"], outcome.rows[0].name) == ("assistencia_tecnica", "Assistência técnica")
    person = office.do("company.add_person", login="x", name="X", department="assistencia_tecnica").rows[0]
    assert person.department_name == "Assistência técnica"
    found = office.show("company.department_choices", {"search": "assistencia"}).rows
    assert [(r.id, r.name) for r in found] == [("assistencia_tecnica", "Assistência técnica")]
    assert office.one("company.departments", outcome.value["id"]).people == 1


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": "Vendas", "code": "sales"}, "code", "company.department_code_taken"),
        ({"name": "Sales"}, "name", "company.department_code_taken"),
        ({"name": "A", "code": "A B"}, "code", "company.bad_code"),
        ({"name": "123"}, "name", "company.bad_code"),
        ({"name": ""}, "name", "kernel.required"),
    ],
)
def test_wrong_values_are_named(office: Office, values: dict[str, Any], field: str, code: str) -> None:
    with refused(office, code) as caught:
        office.do("company.add_department", **values)
    assert caught[0].params["faults"][0]["field"] == field


def test_who_may_not(office: Office) -> None:
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.add_department", name="Novo")
