"""Changing a report of one's own making: what it shows changes, its name and its roles stay, nobody else may."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.reports.built import BY_CUSTOMER, built
from tests.modules.reports.saved import saved


def test_what_it_shows_is_changed_by_its_owner_alone(office: Office) -> None:
    key, shipped = built(office, roles=["sales"]), saved(office)
    changed = {**BY_CUSTOMER, "source": "party.customer_list", "columns": ["name"], "by": [], "totals": []}
    done = office.do("reports.revise_built", saved_id=key, version=1, **changed)
    assert done.value == {"id": key, "version": 2, "name": "Por cliente"}
    row = office.one("reports.saved", key)
    assert (row.cut, row.roles) == ("party.customer_list", ("sales",))
    assert (row.asked["columns"], row.asked["by"]) == (["name"], [])
    with refused(office, "kernel.stale"):
        office.do("reports.revise_built", saved_id=key, version=1, **changed)
    with refused(office, "shell.built.column_gone"):
        office.do("reports.revise_built", saved_id=key, **{**changed, "columns": ["moon"]})
    with refused(office, "kernel.missing"):
        office.do("reports.revise_built", saved_id=shipped, **changed)
    with acting(office, "sales"), refused(office, "kernel.missing"):
        office.do("reports.revise_built", saved_id=key, **changed)
    office.do("reports.archive_saved", saved_id=key)
    with refused(office, "kernel.missing"):
        office.do("reports.revise_built", saved_id=key, **changed)
