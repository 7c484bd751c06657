"""Two records that are not the same stay two, and may be put side by side again."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.party.twins import record, twins


def test_dropped_is_nothing_changed(office: Office) -> None:
    two = twins(office)
    before = [record(office, one) for one in (two.kept, two.other)]
    key = office.do("party.propose_merge", party_id=two.kept, other_id=two.other).value["id"]
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.drop_merge", merge_id=key)
    with refused(office, "kernel.stale"):
        office.do("party.drop_merge", merge_id=key, version=5)
    outcome = office.do("party.drop_merge", merge_id=key, version=1)
    assert (outcome.rows[0].state, outcome.rows[0].allowed) == ("dropped", ())
    assert [record(office, one) for one in (two.kept, two.other)] == before
    for name in ("drop_merge", "merge_parties"):
        with refused(office, "party.merge.not_proposed"):
            office.do(f"party.{name}", merge_id=key)
    office.do("party.propose_merge", party_id=two.other, other_id=two.kept)
