"""A value is taken from one record or the other, as long as the merge of products is only proposed."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.catalog.twins import twins


def test_a_value_is_taken_and_given_back(office: Office) -> None:
    key = twins(office).propose()

    def sides() -> set[str]:
        rows = office.show("catalog.merge_values", {"merge_id": key, "side": "merged"}).rows
        return {row.field for row in rows}

    office.do("catalog.choose_value", merge_id=key, field="name", side="merged", version=1)
    assert sides() == {"name", "note", "tax_code"}
    office.do("catalog.choose_value", merge_id=key, field="note", side="kept")
    assert sides() == {"name", "tax_code"}
    with refused(office, "kernel.stale"):
        office.do("catalog.choose_value", merge_id=key, field="name", side="kept", version=1)
    with refused(office, "kernel.not_a_choice"):
        office.do("catalog.choose_value", merge_id=key, field="price", side="kept")
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("catalog.choose_value", merge_id=key, field="name", side="kept")
    office.do("catalog.drop_merge", merge_id=key)
    with refused(office, "catalog.merge.not_proposed"):
        office.do("catalog.choose_value", merge_id=key, field="name", side="kept")
