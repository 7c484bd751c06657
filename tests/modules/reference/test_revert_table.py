"""The edition before is in force again; records keep what they say."""

from __future__ import annotations

from retaguarda.app.headless import Office
from tests.helpers.company import acting, refused
from tests.modules.reference.editions import codes, edition, in_force, table


def test_it_goes_back_edition_by_edition_and_no_further(office: Office) -> None:
    shipped = codes(office)
    first, second = in_force(office, ("001", "Um")), in_force(office, ("002", "Dois"))
    assert table(office).allowed == ("reference.revert_table",)
    assert office.do("reference.revert_table", table="bank").value["id"] == first
    assert codes(office) == {"001": "Um"}
    assert edition(office, second).standing == "before"
    office.do("reference.revert_table", table="bank")
    assert codes(office) == shipped
    assert table(office).allowed == ()
    with refused(office, "reference.none_before"):
        office.do("reference.revert_table", table="bank")
    with refused(office, "reference.none_before"):
        office.do("reference.revert_table", table="municipality")
    with acting(office, "finance"), refused(office, "kernel.forbidden"):
        office.do("reference.revert_table", table="bank")
