"""The rows that stayed out stand in a file of their layout, and come in by themselves once they are mended."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import importing, settings
from retaguarda.app.cli import main
from retaguarda.app.headless import Office
from retaguarda.app.import_errors import errors_into
from retaguarda.kernel.errors import Invalid
from retaguarda.kernel.imports import profiles_named

PROFILE = """
command = "party.add_party"
file = "clientes.csv"
key = "cod"
encoding = "cp1252"
delimiter = ";"
[fields]
name = "nome"
tax_id = "cnpj"
notes = "nota"
customer = { value = true }
[[fields.contacts]]
email = "correio"
"""
HEAD = "nota;cod;nome;cnpj;correio\r\n"
GOOD = "ok;1;Açaí;;\r\n"
WRONG = '"um; ""dois""\r\ntrês";2;Bolacha;123;\r\n=1+1;3;Café\r\n;4;Doce;;sem arroba\r\n'
KEPT_OUT = (
    "Por que ficou fora;nota;cod;nome;cnpj;correio\r\n"
    "CPF ou CNPJ: O CNPJ tem 14 caracteres. Confira se falta ou sobra algum.;"
    '"um; ""dois""\r\ntrês";2;Bolacha;123;\r\n'
    "cnpj: A linha não chega a esta coluna. correio: A linha não chega a esta coluna.;=1+1;3;Café\r\n"
    "Contatos 1: E-mail: “sem arroba” não é um endereço de e-mail. "
    "Digite um só endereço, como nome@empresa.com.br.;;4;Doce;;sem arroba\r\n"
)
MENDED = {";123;": ";11222333000181;", "Café\r\n": "Café;;\r\n", "sem arroba\r\n": "doce@loja.example\r\n"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "clientes.toml").write_text(PROFILE, encoding="utf-8")
    (tmp_path / "clientes.csv").write_text(HEAD + GOOD + WRONG, encoding="cp1252", newline="")
    return tmp_path


def bring(office: Office, folder: Path, file: str = "", errors: str = "erros.csv") -> dict[str, Any]:
    profiles = profiles_named("clientes", folder)
    if file:
        profiles = tuple(profile.out_of(file) for profile in profiles)
    return importing.bring_all(office, "clientes", profiles, folder, folder / errors)


def read(folder: Path) -> str:
    return (folder / "erros.csv").read_bytes().decode("cp1252")


def test_what_stayed_out_comes_in_by_itself_once_it_is_mended(office: Office, folder: Path) -> None:
    told = bring(office, folder)
    assert (told["recorded"], told["errors"]) == (1, {"file": str(folder / "erros.csv"), "rows": 3})
    assert read(folder) == KEPT_OUT
    assert bring(office, folder)["errors"]["rows"] == 3
    assert bring(office, folder, "erros.csv", "outros.csv")["errors"]["rows"] == 3
    assert (folder / "outros.csv").read_bytes() == (folder / "erros.csv").read_bytes()
    mended = KEPT_OUT
    for wrong, right in MENDED.items():
        assert wrong in mended
        mended = mended.replace(wrong, right)
    (folder / "erros.csv").write_text(mended, encoding="cp1252", newline="")
    told = bring(office, folder, "erros.csv", "outros.csv")
    assert (told["recorded"], told["refused"], told["unreadable"], told["errors"]["rows"]) == (3, 0, 0, 0)
    found = {row.name: row.notes for row in office.show("party.parties", {"customer": True}).rows}
    assert found == {"Açaí": "ok", "Bolacha": 'um; "dois"\r\ntrês', "Café": "=1+1", "Doce": ""}
    assert bring(office, folder)["errors"]["rows"] == 0
    assert read(folder) == KEPT_OUT.partition("\n")[0] + "\n"


def test_a_row_that_changed_is_told_in_the_file_of_errors(office: Office, folder: Path) -> None:
    bring(office, folder)
    (folder / "clientes.csv").write_text(HEAD + GOOD.replace("ok", "ko"), encoding="cp1252", newline="")
    assert bring(office, folder)["errors"]["rows"] == 1
    assert read(folder).partition("\n")[2].startswith("Uma importação deste perfil já o trouxe")
    (profile,) = profiles_named("clientes", folder)
    assert errors_into(folder / "en.csv", office, profile, folder, "en") == 1
    assert (folder / "en.csv").read_text(encoding="cp1252").startswith("Why it stayed out;nota;")


def test_a_name_that_cannot_be_is_refused_before_anything_comes_in(office: Office, folder: Path) -> None:
    (folder / "a").mkdir()
    for name, code in (
        ("erros.xlsx", "imports.errors.other_kind"),
        ("clientes.csv", "imports.errors.is_source"),
        ("a/../clientes.csv", "imports.errors.is_source"),
    ):
        with pytest.raises(Invalid) as caught:
            bring(office, folder, errors=name)
        assert caught.value.faults[0].code == code
    assert office.show("party.parties").rows == office.show("imports.batches").rows == ()


def test_by_the_command_line(
    sqlite_url: str, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "imports").mkdir()
    (folder / "imports" / "clientes.toml").write_text(PROFILE, encoding="utf-8")
    (folder / "imports" / "dois.toml").write_text(
        'file = "clientes.csv"\nencoding = "cp1252"\ndelimiter = ";"\n'
        '[profiles.um]\ncommand = "party.add_party"\nkey = "cod"\nfields = { name = "cod", tax_id = "nome" }\n'
        '[profiles.outro]\ncommand = "party.add_party"\nkey = "cod"\n'
        'fields = { name = "cod", customer = { value = true } }\n',
        encoding="utf-8",
    )
    monkeypatch.setattr(settings, "folder", lambda: folder)

    def told(profile: str, path: Path, code: int = 0) -> dict[str, Any]:
        line = ["import", "--profile", profile, str(path), "--db", sqlite_url, "--json"]
        assert main([*line, "--errors", str(folder / "erros.csv")]) == code
        answer: dict[str, Any] = json.loads(capsys.readouterr().out)
        return answer

    assert told("clientes", folder)["errors"]["rows"] == 3
    (folder / "mended.csv").write_text(KEPT_OUT.replace(";123;", ";;"), encoding="cp1252", newline="")
    assert told("clientes", folder / "mended.csv")["recorded"] == 1
    both = told("dois", folder)["profiles"]
    assert [(Path(one["errors"]["file"]).name, one["errors"]["rows"]) for one in both] == [
        ("erros-um.csv", 4),
        ("erros-outro.csv", 0),
    ]
    assert told("dois", folder / "mended.csv", 2)["told"][0]["code"] == "imports.one_profile"
