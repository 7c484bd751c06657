"""A database that cannot be worked with, at the command line: cause, what can still be done, and exit code 3; and who
gets in without saying a password."""

from __future__ import annotations

import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from retaguarda.kernel import bus, schema
from retaguarda.kernel.stores import open_store
from tests.helpers import company
from tests.helpers.tampering import plain
from tests.helpers.terminal import DONE, REFUSED, TROUBLE, Answer, Terminal

ADD = ("do", "party.add_party", '{"name": "Padaria", "customer": true}')
LOOK = ("show", "party.parties")
BY_ANA = ("--as", "ana")
Wrong = contextlib.AbstractContextManager[object]


@pytest.fixture
def prompt(company_url: str, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(company_url, capsys)


@pytest.fixture
def file(sqlite_template: Path, tmp_path: Path) -> Path:
    path = tmp_path / "company.db"
    company.copy_sqlite(sqlite_template, path)
    return path


@pytest.fixture
def lite(file: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(f"sqlite:///{file}", capsys)


def troubled(prompt: Terminal, *arguments: str, code: str) -> list[str]:
    """Trouble, told in both languages, cause and action; in JSON under its code. The actions."""
    actions = []
    for language in ("pt_BR", "en"):
        told: Answer = prompt.call(*arguments, *BY_ANA, "--language", language)
        assert (told.code, told.said["code"]) == (TROUBLE, code), told
        (line,) = told.said["told"]
        assert line["cause"]
        assert line["action"]
        words = prompt.call(*arguments, *BY_ANA, "--language", language, json_out=False)
        assert (words.code, words.said) == (TROUBLE, None)
        assert line["cause"] in words.words
        assert line["action"] in words.words
        actions.append(line["action"])
    assert actions[0] != actions[1]
    return actions


@contextlib.contextmanager
def locked(file: Path) -> Iterator[None]:
    with contextlib.closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextlib.contextmanager
def full(_file: Path) -> Iterator[None]:
    """No file may grow: what is left of a disk that is full."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize(
    ("wrong", "codes", "looks"),
    [(locked, {"kernel.busy"}, True), (full, {"kernel.disk_full", "kernel.disk_fault"}, False)],
    ids=["locked", "full"],
)
def test_what_cannot_be_written_now_is_written_later(
    lite: Terminal, file: Path, monkeypatch: pytest.MonkeyPatch, wrong: Callable[[Path], Wrong], codes: set[str],
    looks: bool,
) -> None:  # fmt: skip
    monkeypatch.setattr(bus, "PATIENCE_S", 0.05)
    with wrong(file):
        told = lite.call(*ADD, *BY_ANA)
        assert (told.code, told.said["code"] in codes) == (TROUBLE, True), told
        assert told.said["told"][0]["cause"]
        assert told.said["told"][0]["action"]
        if looks:
            assert lite.call(*LOOK, *BY_ANA).code == DONE, "looking things up goes on"
    assert lite.call(*LOOK, *BY_ANA).said["rows"] == []
    assert lite.call(*ADD, *BY_ANA).code == DONE


def test_a_database_that_may_only_be_read(pg_server: str, request: pytest.FixtureRequest) -> None:
    prompt = Terminal(_server_company(request), request.getfixturevalue("capsys"))
    with plain(prompt.url) as connection:
        name = connection.execute(text("SELECT current_database()")).scalar()
        connection.execute(text(f'ALTER DATABASE "{name}" SET default_transaction_read_only = on'))
    assert any("look things up" in action for action in troubled(prompt, *ADD, code="kernel.read_only"))
    assert prompt.call(*LOOK, *BY_ANA).code == DONE


def _server_company(request: pytest.FixtureRequest) -> str:
    from tests.helpers import postgres

    admin = request.getfixturevalue("pg_server")
    url = postgres.new_database(admin, postgres.template(admin, "company", company.build))
    request.addfinalizer(lambda: postgres.drop_database(admin, url))
    return url


def test_a_database_that_is_gone(lite: Terminal, file: Path) -> None:
    file.unlink()
    troubled(lite, *LOOK, code="kernel.database_gone")
    assert not file.exists()


def test_a_file_that_is_damaged(lite: Terminal, file: Path) -> None:
    file.write_bytes(b"Dear Sir or Madam, " * 400)
    actions = troubled(lite, *LOOK, code="kernel.damaged")
    assert "backup" in actions[1]
    assert lite.call("check").code == TROUBLE


@pytest.mark.parametrize(
    ("mark", "code", "way"),
    [
        ("9", "kernel.newer_database", "or a newer one on this computer"),
        ("-1", "kernel.older_database", "retaguarda migrate"),
    ],
)
def test_a_database_of_another_version(prompt: Terminal, mark: str, code: str, way: str) -> None:
    store = open_store(prompt.url)
    try:
        schema.set_mark(store, "module.party", mark)
    finally:
        store.close()
    assert way in troubled(prompt, *LOOK, code=code)[1]
    assert prompt.call("check").said["code"] == code


def test_guards_that_were_changed(prompt: Terminal) -> None:
    with plain(prompt.url) as connection:
        on_table = " ON party" if connection.dialect.name == "postgresql" else ""
        connection.execute(text(f"DROP TRIGGER party_no_delete{on_table}"))
    troubled(prompt, *LOOK, code="kernel.triggers_changed")
    assert [f["id"] for f in prompt.check().said["findings"]] == ["party_no_delete"]


def test_a_company_that_is_no_sample_asks_for_the_password(
    db_url: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    prompt, secret = Terminal(db_url, capsys, "lia"), tmp_path / "secret"
    secret.write_text("segredo123\n")
    monkeypatch.setenv("RETAGUARDA_PASSWORD_FILE", str(secret))
    founded = prompt.call("new", json.dumps({"name": "Padaria Lua", "admin_name": "Lia", "admin_login": "lia"}))
    assert founded.code == DONE, founded
    assert prompt.show("party.parties") == []
    monkeypatch.delenv("RETAGUARDA_PASSWORD_FILE")
    refused = prompt.call(*LOOK, "--as", "lia")
    assert (refused.code, refused.said["code"]) == (REFUSED, "company.password_needed")
    assert "RETAGUARDA_PASSWORD_FILE" in refused.said["told"][0]["action"]
    assert prompt.check().code == DONE, "proving needs nobody"
    assert "segredo123" not in json.dumps([founded.said, refused.said])
