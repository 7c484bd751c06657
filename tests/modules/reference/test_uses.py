"""Where codes are used: the calendar, the records that would lose theirs, what is offered and what is pointed out."""

from __future__ import annotations

import datetime as dt

import pytest

from retaguarda.app.headless import Office
from retaguarda.kernel.errors import Forbidden
from retaguarda.modules.company import api as company
from tests.helpers.company import acting
from tests.modules.party.records import ADDRESS, add_customer
from tests.modules.reference.editions import NAMED, loaded

TUESDAY, WEDNESDAY, CHRISTMAS = dt.date(2026, 12, 8), dt.date(2026, 12, 9), dt.date(2026, 12, 25)
EASTER = dt.date(2027, 3, 28)


def _take(office: Office, table: str, *rows: dict[str, str]) -> None:
    key = office.do("reference.load_table", table=table, rows=list(rows)).value["id"]
    office.do("reference.put_in_force", edition_id=key, **NAMED)


def test_holidays_of_the_table_close_the_branches_they_are_for(office: Office) -> None:
    for code, state, city in (("2", "SP", "sao jose"), ("3", "RJ", "Niterói")):
        office.do("company.add_branch", code=code, name=f"Filial {code}", state=state, city=city)
    keys = {row.code: row.id for row in office.show("company.branches").rows}

    def closed(day: dt.date) -> dict[str, str | None]:
        return {code: company.calendar_of(office.reads(), key).closed_name(day) for code, key in keys.items()}

    assert closed(TUESDAY) == {"1": None, "2": None, "3": None}
    _take(
        office,
        "holiday",
        {"code": "12-08", "name": "Padroeira", "within": "SP/São José"},
        {"code": "2026-12-09", "name": "Dia do Estado", "within": "RJ"},
        {"code": "EASTER+60", "name": "Para todos"},
    )
    assert closed(TUESDAY) == {"1": None, "2": "Padroeira", "3": None}
    assert closed(WEDNESDAY) == {"1": None, "2": None, "3": "Dia do Estado"}
    assert set(closed(dt.date(2027, 12, 9)).values()) == {None}
    assert set(closed(EASTER + dt.timedelta(days=60)).values()) == {"Para todos"}
    # What the law says needs no table.
    assert set(closed(CHRISTMAS).values()) == {"Natal"}
    office.do("reference.revert_table", table="holiday")
    assert closed(TUESDAY)["2"] is None


def test_records_that_would_lose_their_code_are_named_to_who_may_see_them(office: Office) -> None:
    office.do("company.add_branch", code="2", name="Filial")
    branch = office.show("company.branches", {"code": "2"}).rows[0].id
    for name, bank, at in (
        ("Conta do Brasil", "001", None),
        ("Conta da filial", "104", branch),
        ("Sem banco", None, None),
    ):
        office.do("accounting.add_money_account", name=name, kind="bank", bank_code=bank, branch_id=at)
    unknown = office.do("accounting.add_money_account", name="Conta nova", kind="bank", bank_code="998")
    assert [(one.code, one.params) for one in unknown.warnings] == [("accounting.unknown_bank", {"bank": "998"})]
    again = {"money_account_id": unknown.value["id"], "name": "Conta nova", "bank_code": "104"}
    assert office.do("accounting.revise_money_account", **again).warnings == ()
    key = loaded(office, ("001", "Banco do Brasil"))

    def lost(use: str, edition: str) -> list[str]:
        page = office.show(f"reference.lost_{use}", {"edition_id": edition}, count=True)
        assert page.count == len(page.rows)
        return [row.name for row in page.rows]

    assert lost("money_accounts", key) == ["Conta da filial", "Conta nova"]
    with acting(office, "accounting"):
        assert lost("money_accounts", key) == ["Conta nova"]
    with acting(office, "stock"), pytest.raises(Forbidden):
        lost("money_accounts", key)
    units = loaded(office, ("KG", "Quilograma"), table="unit")
    assert "Unidade" in lost("units", units)
    assert "Quilograma" not in lost("units", units)


def test_a_city_is_offered_by_its_state_and_one_that_is_in_no_table_is_found(office: Office) -> None:
    for name, city in (("Bar do Zé", "Campinas"), ("Padaria Estrela", "Campinaz")):
        add_customer(office, name, addresses=[{**ADDRESS, "city": city, "state": "SP"}])

    def found() -> list[str]:
        return [row.detail for row in office.show("steward.party_findings", {"rule": "br.unknown_city"}).rows]

    assert found() == []
    campinas, goias = {"code": "3509502", "name": "Campinas"}, {"code": "5204706", "name": "Campinorte"}
    _take(office, "municipality", campinas, goias)
    assert found() == ["Campinaz"]
    with acting(office, "sales"):
        every = office.show("reference.city_choices", {"search": "campin"}).rows
        assert [(row.name, row.sub) for row in every] == [("Campinas", "SP"), ("Campinorte", "GO")]
        assert [
            row.code for row in office.show("reference.city_choices", {"search": "campin", "state": "GO"}).rows
        ] == ["5204706"]
        assert [row.code for row in office.show("reference.bank_choices", {"search": "341"}).rows] == ["341"]
    key = office.do("reference.load_table", table="municipality", rows=[goias]).value["id"]
    (row,) = office.show("reference.lost_cities", {"edition_id": key}).rows
    assert (row.name, row.code) == ("Bar do Zé", "Campinas")
    assert office.one("party.parties", row.record_id).name == "Bar do Zé"
