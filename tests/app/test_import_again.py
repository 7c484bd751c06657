"""A row that was brought in before is known by its key, whatever it says now and whatever was taken back since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing
from retaguarda.app.headless import Office
from retaguarda.kernel.imports import profiles_named
from retaguarda.modules.imports import api as imports

PROFILE = """
command = "party.add_party"
file = "clientes.csv"
key = "cod"
[fields]
name = "nome"
notes = "nota"
customer = { value = true }
"""
LONG = "x" * 90


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clientes.toml").write_text(PROFILE, encoding="utf-8")
    return tmp_path


def bring(office: Office, folder: Path, *rows: str) -> dict[str, Any]:
    (folder / "clientes.csv").write_text("\n".join(("cod,nome,nota", *rows)), encoding="utf-8")
    return importing.bring_all(office, "clientes", profiles_named("clientes", folder), folder)


def came(told: dict[str, Any]) -> tuple[int, int, int]:
    return told["recorded"], told["known"], told["refused"]


def notes(office: Office) -> dict[str, str]:
    standing = [row for row in office.show("party.parties", {"customer": True}, sort="name").rows if not row.archived]
    found = {row.name: row.notes for row in standing}
    assert len(found) == len(standing)
    return found


def test_a_row_that_changed_is_told_and_makes_no_second_customer(office: Office, folder: Path) -> None:
    first = bring(office, folder, "1,Alfa,a", "2,Beta,b")
    told = bring(office, folder, "1,Alfa,a", "2,Beta,c")
    assert came(told) == (0, 1, 1)
    assert [(f["row"], f["key"], f["reason"]) for f in told["findings"]] == [(3, "2", "imports.changed_since")]
    assert notes(office) == {"Alfa": "a", "Beta": "b"}
    assert not bring(office, folder, "1,Alfa,a", "2,Beta,c")["changed"]
    office.do("imports.undo_batch", batch_id=first["batch"])
    assert came(bring(office, folder, "1,Alfa,a", "2,Beta,c")) == (2, 0, 0)
    assert notes(office) == {"Alfa": "a", "Beta": "c"}


def test_a_batch_taken_back_lets_the_rows_of_another_stand(office: Office, folder: Path) -> None:
    bring(office, folder, "1,Alfa,a", "2,Beta,b")
    later = bring(office, folder, "1,Alfa,a", "2,Beta,b", "3,Gama,c")
    office.do("imports.undo_batch", batch_id=later["batch"])
    assert came(bring(office, folder, "1,Alfa,a", "2,Beta,x", "3,Gama,c")) == (1, 1, 1)
    assert notes(office) == {"Alfa": "a", "Beta": "b", "Gama": "c"}


@pytest.mark.parametrize("at_once", [1, 200])
def test_a_key_twice_in_a_file_is_one_record(
    office: Office, folder: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", at_once)
    assert came(bring(office, folder, "1,Alfa,a", "1,Beta,b", "1,Alfa,a", "2,Gama,c")) == (2, 1, 1)
    assert notes(office) == {"Alfa": "a", "Gama": "c"}


def test_a_key_that_cannot_be_shown_whole_is_found_and_is_no_other(office: Office, folder: Path) -> None:
    assert came(bring(office, folder, f"{LONG}1,Alfa,a", f"{LONG}2,Beta,b", "a\x01b,Gama,c", "a b,Delta,d")) == (
        4,
        0,
        0,
    )
    names = {row.id: row.name for row in office.show("party.parties").rows}
    found = [imports.brought(office.reads(), "clientes", key) for key in (f"{LONG}1", f"{LONG}2", "a\x01b", "a b")]
    assert [names[key] for key in found if key] == ["Alfa", "Beta", "Gama", "Delta"]
    assert max(len(imports.outside_key(key)) for key in (f"{LONG}1", "\x01", "y" * 5000)) <= 80
