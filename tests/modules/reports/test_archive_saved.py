"""Taking a saved report off every list: its owner alone."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.reports.saved import names, saved


def test_it_stands_in_no_list_and_its_name_is_free(office: Office) -> None:
    key = saved(office, roles=["sales"])
    office.do("reports.archive_saved", saved_id=key, version=1)
    assert names(office) == []
    with acting(office, "sales"):
        assert names(office) == []
    with refused(office, "kernel.missing"):
        office.do("reports.archive_saved", saved_id=key)
    saved(office)
    assert names(office) == ["Vendas do mês"]


def test_anybody_else_and_an_older_version_are_refused(office: Office) -> None:
    key = saved(office, roles=["sales"])
    with acting(office, "sales"), refused(office, "kernel.missing"):
        office.do("reports.archive_saved", saved_id=key)
    office.do("reports.revise_saved", saved_id=key, name="Novo")
    with refused(office, "kernel.stale"):
        office.do("reports.archive_saved", saved_id=key, version=1)
