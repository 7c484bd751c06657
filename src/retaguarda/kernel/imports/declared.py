"""Profiles as they are written down: TOML files in `resources/imports` and in a person's own folder.

A file is one profile, or several under `[profiles.<name>]` that come in one after the other and share what stands above
them. What cannot be understood is refused with its line: nothing of a profile is guessed or passed over.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from string import Formatter
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.imports.profile import Fields, Join, Mark, Part, Profile, Reading
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.imports.values import READ
from retaguarda.kernel.resource import find_resource

_SPELLING = ("encoding", "delimiter", "decimal", "dates", "zone")
_SHARED = (*_SPELLING, "file", "codes")
_OWN = ("command", "table", "key", "fields", "joins", "parts", "steps", "leaves_out")
_NAME = re.compile(r"[a-z][a-z0-9_]{0,18}")
_HEADER = re.compile(r"\s*\[(\[?)([^\]]+)\]")
_KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[\w-]+)\s*=""")
_PART = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")

type Path_ = tuple[str, ...]


def profile_names(own: Path | None = None) -> tuple[str, ...]:
    """The profiles that come with the program, and those in a person's `own` folder."""
    return tuple(sorted(_files(own)))


def profiles_named(name: str, own: Path | None = None) -> tuple[Profile, ...]:
    """The profiles in the file of that name, in their order, or one of them (`northwind.orders`).

    Refuses a name that there is not, naming those there are, and a file that is no profile, naming line and word.
    """
    stem, _, one = name.partition(".")
    path = _files(own).get(stem)
    if path is None:
        raise Invalid(Fault("profile", "imports.unknown_profile", {"known": ", ".join(profile_names(own))}))
    try:
        written = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        params = {"file": path.name, "detail": str(error)}
        raise Invalid(Fault("profile", "imports.profile.not_toml", params)) from error
    found = profiles_of(stem, written)
    chosen = tuple(profile for profile in found if not one or profile.name == name)
    if not chosen:
        known = ", ".join(profile.name for profile in found)
        raise Invalid(Fault("profile", "imports.unknown_profile", {"known": known}))
    return chosen


def _files(own: Path | None) -> dict[str, Path]:
    """Every file by its name; one of the person's own takes the place of one that came with the program."""
    folders = (find_resource("resources", "imports"), *((own,) if own else ()))
    paths = (path for folder in folders for path in sorted(folder.glob("*.toml")))
    return {path.stem: path for path in paths if _NAME.fullmatch(path.stem)}


def profiles_of(name: str, written: str) -> tuple[Profile, ...]:
    """The profiles that the text describes."""
    try:
        data = tomllib.loads(written)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        params = {"file": f"{name}.toml", "detail": str(error)}
        raise Invalid(Fault("profile", "imports.profile.not_toml", params)) from error
    top = _Said(f"{name}.toml", data, (), _lines(written))
    if "profiles" not in data:
        top.only((*_SHARED, *_OWN))
        return (_profile(name, top, top),)
    top.only((*_SHARED, "profiles"))
    return tuple(_profile(f"{name}.{part}", said, top) for part, said in top.tables("profiles"))


