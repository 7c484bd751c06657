"""A value is taken from one record or the other, as long as the merge is only proposed."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.party.twins import twins


def test_a_value_is_taken_and_given_back(office: Office) -> None:
    two = twins(office)
    key = office.do("party.propose_merge", party_id=two.kept, other_id=two.other).value["id"]

    def sides() -> set[str]:
        rows = office.show("party.merge_values", {"merge_id": key, "side": "merged"}).rows
        return {row.field for row in rows}

    office.do("party.choose_value", merge_id=key, field="name", side="merged", version=1)
    assert sides() == {"identity", "name"}
    office.do("party.choose_value", merge_id=key, field="identity", side="kept")
    office.do("party.choose_value", merge_id=key, field="identity", side="kept")
    assert sides() == {"name"}
    with refused(office, "kernel.stale"):
        office.do("party.choose_value", merge_id=key, field="name", side="kept", version=1)
    with refused(office, "kernel.not_a_choice"):
        office.do("party.choose_value", merge_id=key, field="archived", side="kept")
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        office.do("party.choose_value", merge_id=key, field="name", side="kept")
    office.do("party.drop_merge", merge_id=key)
    with refused(office, "party.merge.not_proposed"):
        office.do("party.choose_value", merge_id=key, field="name", side="kept")
