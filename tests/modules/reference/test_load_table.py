"""A table comes in whole, as an edition that waits; what it changes can be seen before anything does."""

from __future__ import annotations

from retaguarda.app.headless import Office
from retaguarda.kernel.model import table_of
from retaguarda.kernel.reference import ReferenceRow
from retaguarda.modules.reference.rules import checksum
from retaguarda.packs.br.tables import TABLES
from tests.helpers.company import acting, refused
from tests.helpers.guards import refused_by_database
from tests.modules.reference.editions import changes, codes, edition, in_force, loaded, table


def test_it_waits_and_tells_what_it_would_change(office: Office) -> None:
    before = codes(office)
    assert (before["001"], before["756"], len(before)) == ("Banco do Brasil", "Sicoob", 34)
    assert table(office).state == "fresh"
    first = loaded(office, file="bancos.csv")
    key = loaded(office, ("1", "Banco do Brasil"), ("104", "Caixa"), ("999", "Banco Novo"), file="bancos.csv")
    assert edition(office, first).standing == "dropped"
    row = edition(office, key)
    assert (row.standing, row.rows, row.file, row.who) == ("waiting", 3, "bancos.csv", "Ana Prado")
    assert row.allowed == ("reference.put_in_force", "reference.drop_edition")
    assert table(office).waiting_id == key
    found = changes(office, key)
    # The shipped row of 001 says its ISPB, which the file does not.
    assert (found["new"], found["changed"]) == ({"999"}, {"001", "104"})
    assert found["gone"] == before.keys() - {"001", "104"}
    assert codes(office) == before


def test_a_place_belongs_to_a_holiday_and_a_state_to_a_municipality(office: Office) -> None:
    days = [
        {"code": "2026-12-08", "name": "Padroeira", "within": "sp / Campinas"},
        {"code": "2026-12-08", "name": "Padroeira", "within": "PE"},
        {"code": "12-25", "name": "Natal", "within": "BR"},
    ]
    office.do("reference.load_table", table="holiday", rows=days)
    cities = [{"code": "3509502", "name": "Campinas", "within": "35"}]
    key = office.do("reference.load_table", table="municipality", rows=cities).value["id"]
    (city,) = office.show("reference.edition_changes", {"edition_id": key}).rows
    assert (city.change, city.within, city.was) == ("new", "SP", None)
    waits = table(office, "holiday").waiting_id
    told = office.show("reference.edition_changes", {"edition_id": waits, "change": "new"}).rows
    assert {(row.code, row.within) for row in told} == {("2026-12-08", "SP/Campinas"), ("2026-12-08", "PE")}


def test_what_is_wrong_is_told_row_by_row_and_nothing_comes(office: Office) -> None:
    with refused(office, "reference.code_twice") as caught:
        loaded(office, ("1", "Um"), ("1234", "Quatro"), ("001", "Um de novo"))
    faults = {fault["field"]: fault["code"] for fault in caught[0].params["faults"]}
    assert faults == {"rows.2.code": "br.not_a_bank", "rows.3.code": "reference.code_twice"}
    for name, bad, code in (
        ("municipality", "9900001", "br.not_a_city"),
        ("state", "S1", "br.not_a_state"),
        ("holiday", "02-30", "br.not_a_holiday"),
        ("unit", "M²", "br.not_a_unit"),
    ):
        with refused(office, code):
            loaded(office, (bad, "Nada"), table=name)
    with refused(office, "reference.unknown_table"):
        loaded(office, table="planet")
    with acting(office, "commercial"), refused(office, "kernel.forbidden"):
        loaded(office)


def test_the_database_takes_no_row_later_and_changes_none(office: Office) -> None:
    key = in_force(office)
    row = table_of(ReferenceRow)
    with office.store.engine.connect() as connection:
        (one, *_) = connection.execute(row.select().where(row.c.edition_id == key)).mappings()
    late = row.insert().values(**{**one, "id": "0" * 32, "code": "998"})
    assert refused_by_database(office, late) == "reference.edition_stays"
    assert refused_by_database(office, row.update().values(name="Outro")) == "kernel.append_only"
    for change in ("rows = rows + 1", "checksum = 'x'", "table_name = 'unit'", "state = 'waiting'"):
        assert refused_by_database(office, f"UPDATE reference_edition SET {change}") == "reference.edition_stays"


def test_what_is_shipped_is_as_the_tables_themselves_ask() -> None:
    shipped = {one.name: one.shipped.rows for one in TABLES if one.shipped is not None}
    assert {name: len(rows) for name, rows in shipped.items()} == {"bank": 34, "state": 27, "holiday": 10, "unit": 32}
    for one in TABLES:
        rows = shipped.get(one.name, ())
        assert all(one.write(row) == row and one.valid(row) for row in rows)
        assert len({(row.code, row.within) for row in rows}) == len(rows)
        assert checksum(rows) == checksum(reversed(rows))
        assert not rows or checksum(rows) != checksum(rows[1:])


def test_the_tables_are_those_of_the_country(office: Office) -> None:
    names = [row.id for row in office.show("reference.tables").rows]
    assert names == ["bank", "municipality", "state", "holiday", "unit"]
    city = table(office, "municipality")
    assert (city.state, city.rows, city.age_days) == ("lacking", None, None)
