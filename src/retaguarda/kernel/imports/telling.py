"""What was found about a row, as a person reads it: which column or field, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from retaguarda.kernel.text import Texts, Worded

OF_THE_FILE = "imports."
"""How the reasons begin that were found in the file: what they name is a column of it. Others name a field of the
command."""


@dataclass(frozen=True, slots=True)
class FoundAt(Worded):
    """Where something was found: a column as the file calls it; a field of the command as the forms do, so that
    `items.2.price` is "Items 2: Price"."""

    command: str
    field: str
    reason: str

    def said(self, texts: Texts) -> str:
        if self.reason.startswith(OF_THE_FILE):
            return self.field
        told: list[str] = []
        path: list[str] = []
        for part in self.field.split("."):
            if part.isdecimal() and told:
                told[-1] += f" {part}"
            else:
                path.append(part)
                told.append(self._called(texts, ".".join(path), part))
        return ": ".join(told)

    def _called(self, texts: Texts, path: str, part: str) -> str:
        places = (self.command, self.command.partition(".")[0])
        codes = (f"{place}.field.{name}" for place in places for name in (path, part))
        return next((texts.say(code) for code in codes if texts.has(code)), part)


def reason_of(texts: Texts, command: str, field: str, reason: str, params: Mapping[str, Any]) -> str:
    """The sentence of a finding, with the column or field before it."""
    said = texts.say(reason, **params)
    return f"{FoundAt(command, field, reason).said(texts)}: {said}" if field else said
