"""The command line as a script uses it: arguments in, one JSON object and an exit code out; nothing else is touched."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from retaguarda.app import cli

DONE, DEFECT, REFUSED, TROUBLE = 0, 1, 2, 3


@dataclass(frozen=True, slots=True)
class Answer:
    """What one call left: exit code, the JSON on standard output (None without any), the words on standard error."""

    code: int
    said: Any
    words: str


class Terminal:
    """Somebody at a prompt, in the name of `person`, over the database at `url`."""

    def __init__(self, url: str, capsys: pytest.CaptureFixture[str], person: str = "ana") -> None:
        self.url, self.person, self._capsys = url, person, capsys

    def call(self, *arguments: str, json_out: bool = True) -> Answer:
        """Runs `retaguarda` with these arguments and the database's address."""
        self._capsys.readouterr()
        code = cli.main([*arguments, "--db", self.url, *(["--json"] if json_out else [])])
        out, words = self._capsys.readouterr()
        return Answer(code, json.loads(out) if json_out and out.strip() else out or None, words)

    def do(self, name: str, /, **payload: Any) -> dict[str, Any]:
        """Carries out a command that must succeed; its value."""
        answer = self.call("do", name, json.dumps(payload), "--as", self.person)
        assert answer.code == DONE, answer
        value: dict[str, Any] = answer.said["value"]
        return value

    def refused(self, name: str, /, **payload: Any) -> dict[str, Any]:
        """Carries out a command that must be refused; what was said of it."""
        answer = self.call("do", name, json.dumps(payload), "--as", self.person)
        assert answer.code == REFUSED, answer
        said: dict[str, Any] = answer.said
        return said

    def show(self, name: str, where: Mapping[str, Any] | None = None, sort: str = "") -> list[dict[str, Any]]:
        """The rows of a query."""
        more = ("--sort", sort) if sort else ()
        answer = self.call("show", name, "--where", json.dumps(dict(where or {})), "--as", self.person, *more)
        assert answer.code == DONE, answer
        rows: list[dict[str, Any]] = answer.said["rows"]
        return rows

    def check(self) -> Answer:
        """Proves the database."""
        return self.call("check")

    def print(self, name: str, folder: Path, language: str, **params: Any) -> bytes:
        """A document, as it was written into the folder."""
        out = folder / f"{name}.{language}.pdf"
        asked = ("print", name, json.dumps(params), "--as", self.person, "--language", language, "--out", str(out))
        answer = self.call(*asked)
        assert (answer.code, answer.said["file"]) == (DONE, str(out)), answer
        return out.read_bytes()
