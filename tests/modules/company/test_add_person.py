"""Adding people who log in."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import SECRET, branch, person


def test_a_person_logs_in_and_may_what_the_roles_say(office: Office) -> None:
    boss = person(office, "commercial")
    outcome = office.do(
        "company.add_person",
        login="Caio.Reis",
        name="Caio Reis",
        roles=["sales", "stock", "sales"],
        password=SECRET,
        department="sales",
        boss_id=boss.id,
        email="caio@silva.com.br",
    )
    row = outcome.rows[0]
    assert (row.login, row.roles, row.role_names, row.roles_shown) == (
        "caio.reis",
        ("sales", "stock"),
        ("Estoque", "Vendas"),
        "Estoque, Vendas",
    )
    assert (row.department, row.department_name, row.boss_name, row.branch_name, row.status) == (
        "sales",
        "Vendas",
        "Pessoa commercial",
        "Matriz",
        "active",
    )
    found = office.show("company.people", {"search": "cáio"}).rows
    assert [r.id for r in found] == [row.id]
    office.log_in("CAIO.REIS", SECRET)
    assert office.actor.may("party.add_party")
    assert not office.actor.may("company.add_person")
    assert str(office.actor.limits["discount_rate"]) == "0.050000"


def test_further_branches_are_named_by_their_code(office: Office) -> None:
    second = office.do("company.add_branch", code="2", name="Filial Rio").value["id"]
    row = office.do("company.add_person", login="x", name="X", branches=["2"], roles=["sales"]).rows[0]
    assert row.branches == ("2",)
    office.act_as("x")
    assert office.actor.branch_ids == {branch(office).id, second}


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"login": "ana"}, "login", "company.login_taken"),
        ({"login": "ANA"}, "login", "company.login_taken"),
        ({"login": "josé"}, "login", "company.bad_login"),
        ({"roles": ["king"]}, "roles", "company.unknown_role"),
        ({"branches": ["9"]}, "branches", "company.unknown_branch"),
        ({"department": "moon"}, "department", "company.unknown_department"),
        ({"password": "curta"}, "password", "kernel.too_short"),
        ({"language": "fr"}, "language", "kernel.not_a_choice"),
    ],
)
def test_wrong_values_are_named(office: Office, values: dict[str, Any], field: str, code: str) -> None:
    with refused(office, code) as caught:
        office.do("company.add_person", **{"login": "novo", "name": "Novo", **values})
    assert caught[0].params["faults"][0]["field"] == field


def test_refusals(office: Office) -> None:
    for field in ("branch_id", "boss_id"):
        with refused(office, "kernel.missing") as caught:
            office.do("company.add_person", login="novo", name="Novo", **{field: "0" * 32})
        assert caught[0].field == field
    with acting(office, "it"), refused(office, "company.only_administrators"):
        office.do("company.add_person", login="novo", name="Novo", roles=["administrator"])
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.add_person", login="novo", name="Novo")
    gone = person(office, "legal")
    office.do("company.archive_person", person_id=gone.id)
    with refused(office, "company.archived"):
        office.do("company.add_person", login="novo", name="Novo", boss_id=gone.id)
