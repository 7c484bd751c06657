"""Revising people: roles, branches, department, and whom they report to, never in a circle."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DBAPIError

from retaguarda.app.headless import Office
from retaguarda.modules.company import api, rules
from tests.helpers.company import acting, refused
from tests.modules.company.records import person, record_of


def test_roles_and_branches_come_and_go(office: Office) -> None:
    office.do("company.add_branch", code="2", name="Filial")
    changed = record_of(office, "sales") | {"roles": ["stock"], "branches": ["2"], "department": "stock"}
    row = office.do("company.revise_person", **changed).rows[0]
    assert (row.version, row.roles, row.branches, row.department_name) == (2, ("stock",), ("2",), "Estoque")
    again = record_of(office, "sales") | {"roles": ["sales"], "branches": [], "login": "vendas"}
    row = office.do("company.revise_person", **again).rows[0]
    assert (row.login, row.roles, row.branches) == ("vendas", ("sales",), ())
    office.act_as("vendas")
    assert office.actor.limits["roles"] == ("sales",)
    with office.store.engine.connect() as connection:
        held = select(func.count()).where(api.person_role.c.person_id == row.id)
        assert connection.scalar(held) == 2


def test_a_circle_is_refused_and_named(office: Office) -> None:
    ids = {login: person(office, login).id for login in ("sales", "stock", "finance")}
    office.do("company.revise_person", **record_of(office, "sales") | {"boss_id": ids["stock"]})
    office.do("company.revise_person", **record_of(office, "stock") | {"boss_id": ids["finance"]})
    with refused(office, "company.boss_circle") as caught:
        office.do("company.revise_person", **record_of(office, "finance") | {"boss_id": ids["sales"]})
    fault = caught[0].params["faults"][0]
    assert (fault["field"], fault["params"]["circle"]) == (
        "boss_id",
        "Pessoa finance → Pessoa sales → Pessoa stock → Pessoa finance",
    )
    with refused(office, "company.boss_circle"):
        office.do("company.revise_person", **record_of(office, "finance") | {"boss_id": ids["finance"]})


def test_the_database_refuses_a_circle_too(office: Office) -> None:
    first, second = person(office, "sales").id, person(office, "stock").id
    office.do("company.revise_person", **record_of(office, "sales") | {"boss_id": second})
    statement = api.person.update().values(boss_id=first)
    with office.store.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="boss_circle"):
            connection.execute(statement.where(api.person.c.id == second))
        connection.rollback()
        with pytest.raises(DBAPIError, match=r"boss_circle|own_boss"):
            connection.execute(statement.where(api.person.c.id == first))


def test_a_circle_closed_by_two_at_once_is_refused_by_the_database(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = person(office, "sales").id, person(office, "stock").id
    office.do("company.revise_person", **record_of(office, "sales") | {"boss_id": second})
    # What the handler would see had the other person's change come after its look.
    monkeypatch.setattr(rules, "circle", lambda *asked: ())
    for boss in (first, second):
        with refused(office, "company.boss_circle_guard"):
            office.do("company.revise_person", **record_of(office, "stock") | {"boss_id": boss})


def test_the_last_administrator_stays_one(office: Office) -> None:
    with refused(office, "company.last_administrator"):
        office.do("company.revise_person", **record_of(office, "ana") | {"roles": ["sales"]})
    other = person(office, "administrator")
    office.do("company.set_password", person_id=other.id, password="segredo456")
    row = office.do("company.revise_person", **record_of(office, "ana") | {"roles": ["sales"]}).rows[0]
    assert row.roles == ("sales",)


def test_only_what_changes_needs_a_right(office: Office) -> None:
    with acting(office, "hr"):
        row = office.do("company.revise_person", **record_of(office, "finance") | {"department": "finance"}).rows[0]
        assert (row.department, row.roles) == ("finance", ("finance",))
        for login, roles in (("finance", []), ("finance", ["finance", "accounting"]), ("sales", ["commercial"])):
            with refused(office, "company.role_not_yours_to_give") as caught:
                office.do("company.revise_person", **record_of(office, login) | {"roles": roles})
            assert caught[0].field == "roles"
        both = record_of(office, "finance") | {"roles": ["finance", "sales"]}
        row = office.do("company.revise_person", **both).rows[0]
        assert row.roles == ("finance", "sales")
        row = office.do("company.revise_person", **record_of(office, "finance") | {"roles": ["finance"]}).rows[0]
        assert row.roles == ("finance",)


def test_a_role_taken_away_holds_no_more(office: Office) -> None:
    office.do("company.revise_person", **record_of(office, "sales") | {"roles": ["stock", "sales"]})
    office.act_as("sales")
    assert office.actor.may("inventory.receive_stock")
    office.act_as("ana")
    office.do("company.revise_person", **record_of(office, "sales") | {"roles": ["sales"]})
    office.act_as("sales")
    assert not office.actor.may("inventory.receive_stock")
    assert office.actor.may("sales.confirm_order")


@pytest.mark.parametrize("own", [{"roles": ["hr", "sales"]}, {"roles": []}, {"all_branches": True}])
def test_nobody_changes_their_own_rights(office: Office, own: dict[str, Any]) -> None:
    with acting(office, "hr"):
        with refused(office, "company.own_rights"):
            office.do("company.revise_person", **record_of(office, "hr") | own)
        row = office.do("company.revise_person", **record_of(office, "hr") | {"email": "rh@silva.com.br"}).rows[0]
    assert row.email == "rh@silva.com.br"


def test_nobody_gives_themselves_another_branch(office: Office) -> None:
    second = office.do("company.add_branch", code="2", name="Filial Rio").value["id"]
    with acting(office, "hr"):
        for own in ({"branch_id": second}, {"branches": ["2"]}):
            with refused(office, "company.own_rights"):
                office.do("company.revise_person", **record_of(office, "hr") | own)


def test_a_branch_is_given_by_who_works_there(office: Office) -> None:
    office.do("company.add_branch", code="2", name="Filial Rio")
    office.do("company.revise_person", **record_of(office, "stock") | {"branches": ["2"]})
    with acting(office, "hr"):
        with refused(office, "company.other_branch"):
            office.do("company.revise_person", **record_of(office, "sales") | {"branches": ["2"]})
        with refused(office, "company.all_branches_not_yours_to_give"):
            office.do("company.revise_person", **record_of(office, "sales") | {"all_branches": True})
        # What the person has already stays, and may be taken away.
        office.do("company.revise_person", **record_of(office, "stock") | {"name": "Estoquista"})
        row = office.do("company.revise_person", **record_of(office, "stock") | {"branches": []}).rows[0]
    assert (row.name, row.branches) == ("Estoquista", ())
    office.do("company.revise_person", **record_of(office, "hr") | {"branches": ["2"]})
    with acting(office, "hr"):
        row = office.do("company.revise_person", **record_of(office, "sales") | {"branches": ["2"]}).rows[0]
    assert row.branches == ("2",)


def test_refusals(office: Office) -> None:
    record = record_of(office, "sales")
    with refused(office, "company.login_taken"):
        office.do("company.revise_person", **record | {"login": "stock"})
    with refused(office, "kernel.missing"):
        office.do("company.revise_person", **record | {"person_id": "0" * 32})
    with acting(office, "it"):
        with refused(office, "company.only_administrators"):
            office.do("company.revise_person", **record | {"roles": ["administrator"]})
        with refused(office, "company.only_administrators"):
            office.do("company.revise_person", **record_of(office, "ana"))
        with refused(office, "company.unknown_role"):
            office.do("company.revise_person", **record | {"roles": ["king"]})
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("company.revise_person", **record)
    office.do("company.lock_person", person_id=record["person_id"])
    with refused(office, "kernel.stale"):
        office.do("company.revise_person", **record)
