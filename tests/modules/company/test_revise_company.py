"""The company's own data."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused


def test_name_and_zone_change_and_the_open_office_knows(office: Office) -> None:
    row = office.show("company.company").rows[0]
    assert office.today().isoformat() == "2026-11-23"
    outcome = office.do(
        "company.revise_company",
        company_id=row.id,
        version=row.version,
        name="Silva Ltda",
        zone="Pacific/Kiritimati",
        language="en",
    )
    assert (outcome.rows[0].name, outcome.rows[0].version, outcome.rows[0].currency) == ("Silva Ltda", 2, "BRL")
    assert office.facts().name == "Silva Ltda"
    assert office.today().isoformat() == "2026-11-24"


def test_refusals(office: Office) -> None:
    row = office.show("company.company").rows[0]
    given = {"company_id": row.id, "name": "X", "zone": "UTC", "language": "en"}
    with refused(office, "company.unknown_zone"):
        office.do("company.revise_company", **given | {"zone": "Lua"})
    with refused(office, "kernel.stale"):
        office.do("company.revise_company", **given, version=9)
    with refused(office, "kernel.missing"):
        office.do("company.revise_company", **given | {"company_id": "0" * 32})
    with acting(office, "analyst"), refused(office, "kernel.forbidden"):
        office.do("company.revise_company", **given)
