"""What the papers of billing share: the company's head, the key they are asked by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from retaguarda.kernel.document import KeyValues
from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.text import Texts


def key_of(params: Mapping[str, Any], name: str) -> str:
    """The key that a document is asked by; refuses to go without it."""
    if not params.get(name):
        raise Invalid(Fault(name, "kernel.required"))
    return str(params[name])


def day_of(params: Mapping[str, Any], name: str) -> dt.date | None:
    """A day among the parameters, None when it is not there; refuses what is no day."""
    given = params.get(name)
    if given is None or isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(str(given))
    except ValueError:
        raise Invalid(Fault(name, "kernel.not_a_day")) from None


def facts(texts: Texts, **values: Any) -> KeyValues:
    """The facts that are there, each under its name; what is not there takes no room."""
    there = ((name, value) for name, value in values.items() if value not in (None, ""))
    return KeyValues(tuple((texts.say(f"billing.paper.{name}"), texts.write(value)) for name, value in there))
