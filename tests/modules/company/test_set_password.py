"""Other people's passwords."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.company.records import SECRET, person, record_of


def test_a_person_without_password_gets_one(office: Office) -> None:
    row = person(office, "sales")
    assert row.status == "no_password"
    with acting(office, "it"):
        outcome = office.do("company.set_password", person_id=row.id, version=row.version, password=SECRET)
    assert outcome.rows[0].status == "active"
    office.log_in("sales", SECRET)
    assert office.actor.name == "Pessoa sales"


def test_nobody_sets_the_password_of_who_may_do_more(office: Office) -> None:
    with acting(office, "it"):
        for login in ("finance", "accounting", "commercial", "analyst", "hr", "legal"):
            with refused(office, "company.access_not_yours_to_give") as caught:
                office.do("company.set_password", person_id=person(office, login).id, password=SECRET)
            assert caught[0].params["name"] == f"Pessoa {login}"
        for login in ("sales", "stock", "delivery", "it"):
            office.do("company.set_password", person_id=person(office, login).id, password=SECRET)


def test_one_role_too_many_is_enough(office: Office) -> None:
    office.do("company.revise_person", **record_of(office, "sales") | {"roles": ["sales", "finance"]})
    with acting(office, "it"), refused(office, "company.access_not_yours_to_give") as caught:
        office.do("company.set_password", person_id=person(office, "sales").id, password=SECRET)
    assert caught[0].params["roles"] == ["Financeiro"]


def test_nobody_sets_the_password_of_who_sees_more_branches(office: Office) -> None:
    office.do("company.add_branch", code="2", name="Filial Rio")
    office.do("company.revise_person", **record_of(office, "sales") | {"branches": ["2"]})
    office.do("company.revise_person", **record_of(office, "stock") | {"all_branches": True})
    with acting(office, "it"):
        for login, code in (("sales", "company.other_branch"), ("stock", "company.all_branches_not_yours_to_give")):
            with refused(office, code):
                office.do("company.set_password", person_id=person(office, login).id, password=SECRET)


def test_refusals(office: Office) -> None:
    row = person(office, "sales")
    with acting(office, "it"), refused(office, "company.only_administrators"):
        office.do("company.set_password", person_id=person(office, "ana").id, password=SECRET)
    with acting(office, "hr"), refused(office, "kernel.forbidden"):
        office.do("company.set_password", person_id=row.id, password=SECRET)
    with refused(office, "kernel.too_short"):
        office.do("company.set_password", person_id=row.id, password="curta")
    with refused(office, "kernel.stale"):
        office.do("company.set_password", person_id=row.id, version=5, password=SECRET)
    office.do("company.archive_person", person_id=row.id)
    with refused(office, "company.archived"):
        office.do("company.set_password", person_id=row.id, password=SECRET)
