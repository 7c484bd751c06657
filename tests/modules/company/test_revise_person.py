"""Revising people: roles, branches, department, and whom they report to, never in a circle."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from retaguarda.app.headless import Office
from retaguarda.modules.company import rules
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
        held = text("SELECT count(*) FROM person_role WHERE person_id = :id")
        assert connection.scalar(held, {"id": row.id}) == 2


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
    statement = text("UPDATE person SET boss_id = :boss WHERE id = :id")
    with office.store.engine.connect() as connection:
        with pytest.raises(DBAPIError, match="boss_circle"):
            connection.execute(statement, {"boss": first, "id": second})
        connection.rollback()
        with pytest.raises(DBAPIError, match=r"boss_circle|own_boss"):
            connection.execute(statement, {"boss": first, "id": first})


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
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("company.revise_person", **record)
    office.do("company.lock_person", person_id=record["person_id"])
    with refused(office, "kernel.stale"):
        office.do("company.revise_person", **record)
