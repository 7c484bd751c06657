"""What was found about a row, as a person reads it: which column or field, and why."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.text import Texts

OF_THE_FILE = "imports."
"""How the reasons begin that were found in the file: what they name is a column of it. Others name a field of the
command."""


def reason_of(texts: Texts, command: str, field: str, reason: str, params: Mapping[str, Any]) -> str:
    """The sentence of a finding, with the column or field before it."""
    said = texts.say(reason, **params)
    place = field_of(texts, command, field, reason)
    return f"{place}: {said}" if place else said


def field_of(texts: Texts, command: str, field: str, reason: str) -> str:
    """A column as the file calls it; a field of the command as the forms do: `items.2.price` is "Items 2: Price"."""
    if not field or reason.startswith(OF_THE_FILE):
        return field
    module, path, said = command.partition(".")[0], "", ""
    for part in field.split("."):
        if part.isdecimal():
            said += f" {part}"
            continue
        path = f"{path}.{part}" if path else part
        codes = (f"{module}.field.{path}", f"{module}.field.{part}")
        named = next((texts.say(code) for code in codes if texts.has(code)), part)
        said = f"{said}: {named}" if said else named
    return said
