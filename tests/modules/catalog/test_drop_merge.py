"""Two records stay as they are."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.catalog.twins import said, twins


def test_dropped_once_and_proposed_again(office: Office) -> None:
    two = twins(office)
    before = [said(office, one) for one in (two.kept, two.other)]
    key = two.propose()
    with acting(office, "stock"), refused(office, "kernel.forbidden"):
        office.do("catalog.drop_merge", merge_id=key)
    with refused(office, "kernel.stale"):
        office.do("catalog.drop_merge", merge_id=key, version=2)
    office.do("catalog.drop_merge", merge_id=key, version=1)
    assert office.one("catalog.merges", key).state == "dropped"
    assert [said(office, one) for one in (two.kept, two.other)] == before
    with refused(office, "catalog.merge.not_proposed"):
        office.do("catalog.drop_merge", merge_id=key)
    assert two.propose() != key
