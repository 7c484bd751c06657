"""The tables that the institutes publish come in as they are: every row, against the file itself."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from retaguarda.app.headless import Office
from retaguarda.app.import_desk import ImportDesk
from retaguarda.kernel.imports.mapping import Mapped
from retaguarda.kernel.imports.port import Checked
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.reference import import_kind
from retaguarda.packs.br.tables import TABLES
from tests.modules.reference.editions import NAMED, changes, edition

FOLDER = Path(__file__).parents[3] / "shared" / "data" / "br"

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.skipif(not FOLDER.is_dir(), reason="the tables in ../shared/data/br are not there"),
]
SHIPPED = {one.name: {row.code: row for row in one.shipped.rows} for one in TABLES if one.shipped is not None}


def _rows(file: str) -> list[dict[str, str]]:
    with (FOLDER / file).open(encoding="utf-8-sig", newline="") as said:
        return list(csv.DictReader(said))


def _brought(office: Office, folder: Path, file: str, table: str, **columns: str) -> Checked:
    kind = import_kind(next(one for one in TABLES if one.name == table))
    named = {f"rows.{name}": column for name, column in columns.items()}
    mapped = Mapped(name=table, kind=kind, source=Source(file), spelling=Spelling(), columns=named)
    return ImportDesk(office, folder).bring(mapped.profile(), FOLDER, 0)


def test_every_municipality_with_its_state(office: Office, tmp_path: Path) -> None:
    told = _rows("ibge_municipios.csv")
    came = _brought(
        office, tmp_path, "ibge_municipios.csv", "municipality", code="codigo_ibge", name="nome", within="codigo_uf"
    )
    assert came.findings == ()
    assert came.recorded == len(told)
    key = came.made
    assert edition(office, key).rows == len(told) == 5571
    assert office.show("reference.edition_changes", {"edition_id": key, "change": "new"}, count=True).count == 5571
    office.do("reference.put_in_force", edition_id=key, **NAMED)
    states = {row["codigo_uf"]: row["uf"] for row in _rows("ibge_estados.csv")}
    found = {
        row.code: (row.name, row.within)
        for row in office.show("reference.codes", {"table_name": "municipality"}, limit=6000).rows
    }
    assert found == {row["codigo_ibge"]: (row["nome"], states[row["codigo_uf"]]) for row in told}
    assert {row.code: row.name for row in SHIPPED["state"].values()} == {
        row["uf"]: row["nome"] for row in _rows("ibge_estados.csv")
    }
    assert {row.note for row in SHIPPED["state"].values()} == {f"IBGE {number}" for number in states}


def test_every_bank_and_the_shipped_ones_are_among_them(office: Office, tmp_path: Path) -> None:
    told = _rows("bancos.csv")
    came = _brought(office, tmp_path, "bancos.csv", "bank", code="COMPE", name="ShortName", note="ISPB")
    assert (came.recorded, came.findings) == (len(told), ()) == (511, ())
    assert changes(office, came.made)["gone"] == set()
    ispb = {row["COMPE"]: row["ISPB"] for row in told}
    assert {code: row.note for code, row in SHIPPED["bank"].items()} == {c: f"ISPB {ispb[c]}" for c in SHIPPED["bank"]}
    office.do("reference.put_in_force", edition_id=came.made, **NAMED)
    assert office.show("reference.codes", {"table_name": "bank"}, count=True).count == 511
