"""Two records side by side: what lacks in the kept one is proposed from the other, by keys and by screen."""

from __future__ import annotations

import pytest

from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.kernel.screen import TablePanel
from retaguarda.kernel.text import Texts
from retaguarda.modules.party.screens import MERGE_PAGE
from retaguarda.shell.translate import Words
from tests.helpers.company import acting, refused
from tests.helpers.desk import Desk
from tests.modules.party.records import add_customer
from tests.modules.party.twins import record, twins


def _sides(office: Office, key: str) -> dict[str, str]:
    return {row.field: row.side for row in office.show("party.merge_values", {"merge_id": key}).rows}


def test_what_lacks_is_proposed(office: Office) -> None:
    two = twins(office)
    before = [record(office, one) for one in (two.kept, two.other)]
    with acting(office, "analyst"):
        outcome = office.do("party.propose_merge", party_id=two.kept, other_id=two.other)
    assert outcome.rows[0].name == "Padaria São João + S. João Pães"
    key = outcome.value["id"]
    assert _sides(office, key) == {
        "name": "kept", "legal_name": "kept", "identity": "merged", "credit_limit": "kept", "block": "both",
        "notes": "kept", "addresses": "both", "contacts": "both",
    }  # fmt: skip
    rows = {row.field: (row.kept, row.merged) for row in office.show("party.merge_values", {"merge_id": key}).rows}
    assert rows["credit_limit"] == (100, 500)
    assert rows["identity"] == (None, "11.222.333/0001-81")
    assert rows["addresses"] == ("0", "1")
    # The limit is money in the person's language; what stands beside it is not.
    columns = next(panel for panel in MERGE_PAGE.panels if isinstance(panel, TablePanel)).columns
    values = {row.field: row for row in office.show("party.merge_values", {"merge_id": key}).rows}
    for language, limit in (("pt_BR", "R$\u00a0500,00"), ("en", "R$\u00a0500.00")):
        words = Words(Texts(language, currency="BRL"))
        said = {field: words.row_of(columns, row, field).cells[2] for field, row in values.items()}
        assert (said["credit_limit"], said["addresses"]) == (limit, "1")
    assert [record(office, one) for one in (two.kept, two.other)] == before


def test_refusals(office: Office) -> None:
    two = twins(office)
    with acting(office, "sales"), refused(office, "kernel.forbidden"):
        office.do("party.propose_merge", party_id=two.kept, other_id=two.other)
    with refused(office, "party.propose_merge.itself"):
        office.do("party.propose_merge", party_id=two.kept, other_id=two.kept)
    clerk = add_customer(office, "Dora Lima", kind="person", employee=True)
    with acting(office, "commercial"), refused(office, "kernel.forbidden"):
        office.do("party.propose_merge", party_id=two.kept, other_id=clerk)
    key = office.do("party.propose_merge", party_id=two.kept, other_id=two.other).value["id"]
    with refused(office, "party.propose_merge.stands"):
        office.do("party.propose_merge", party_id=two.other, other_id=two.kept)
    office.do("party.merge_parties", merge_id=key)
    third = add_customer(office, "Pães do Vale")
    with refused(office, "party.merged"):
        office.do("party.propose_merge", party_id=third, other_id=two.other)
    # Who keeps employees' records sees merges of them, and nobody else.
    office.do("party.propose_merge", party_id=third, other_id=clerk)
    with acting(office, "commercial"):
        assert office.show("party.merges", {"kept_name": "Pães do Vale"}, count=True).count == 0
        assert {row.field for row in office.show("party.merge_values").rows if row.kept == "Pães do Vale"} == set()


@pytest.mark.parametrize("company_url", ["sqlite"], indirect=True)
def test_from_a_finding_to_one_record_by_keys(office: Office) -> None:
    two = twins(office)
    twin = add_customer(office, "Padaria São João")
    desk = Desk(office, book())
    desk.open("steward.party_list", rule="party.same_name")
    desk.list.choose(next(n for n, row in enumerate(desk.list.rows) if row.record_id == two.kept))
    desk.press("merge")
    assert desk.state.screen.name == "party.merge_page"
    page, panel = desk.page, desk.page.panels["values"]
    page.choose("values", next(n for n, row in enumerate(panel.rows or ()) if row.field == "notes"))
    desk.call(lambda: page.press_in("values", "swap"))
    assert next(row.side for row in panel.rows or () if row.field == "notes") == "merged"
    desk.press("merge")
    desk.answer("go")
    assert (record(office, twin)["merged_into"], record(office, two.kept)["notes"]) == ("Padaria São João", "")
    desk.press("unmerge")
    desk.answer("go")
    assert (record(office, twin)["merged_into"], record(office, two.kept)["notes"]) == (None, "Paga em dia")
    desk.open("party.customer_page", two.kept)
    desk.press("merge")
    desk.set(other_id="S. João Pães")
    desk.press("save_close")
    assert desk.state.screen.name == "party.merge_page"
