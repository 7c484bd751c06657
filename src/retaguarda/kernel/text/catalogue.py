"""The catalogue: codes to texts, in both languages, one file per module and language, read when first asked for.

A text names its parameters and how each is written: `"Faltam {missing:quantity} de {product}."`. Values may be typed
or the strings that JSON keeps, so a failure reads the same from memory, journal or database. A table with `one` and
`other` is a plural by the parameter `n`; a table with `cause` and `action` is what a person reads when something
went wrong.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from retaguarda.kernel.resource import find_resource
from retaguarda.kernel.text import formats
from retaguarda.kernel.text.languages import CURRENCIES, language_of

Forms = Mapping[str, str]
"""A text by plural form; a text without plural has `other` only."""
_PLACE = re.compile(r"\{([a-z_][a-z0-9_]*)(?::([a-z_]+))?\}")
_CODE = re.compile(r"[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)+")
_NOTHING = "—"
_HELP = "help."


@dataclass(frozen=True, slots=True)
class Entry:
    """One code's text: `text` is what is said (or the cause), `action` what to do, for refusals and troubles."""

    text: Forms
    action: Forms | None = None

    def places(self) -> set[tuple[str, str]]:
        """The parameters and their written kinds, over all forms."""
        forms = [*self.text.values(), *(self.action or {}).values()]
        return {(name, kind) for form in forms for name, kind in _PLACE.findall(form)}


class MissingText(LookupError):
    """A code without text, or a text without its parameter: a defect that tests must find."""


def read_catalogue(path: Path) -> dict[str, Entry]:
    """The entries of one file; raises ValueError naming file and code where an entry has no known form."""
    with path.open("rb") as file:
        return {code: _entry(raw, f"{path.name}: {code}") for code, raw in tomllib.load(file).items()}


class Worded:
    """A value that knows how it is said: what is put together of several texts."""

    __slots__ = ()

    def said(self, texts: Texts) -> str:
        """The words of it."""
        raise NotImplementedError


class Texts:
    """The texts of one language, with instants as the clock of `zone` shows them and amounts in `currency`.

    `strict` raises MissingText where production shows the code itself: a person can still read it to support.
    """

    def __init__(
        self,
        language: str,
        *,
        zone: dt.tzinfo = dt.UTC,
        currency: str = "BRL",
        strict: bool = False,
        folder: Path | None = None,
    ) -> None:
        self.language = language_of(language).code
        self.zone = zone
        self.symbol = CURRENCIES[currency]
        self.strict = strict
        self._folder = folder or find_resource("resources", "i18n")

    def has(self, code: str) -> bool:
        """Whether the code has a text."""
        return self.entry(code) is not None

    def say(self, code: str, /, **params: Any) -> str:
        """The text of the code with its parameters; for a refusal its cause and action, one after the other."""
        entry = self.entry(code)
        if entry is None:
            return self._missing(code)
        said = self._fill(code, entry.text, params)
        return said if entry.action is None else f"{said} {self._fill(code, entry.action, params)}"

    def cause(self, code: str, /, **params: Any) -> str:
        """What happened and why."""
        entry = self.entry(code)
        return self._missing(code) if entry is None else self._fill(code, entry.text, params)

    def action(self, code: str, /, **params: Any) -> str:
        """What to do about it; empty for a text that is no refusal."""
        entry = self.entry(code)
        if entry is None:
            return self._missing(code)
        return "" if entry.action is None else self._fill(code, entry.action, params)

    def codes(self, prefix: str) -> tuple[str, ...]:
        """What stands right under a prefix: each is the last word of a code that has a text."""
        known = _module_entries(self._folder, prefix.partition(".")[0], self.language)
        rests = (code.removeprefix(f"{prefix}.") for code in known if code.startswith(f"{prefix}."))
        return tuple(rest for rest in rests if "." not in rest)

    def words(self, said: str) -> str:
        """What a person typed, as it is; what the program put in its place is a code, and is said."""
        return self.say(said) if _CODE.fullmatch(said) and self.has(said) else said

    def write(self, value: Any, kind: str = "") -> str:
        """One value as a text shows it: by its written kind (`amount`, `date` …) or, without one, by its type."""
        if value is None:
            return _NOTHING
        if kind == PHRASES:
            return " ".join(self.say(phrase["code"], **phrase) for phrase in value)
        if isinstance(value, list | tuple):
            items = [self.write(item, kind) for item in value]
            return ("; " if any("," in item for item in items) else ", ").join(items)
        writer = _WRITERS.get(kind)
        return self._by_type(value) if writer is None else writer(self, value)

    def day(self, instant: dt.datetime) -> dt.date:
        """The calendar day of an instant, where the clock of `zone` is."""
        return instant.astimezone(self.zone).date()

    def entry(self, code: str) -> Entry | None:
        """The entry of the code, from its module's file: the word before the first point, but for `help.` before it."""
        module = code.removeprefix(_HELP).partition(".")[0]
        return _module_entries(self._folder, module, self.language).get(code)

    def _by_type(self, value: Any) -> str:
        if isinstance(value, bool):
            return formats.format_flag(value, self.language)
        if isinstance(value, Decimal):
            return formats.format_quantity(value, self.language)
        if isinstance(value, dt.datetime):
            return formats.format_instant(value, self.language, self.zone)
        if isinstance(value, dt.date):
            return formats.format_date(value, self.language)
        if isinstance(value, dt.time):
            return formats.format_time(value)
        if isinstance(value, dt.timedelta):
            return formats.format_duration(value, self.language)
        return value.said(self) if isinstance(value, Worded) else str(value)

    def _fill(self, code: str, forms: Forms, params: Mapping[str, Any]) -> str:
        form = "other"
        if len(forms) > 1 and "n" in params:
            number = _number(params["n"])
            form = language_of(self.language).plural(number)
            form = "zero" if number == 0 and "zero" in forms else form
        elif len(forms) > 1 and self.strict:
            raise MissingText(f"{code} needs n")

        def place(match: re.Match[str]) -> str:
            if match[1] not in params:
                if self.strict:
                    raise MissingText(f"{code} needs {match[1]}")
                return _NOTHING
            return self.write(params[match[1]], match[2] or "")

        return _PLACE.sub(place, forms.get(form, forms["other"]))

    def _missing(self, code: str) -> str:
        if self.strict:
            raise MissingText(code)
        return code


