"""The command line with everything wrong that can be typed into it: words and an exit code, never a traceback."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.helpers import company
from tests.helpers.terminal import DONE, REFUSED, TROUBLE, Terminal


@pytest.fixture
def terminal(sqlite_template: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Terminal:
    return Terminal(company.copy_sqlite(sqlite_template, tmp_path / "company.db"), capsys)


GARBAGE = ["", "{", "[]", "7", '"x"', "null", "{} {}", '{"a": NaN}', "[" * 100_000, "1" * 5000, "\x00", "{'a': 1}"]


@pytest.mark.parametrize("payload", GARBAGE, ids=range(len(GARBAGE)))
def test_what_is_no_record_in_json(terminal: Terminal, payload: str) -> None:
    said = terminal.call("do", "company.add_person", payload, "--as", "ana")
    assert said.code == REFUSED
    assert said.said["told"][0]["code"] in ("kernel.bad_json", "kernel.not_a_record", "kernel.float_refused")
    shown = terminal.call("show", "company.people", "--where", payload, "--as", "ana")
    assert shown.code == REFUSED


def test_numbers_with_a_fraction_are_refused_by_name(terminal: Terminal) -> None:
    for payload in ('{"credit_limit": 12.5}', '{"a": [{"b": 1e3}]}', '{"a": Infinity}'):
        said = terminal.call("do", "party.set_credit_limit", payload, "--as", "ana").said
        assert said["told"][0]["code"] == "kernel.float_refused"
        assert "12.50" in said["told"][0]["action"]


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("do", "nothing.at_all", "{}"), "kernel.missing"),
        (("do", "company.add_person", "{}", "--id", "x"), "kernel.required"),
        (("do", "company.add_person", '{"login": "x", "name": "X"}', "--id", "x"), "kernel.bad_command_id"),
        (("show", "nothing.at_all"), "kernel.missing"),
        (("show", "company.people", "--sort", "nothing"), "kernel.unknown_field"),
        (("show", "company.people", "--limit", "0"), "kernel.page_size"),
        (("show", "company.people", "--limit", "-1"), "kernel.page_size"),
        (("show", "company.people", "--after", "{"), "kernel.bad_json"),
        (("show", "company.people", "--after", "[1]"), "kernel.bad_cursor"),
        (("print", "nothing.at_all"), "kernel.missing"),
        (("print", "billing.invoice", "[]"), "kernel.not_a_record"),
        (("print", "billing.invoice", "{}"), "kernel.required"),
        (("print", "billing.invoice", '{"invoice_id": 7}'), "kernel.missing"),
    ],
    ids=lambda v: " ".join(v)[:50] if isinstance(v, tuple) else "",
)
def test_refusals_say_what_to_do(terminal: Terminal, arguments: tuple[str, ...], code: str) -> None:
    said = terminal.call(*arguments, "--as", "ana")
    assert said.code == REFUSED, said
    assert code in {told["code"] for told in said.said["told"]}
    assert all(told["cause"] and told["action"] for told in said.said["told"])
    words = terminal.call(*arguments, "--as", "ana", "--language", "en", json_out=False)
    assert words.code == REFUSED
    assert words.words.strip()
    assert words.said is None


def test_who_is_nobody_or_says_nothing(terminal: Terminal, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert terminal.call("show", "company.people").said["told"][0]["field"] == "as"
    assert terminal.call("show", "company.people", "--as", "nobody").said["code"] == "company.unknown_person"
    monkeypatch.setenv("RETAGUARDA_PASSWORD_FILE", str(tmp_path / "nowhere"))
    assert terminal.call("show", "company.people", "--as", "ana").said["code"] == "kernel.no_password_file"
    (tmp_path / "secret").write_text("wrong\n")
    monkeypatch.setenv("RETAGUARDA_PASSWORD_FILE", str(tmp_path / "secret"))
    assert terminal.call("show", "company.people", "--as", "ana").said["code"] == "company.log_in_refused"
    (tmp_path / "secret").write_text(f"{company.PASSWORD}\n")
    assert terminal.call("show", "company.people", "--as", "ana").code == DONE


@pytest.mark.parametrize(
    ("url", "code", "exit_code"),
    [
        ("sqlite:////nowhere/x.db", "kernel.database_gone", TROUBLE),
        ("mysql://host/x", "kernel.unknown_engine", REFUSED),
        ("nonsense", "kernel.bad_address", REFUSED),
        ("postgresql://a:secret@host/x", "kernel.password_in_address", REFUSED),
    ],
)
def test_addresses(terminal: Terminal, url: str, code: str, exit_code: int) -> None:
    elsewhere = Terminal(url, terminal._capsys)
    said = elsewhere.call("show", "company.people", "--as", "ana")
    assert (said.said["code"], said.code) == (code, exit_code)
    assert "secret" not in json.dumps(said.said)


def test_a_command_sent_twice_is_carried_out_once(terminal: Terminal) -> None:
    arguments = ("do", "company.add_person", '{"login": "bia", "name": "Bia"}', "--as", "ana", "--id", "a" * 32)
    first, again = terminal.call(*arguments).said, terminal.call(*arguments).said
    assert (first["known"], again["known"]) == (False, True)
    assert first["value"] == again["value"]


def test_a_folder_that_cannot_be_written(terminal: Terminal, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = terminal.call("backup", "--folder", str(tmp_path / "file" / "copies"))
    assert (said.said["code"], said.code) == ("kernel.file_not_written", TROUBLE)
