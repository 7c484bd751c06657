"""A reference table out of a file: through the window's port and the command line, whole or not at all."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.compose import book
from retaguarda.app.headless import Office
from retaguarda.app.import_desk import ImportDesk
from retaguarda.kernel.errors import Forbidden
from retaguarda.kernel.imports import profiles_named
from tests.helpers.company import acting, contents
from tests.helpers.desk import Desk
from tests.modules.reference.editions import changes, codes, edition, table

ROWS = "Código IBGE;Nome;UF\n3509502;Campinas;SP\n3550308;São Paulo;SP\n3304557;Rio de Janeiro;RJ\n"
SPELLED = {"encoding": "utf_8", "delimiter": "semicolon", "decimal": "comma", "dates": "dmy"}


def chosen(office: Office, folder: Path, rows: str, kind: str = "reference.municipality") -> tuple[Desk, Any]:
    """A file that was said how to read, as far as its check."""
    path = folder / ("tabela.csv" if "holiday" not in kind else "dias.csv")
    path.write_text(rows, encoding="utf-8")
    desk = Desk(office, book())
    desk.seat.importing = ImportDesk(office, folder / "profiles")
    state = desk.open("imports.wizard")
    desk.call(lambda: state.choose(kind=kind, path=str(path), **SPELLED))
    desk.press("go_on")
    assert state.columns["rows.code"]
    desk.press("go_on")
    return desk, state


def test_a_file_becomes_an_edition_that_waits(office: Office, tmp_path: Path) -> None:
    before = contents(office)
    desk, state = chosen(office, tmp_path, ROWS)
    assert (state.step, state.checked.recorded, state.checked.findings) == ("check", 3, ())
    assert contents(office) == before
    desk.press("go_on")
    assert (state.step, state.came.recorded, state.came.batch, state.goes_back) == ("done", 3, "", False)
    key = state.came.made
    row = edition(office, key)
    assert (row.standing, row.rows, row.file) == ("waiting", 3, "tabela.csv")
    assert changes(office, key)["new"] == {"3509502", "3550308", "3304557"}
    desk.press("go_on")
    assert (desk.state.screen.name, desk.state.key) == ("reference.edition_page", key)


def test_one_bad_row_keeps_all_out_and_is_named_with_its_place(office: Office, tmp_path: Path) -> None:
    before = contents(office)
    bad = "9999999;Lugar Nenhum;XX\n3509502;Campinas outra vez;SP\n;Sem código;SP\n"
    _, state = chosen(office, tmp_path, ROWS + bad.replace(";Sem", "123;Sem", 1))
    found = {(one.row, one.reason) for one in state.checked.findings}
    assert found == {(5, "br.not_a_city"), (6, "reference.code_twice"), (7, "br.not_a_city"), (1, "imports.whole")}
    assert (state.checked.recorded, state.checked.left_out) == (0, 6)
    assert state.reason_of("go_on").code == "imports.wizard.nothing_comes"
    _, state = chosen(office, tmp_path, "dia;nome\n31/02/2026;Nada\n", "reference.holiday")
    assert [one.reason for one in state.checked.findings] == ["imports.not_day"]
    assert contents(office) == before
    with acting(office, "stock"), pytest.raises(Forbidden):
        ImportDesk(office, tmp_path / "profiles").check(state.mapped.profile(), tmp_path, 1)


def test_a_bank_keeps_the_zeros_that_a_spreadsheet_took(office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "profiles"
    _, state = chosen(office, tmp_path, "compe;nome reduzido;ispb\n1;Banco do Brasil;ISPB 00000000\n", "reference.bank")
    (profile,) = profiles_named(state.name, folder)
    told = importing.bring_all(office, state.name, (profile,), tmp_path)
    assert (told["records"], told["recorded"], told["refused"], told["changed"]) == (1, 1, 0, True)
    assert table(office).waiting_id == told["made"]
    office.do(
        "reference.put_in_force", edition_id=told["made"], label="1", dated_on="2026-11-20", source="Banco Central"
    )
    assert codes(office) == {"001": "Banco do Brasil"}
    (tmp_path / "tabela.csv").write_text("compe;nome reduzido;ispb\nx;Nada;\n", encoding="utf-8")
    told = importing.bring_all(office, state.name, (profile,), tmp_path)
    assert (told["recorded"], told["refused"], told["changed"], told["made"]) == (0, 1, False, "")
    assert told["findings"][0]["reason"] == "br.not_a_bank"
