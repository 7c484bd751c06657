"""A list of products from an old program, brought in by keys alone: mangled, mended, twice, and out again."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog

from retaguarda.app.headless import Office
from retaguarda.shell import theme
from retaguarda.shell.palette import Palette
from tests.helpers import company
from tests.helpers.keyboard import Keyboard

ENTER, TAB, DOWN, SPACE, ESC = Qt.Key.Key_Return, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Space, Qt.Key.Key_Escape
CTRL = Qt.KeyboardModifier.ControlModifier
ROWS = """\
obs2;Valor de venda;Descrição do item;cod_barras;Ref;un
ver c/ Zé;1.289,90;Estante de aço;;T-4410;UN
;64,50;Martelo;7891234567895;T-4411;UN
;8O,00;Serrote;;T-4412;UN
"""


@pytest.fixture
def url(sqlite_template: Path, tmp_path: Path) -> str:
    return company.copy_sqlite(sqlite_template, tmp_path / "company.db")


@pytest.fixture
def office(url: str) -> Iterator[Office]:
    found = company.open_as(url)
    yield found
    found.close()


@pytest.fixture
def at(url: str, tmp_path: Path, qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Keyboard]:
    theme.apply(qapp, theme.LIGHT)
    monkeypatch.setenv("RETAGUARDA_HOME", str(tmp_path / "home"))
    made = Keyboard(url, tmp_path / "station")
    yield made
    made.end()


def go(at: Keyboard) -> None:
    """To the import by the palette."""
    at.key(Qt.Key.Key_K, CTRL)
    at.turn(lambda: any(palette.isVisible() for palette in at.desk.findChildren(Palette)))
    at.type_in("importar arquivo", 0)
    at.key(ENTER)
    at.turn(lambda: at.state.screen.name == "imports.wizard")
    at.turn(lambda: at.focus is at.front.view.file.combos["kind"])


def choose_file(at: Keyboard, path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(path), ""))
    at.key(Qt.Key.Key_O, CTRL)
    at.turn(lambda: at.state.choice.path == str(path))


def down(at: Keyboard, times: int) -> None:
    for _ in range(times):
        at.key(DOWN)


def on(at: Keyboard, step: str) -> None:
    """Enter goes on, wherever the keyboard is."""
    at.key(ENTER)
    at.turn(lambda: at.state.step == step and not at.state.doing)


def products(office: Office) -> dict[str, str]:
    rows = office.show("catalog.products", {"archived": False}).rows
    return {row.code: str(row.price) for row in rows if row.code.startswith("T-44")}


def test_a_mangled_file_comes_in_once_is_mended_and_goes_out_again(
    at: Keyboard, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, mended = tmp_path / "Produtos 2026.csv", tmp_path / "mended.csv"
    file.write_text(ROWS, encoding="cp1252")
    go(at)
    at.key(ENTER)  # nothing is chosen yet, and nothing is guessed
    assert set(at.state.faults) == {"kind", "path", "encoding", "delimiter", "decimal", "dates"}
    down(at, 3)
    choose_file(at, file, monkeypatch)
    for tabs, chosen in ((4, 2), (1, 1), (1, 1), (1, 2)):
        for _ in range(tabs):
            at.key(TAB)
        down(at, chosen)
    at.turn(lambda: at.state.looked is not None)
    choice = at.state.choice
    assert (choice.kind, choice.encoding, choice.delimiter) == ("catalog.products", "windows", "semicolon")
    assert (choice.decimal, choice.dates) == ("comma", "mdy")
    on(at, "columns")
    assert at.state.columns == {
        "code": "Ref", "name": "Descrição do item", "gtin": "cod_barras", "price": "Valor de venda", "unit_code": "un",
    }  # fmt: skip
    the_check_changes_nothing(at, office)
    on(at, "done")
    assert products(office) == {"T-4410": "1289.9000", "T-4411": "64.5000"}
    the_refused_rows_stand_in_a_file(at, mended, monkeypatch)
    again_there_is_nothing_to_bring(at, office, file, monkeypatch)
    mended.write_text(mended.read_text(encoding="cp1252").replace("8O,00", "80,00"), encoding="cp1252")
    for _ in range(2):
        at.key(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    at.turn(lambda: at.state.step == "file")
    choose_file(at, mended, monkeypatch)
    at.turn(lambda: at.state.looked is not None and at.state.looked.count == 1)
    for step in ("columns", "check", "done"):
        on(at, step)
    assert products(office)["T-4412"] == "80.0000"
    at.front.view.check.undo.setFocus(Qt.FocusReason.TabFocusReason)
    at.key(SPACE)
    at.turn(lambda: at.state.question is not None)
    at.key(SPACE)
    at.turn(lambda: at.state.undone)
    assert products(office) == {"T-4410": "1289.9000", "T-4411": "64.5000"}
    assert office.check() == []


def the_check_changes_nothing(at: Keyboard, office: Office) -> None:
    before = company.contents(office)
    on(at, "check")
    assert company.contents(office) == before  # it was tried and taken back
    assert at.front.view.go_on.text() == "Importar 2 válidas"
    (finding,) = at.state.checked.findings
    assert (finding.row, finding.field, finding.value, finding.reason) == (
        4, "Valor de venda", "8O,00", "imports.not_number",
    )  # fmt: skip


def the_refused_rows_stand_in_a_file(at: Keyboard, mended: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(mended), ""))
    at.key(Qt.Key.Key_E, CTRL)
    at.turn(mended.is_file)
    at.turn()
    refused = list(csv.reader(mended.read_text(encoding="cp1252").splitlines(), delimiter=";"))
    assert [row[1:] for row in refused[1:]] == [["", "8O,00", "Serrote", "", "T-4412", "UN"]]
    assert refused[1][0].startswith("Valor de venda: Não é um número.")


def again_there_is_nothing_to_bring(at: Keyboard, office: Office, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    after = company.contents(office)
    at.key(ESC)
    go(at)
    for _ in range(3):
        at.key(TAB)
    down(at, 1)  # the mapping that was kept says everything but the file
    choose_file(at, file, monkeypatch)
    at.turn(lambda: at.state.looked is not None)
    on(at, "columns")
    on(at, "check")
    assert (at.state.checked.recorded, at.state.checked.known, at.state.checked.left_out) == (0, 2, 1)
    at.key(ENTER)
    at.turn()
    assert at.state.step == "check"
    assert at.state.reason_of("go_on").code == "imports.wizard.nothing_comes"
    assert company.contents(office) == after