def _number(value: Any) -> Decimal:
    return Decimal(value) if isinstance(value, int | Decimal) else Decimal(str(value))


def _day(value: Any) -> dt.date:
    return value if isinstance(value, dt.date) else dt.date.fromisoformat(str(value))


def _instant(value: Any) -> dt.datetime:
    return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(str(value))


def _span(value: Any) -> dt.timedelta:
    return value if isinstance(value, dt.timedelta) else dt.timedelta(seconds=int(value))


Writer = Callable[[Texts, Any], str]
_WRITERS: Mapping[str, Writer] = {
    "amount": lambda texts, value: formats.format_amount(_number(value), texts.language, texts.symbol),
    "price": lambda texts, value: formats.format_price(_number(value), texts.language, texts.symbol),
    "number": lambda texts, value: formats.format_number(_number(value), texts.language),
    "quantity": lambda texts, value: formats.format_quantity(_number(value), texts.language),
    "percent": lambda texts, value: formats.format_percent(_number(value), texts.language),
    "date": lambda texts, value: formats.format_date(_day(value), texts.language),
    "day": lambda texts, value: formats.format_short_day(_day(value), texts.language),
    "long_day": lambda texts, value: formats.format_long_day(_day(value), texts.language),
    "month": lambda texts, value: formats.format_month(_day(value), texts.language),
    "instant": lambda texts, value: formats.format_instant(_instant(value), texts.language, texts.zone),
    "time": lambda texts, value: formats.format_time(_instant(value).astimezone(texts.zone)),
    "duration": lambda texts, value: formats.format_duration(_span(value), texts.language),
    "age": lambda texts, value: formats.format_age(_span(value), texts.language),
    "code": lambda texts, value: texts.say(str(value)),
    "words": lambda texts, value: texts.words(str(value)).rstrip(". "),
}
PHRASES = "phrases"
WRITTEN_KINDS = frozenset(_WRITERS) | {PHRASES}
"""What may stand after the colon of a parameter: `{total:amount}`, `{due_on:date}`, `{state:code}` (a nested text),
`{reason:words}` (what a person typed or a code, without the full stop it ends with),
`{lines:phrases}` (a list of mappings, each with its own `code` and parameters, said one after the other)."""


def _entry(raw: Any, where: str) -> Entry:
    if isinstance(raw, dict) and set(raw) == {"cause", "action"}:
        return Entry(_forms(raw["cause"], where), _forms(raw["action"], where))
    return Entry(_forms(raw, where))


def _forms(raw: Any, where: str) -> Forms:
    if isinstance(raw, str):
        return {"other": raw}
    if isinstance(raw, dict) and {"one", "other"} <= set(raw) <= {"zero", "one", "other"}:
        return raw
    raise ValueError(f"{where} is neither a text, nor a plural (one, other), nor a refusal (cause, action)")


@cache
def _module_entries(folder: Path, module: str, language: str) -> Mapping[str, Entry]:
    path = folder / f"{module}.{language}.toml"
    return read_catalogue(path) if path.is_file() else {}