class _Said:
    """A table of a profile, with where it stands: asks for words and refuses what is none, by line."""

    def __init__(self, file: str, values: Mapping[str, Any], path: Path_, lines: Mapping[Path_, int]) -> None:
        self.file = file
        self.values = values
        self.path = path
        self.lines = lines

    def line(self, *more: str) -> int:
        """The line in which this place, or the nearest around it, begins."""
        path = (*self.path, *more)
        return next((self.lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in self.lines), 1)

    def refused(self, reason: str, *more: str, **params: Any) -> Invalid:
        place = ".".join((*self.path, *more))
        said = {"file": self.file, "line": self.line(*more), "place": place, **params}
        return Invalid(Fault("profile", f"imports.profile.{reason}", said))

    def only(self, known: tuple[str, ...]) -> None:
        for word in self.values:
            if word not in known:
                raise self.refused("unknown_word", word, known=", ".join(known))

    def text(self, word: str, default: str | None = None, among: tuple[str, ...] = ()) -> str:
        value = self.values.get(word, default)
        if value is None:
            raise self.refused("lacks", word=word)
        if not isinstance(value, str) or (among and value not in among):
            raise self.refused("wrong_value", word, value=str(value), known=", ".join(among) or "text")
        return value

    def text_or_texts(self, word: str, default: str | None = None) -> tuple[str, ...]:
        """One text, or several that stand for one in their order."""
        value = self.values.get(word)
        if not isinstance(value, list):
            return (self.text(word, default),)
        if not value or not all(isinstance(one, str) and one for one in value):
            raise self.refused("wrong_value", word, value=str(value), known="texts")
        return tuple(value)

    def table(self, word: str) -> _Said:
        value = self.values.get(word, {})
        if not isinstance(value, dict):
            raise self.refused("wrong_value", word, value=str(value), known="table")
        return _Said(self.file, value, (*self.path, word), self.lines)

    def tables(self, word: str) -> Iterator[tuple[str, _Said]]:
        inner = self.table(word)
        return ((name, inner.table(name)) for name in inner.values)

    def texts(self, word: str) -> dict[str, str]:
        inner = self.table(word)
        return {name: inner.text(name) for name in inner.values}


def _profile(name: str, said: _Said, top: _Said) -> Profile:
    said.only((*_OWN, *(_SHARED if said is top else (*_SPELLING, "file"))))
    if not _NAME.fullmatch(name.rpartition(".")[2]):
        raise said.refused("wrong_value", value=name, known="a-z 0-9 _")
    joins = _joins(said, top)
    leaves_out = said.table("leaves_out")
    keys = said.text_or_texts("key")
    return Profile(
        name=name,
        command=said.text("command"),
        spelling=_spelling(said, top),
        source=_source(said, top),
        key=keys[0],
        beside=keys[1:],
        fields=_fields(said, top, joins),
        joins=joins,
        parts={field: _part(part, top) for field, part in said.tables("parts")},
        steps=tuple(Mark(step, column, said.line("steps", step)) for step, column in said.texts("steps").items()),
        leaves_out={column: _values(leaves_out, column) for column in leaves_out.values},
        written=said.file,
        lines={word: said.line(word) for word in ("command", "key", "leaves_out", "fields")},
    )


def _spelling(said: _Said, top: _Said) -> Spelling:
    plain = Spelling()
    at = {word: said if word in said.values else top for word in _SPELLING}
    zone, encoding = at["zone"].text("zone", "UTC"), at["encoding"].text("encoding", plain.encoding)
    delimiter = at["delimiter"].text("delimiter", plain.delimiter)
    if len(delimiter) != 1:
        raise at["delimiter"].refused("wrong_value", "delimiter", value=delimiter, known=", ; \\t |")
    try:
        known_zone = ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise at["zone"].refused("wrong_value", "zone", value=zone, known="America/Sao_Paulo, UTC, …") from None
    try:
        "".encode(encoding)
    except (LookupError, ValueError):
        raise at["encoding"].refused("wrong_value", "encoding", value=encoding, known="utf-8, cp1252, …") from None
    return Spelling(
        encoding=encoding,
        delimiter=delimiter,
        decimal=at["decimal"].text("decimal", plain.decimal, (".", ",")),
        dates=at["dates"].text("dates", plain.dates, ("ymd", "dmy", "mdy")),
        zone=known_zone,
    )


def _source(said: _Said, top: _Said) -> Source:
    file = (said if "file" in said.values else top).text("file")
    if Path(file).name != file:
        raise said.refused("wrong_value", "file", value=file, known="a file's name without a folder")
    return Source(file, said.text("table", ""))


def _values(said: _Said, column: str) -> tuple[str, ...]:
    values = said.values[column]
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise said.refused("wrong_value", column, value=str(values), known="texts")
    return tuple(values)


def _part(said: _Said, top: _Said) -> Part:
    said.only(("file", "table", "by", "sort", "fields", "joins"))
    joins = _joins(said, top)
    by = said.text("by")
    return Part(_source(said, top), by, said.text("sort", by), _fields(said, top, joins), joins, said.line())


