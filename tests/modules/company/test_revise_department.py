"""Renaming departments."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.modules.company import api
from tests.helpers.company import acting, refused


def test_the_name_changes_the_code_stays(office: Office) -> None:
    row = office.show("company.departments", {"code": "sales"}).rows[0]
    outcome = office.do("company.revise_department", department_id=row.id, version=1, name="Comércio")
    assert (outcome.rows[0].name, outcome.rows[0].code, outcome.rows[0].version) == ("Comércio", "sales", 2)
    assert [r.id for r in office.show("company.department_choices", {"search": "comercio"}).rows] == ["sales"]


def test_refusals(office: Office) -> None:
    row = office.show("company.departments", {"code": "sales"}).rows[0]
    with refused(office, "kernel.missing"):
        office.do("company.revise_department", department_id="0" * 32, name="X")
    with refused(office, "kernel.stale"):
        office.do("company.revise_department", department_id=row.id, version=2, name="X")
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("company.revise_department", department_id=row.id, name="X")
    with office.store.engine.begin() as connection:
        connection.execute(api.department.update().where(api.department.c.id == row.id).values(archived=True))
    with refused(office, "company.archived"):
        office.do("company.revise_department", department_id=row.id, name="X")
