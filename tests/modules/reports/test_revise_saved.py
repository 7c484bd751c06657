"""Renaming and sharing a saved report: its owner alone."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.reports.saved import names, saved, scheduled


def test_it_has_another_name_and_other_roles(office: Office) -> None:
    key = saved(office, roles=["finance", "sales"])
    office.do("reports.revise_saved", saved_id=key, version=1, name="Fechamento", roles=["sales", "legal"])
    row = office.one("reports.saved", key)
    assert (row.name, row.roles, row.version) == ("Fechamento", ("legal", "sales"), 2)
    for login, found in (("finance", []), ("sales", ["Fechamento"]), ("legal", ["Fechamento"])):
        with acting(office, login):
            assert names(office) == found
    office.do("reports.revise_saved", saved_id=key, name="Fechamento", roles=["finance"])
    with acting(office, "finance"):
        assert names(office) == ["Fechamento"]


def test_anybody_else_and_an_older_version_are_refused(office: Office) -> None:
    key = saved(office, roles=["sales"])
    saved(office, "Outro")
    with acting(office, "sales"), refused(office, "kernel.missing"):
        office.do("reports.revise_saved", saved_id=key, name="Meu agora")
    with refused(office, "company.unknown_role"):
        office.do("reports.revise_saved", saved_id=key, name="X", roles=["boss"])
    with refused(office, "reports.name_taken"):
        office.do("reports.revise_saved", saved_id=key, name="Outro")
    office.do("reports.revise_saved", saved_id=key, version=1, name="Novo")
    with refused(office, "kernel.stale"):
        office.do("reports.revise_saved", saved_id=key, version=1, name="Velho")


def test_the_database_lets_nobody_change_whose_it_is(office: Office) -> None:
    scheduled(office)
    for table, column, code in (
        ("saved_report", "owner_id", "reports.saved_stays"),
        ("report_schedule", "person_id", "reports.schedule_stays"),
    ):
        sql = f"UPDATE {table} SET {column} = (SELECT id FROM branch LIMIT 1)"
        assert refused_by_database(office, sql) == code