def _joins(said: _Said, top: _Said) -> dict[str, Join]:
    joins = {}
    for name, join in said.tables("joins"):
        join.only(("file", "table", "on", "by"))
        joins[name] = Join(_source(join, top), join.text("on"), join.text("by"), join.line())
    return joins


def _fields(said: _Said, top: _Said, joins: Mapping[str, Join]) -> Fields:
    fields = said.table("fields")
    if not fields.values:
        raise said.refused("lacks", word="fields")
    return {name: _field(fields, name, top, joins) for name in fields.values}


def _field(fields: _Said, name: str, top: _Said, joins: Mapping[str, Join]) -> Any:
    value = fields.values[name]
    if not isinstance(value, list):
        return _reading(fields, name, top, joins)
    entries = []
    for n, entry in enumerate(value, 1):
        if not isinstance(entry, dict):
            raise fields.refused("wrong_value", name, value=str(value), known="tables")
        said = _Said(fields.file, entry, (*fields.path, name, str(n)), fields.lines)
        entries.append({inner: _reading(said, inner, top, joins) for inner in entry})
    return tuple(entries)


def _reading(fields: _Said, name: str, top: _Said, joins: Mapping[str, Join]) -> Reading:
    line = fields.line(name)
    if isinstance(fields.values[name], str):
        place, column = _place(fields.text(name), joins)
        return Reading(column, place, line=line)
    said = fields.table(name)
    if "value" in said.values:
        said.only(("value",))
        return Reading(as_="given", value=said.values["value"], line=line)
    if "text" in said.values:
        said.only(("text",))
        return _template(said, joins, line)
    place, column = _place(said.text("column"), joins)
    if "brought_by" in said.values:
        said.only(("column", "brought_by"))
        return Reading(column, place, "brought", value=said.text("brought_by"), line=line)
    if "looks_in" in said.values:
        said.only(("column", "looks_in", "by"))
        return Reading(
            column, place, "looked_up", value=said.text("looks_in"), by=said.text_or_texts("by", "code"), line=line
        )
    said.only(("column", "as", "codes", "digits"))
    digits = said.values.get("digits")
    if digits is not None and (not isinstance(digits, int) or not 0 <= digits <= 10):
        raise said.refused("wrong_value", "digits", value=str(digits), known="0 … 10")
    return Reading(column, place, said.text("as", "text", tuple(READ)), _codes(said, top), digits=digits, line=line)


def _template(said: _Said, joins: Mapping[str, Join], line: int) -> Reading:
    text = said.text("text")
    try:
        asked = [found[1:] for found in Formatter().parse(text) if found[1] is not None]
    except ValueError:
        asked = []
    columns = tuple(column for column, how, changed in asked if column and not how and not changed)
    places = {_place(column, joins)[0] for column in columns}
    if len(places) != 1 or len(columns) != len(asked):
        raise said.refused("wrong_value", "text", value=text, known="{column}")
    (place,) = places
    return Reading(
        "", place, "template", value=text, columns=tuple(_place(column, joins)[1] for column in columns), line=line
    )


def _codes(said: _Said, top: _Said) -> Mapping[str, str] | None:
    if "codes" not in said.values:
        return None
    if isinstance(said.values["codes"], dict):
        return said.texts("codes")
    lists = top.table("codes")
    return lists.texts(said.text("codes", among=tuple(lists.values)))


def _place(said: str, joins: Mapping[str, Join]) -> tuple[str, str]:
    """The join and the column in it; a column of the table itself may have any name."""
    place, dot, column = said.partition(".")
    return (place, column) if dot and place in joins else ("", said)


def _lines(written: str) -> dict[Path_, int]:
    """The line of every table and word."""
    lines: dict[Path_, int] = {}
    table: Path_ = ()
    for number, text in enumerate(written.splitlines(), 1):
        if header := _HEADER.match(text):
            table = tuple(next(filter(None, found)) for found in _PART.findall(header[2]))
            if header[1]:
                n = 1 + sum(1 for path in lines if path[:-1] == table and path[-1].isdecimal())
                table = (*table, str(n))
            lines.setdefault(table, number)
        elif key := _KEY.match(text):
            lines.setdefault((*table, key[1].strip("\"'")), number)
    return lines
