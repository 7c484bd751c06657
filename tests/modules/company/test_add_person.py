"""Adding people who log in."""

from __future__ import annotations

from typing import Any

import pytest

from retaguarda.app.headless import Office
from retaguarda.modules.company import rules
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


TRADE = ("sales", "relations", "stock", "picking", "shipping", "delivery", "marketing")


def test_people_are_hired_with_the_roles_of_the_trade_and_come_in(office: Office) -> None:
    with acting(office, "hr"):
        for role in TRADE:
            office.do("company.add_person", login=f"new.{role}", name="Nova", roles=[role], password=SECRET)
    office.log_in("new.stock", SECRET)
    assert office.actor.limits["roles"] == ("stock",)


@pytest.mark.parametrize(
    ("giver", "own"),
    [("hr", {"hr"}), ("it", {"it"})],
)
def test_what_lets_people_do_more_than_the_giver_is_refused(office: Office, giver: str, own: set[str]) -> None:
    given = set()
    for role in sorted(set(rules.ROLES) - {rules.OWNER}):
        with acting(office, giver):
            if role in {*TRADE, *own}:
                office.do("company.add_person", login=f"new.{role}", name="Nova", roles=[role])
                given.add(role)
                continue
            with refused(office, "company.role_not_yours_to_give") as caught:
                office.do("company.add_person", login=f"new.{role}", name="Nova", roles=["sales", role])
            assert (caught[0].field, len(caught[0].params["roles"])) == ("roles", 1)
    assert given == {*TRADE, *own}


def test_a_company_says_which_roles_its_roles_give(office: Office) -> None:
    hr = office.show("company.roles", {"code": "hr"}).rows[0]
    assert hr.gives == tuple(sorted(TRADE))
    office.do("company.add_role", name="Caixa", added=["sales.read", "billing.read"])
    with acting(office, "hr"), refused(office, "company.role_not_yours_to_give"):
        office.do("company.add_person", login="novo", name="Novo", roles=["caixa"])
    office.do("company.revise_role", role_id=hr.id, name=hr.name, gives=["caixa"])
    with acting(office, "hr"):
        office.do("company.add_person", login="novo", name="Novo", roles=["caixa"])
        with refused(office, "company.role_not_yours_to_give"):
            office.do("company.add_person", login="outro", name="Outro", roles=["sales"])


def test_a_role_that_gives_more_than_the_givers_is_refused(office: Office) -> None:
    office.do("company.add_role", name="Porta", added=["company.add_person"], gives=["finance"])
    with acting(office, "hr"), refused(office, "company.role_not_yours_to_give"):
        office.do("company.add_person", login="novo", name="Novo", roles=["porta"])


def test_a_role_with_a_higher_discount_is_refused(office: Office) -> None:
    office.do("company.add_role", name="Amigo", discount_rate_max="0.5")
    with acting(office, "hr"), refused(office, "company.role_not_yours_to_give"):
        office.do("company.add_person", login="novo", name="Novo", roles=["amigo"])


def test_nobody_gives_branches_they_do_not_work_at(office: Office) -> None:
    second = office.do("company.add_branch", code="2", name="Filial Rio").value["id"]
    with acting(office, "hr"):
        further: tuple[dict[str, Any], ...] = ({"branch_id": second}, {"branches": ["2"]})
        for values in further:
            with refused(office, "company.other_branch") as caught:
                office.do("company.add_person", login="novo", name="Novo", **values)
            assert ({caught[0].field}, caught[0].params["branch"]) == (set(values), "Filial Rio")
        with refused(office, "company.all_branches_not_yours_to_give"):
            office.do("company.add_person", login="novo", name="Novo", all_branches=True)


def test_without_a_branch_it_is_the_givers_own(office: Office) -> None:
    second = office.do("company.add_branch", code="2", name="Filial Rio").value["id"]
    office.do("company.add_person", login="rh.rio", name="RH Rio", roles=["hr"], branch_id=second)
    with acting(office, "rh.rio"):
        row = office.do("company.add_person", login="novo", name="Novo", roles=["sales"]).rows[0]
    assert row.branch_id == second


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
