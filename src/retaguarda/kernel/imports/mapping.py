"""A mapping that a person makes by hand: which column of one table goes to which field.

It is written down as a profile, so that what is kept, what is shared and what is carried out are one thing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from retaguarda.kernel.fold import fold
from retaguarda.kernel.imports.declared import profiles_of
from retaguarda.kernel.imports.profile import ANY, Profile, Reading, flat
from retaguarda.kernel.imports.source import Source, Spelling
from retaguarda.kernel.incoming import ImportField, ImportKind
from retaguarda.kernel.text import LANGUAGES, Texts

STEPS = "steps."
_WORD = re.compile(r"[a-z0-9]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mapped:
    """What somebody chose: the kind of records, the table, how it is written, the column that tells the records apart,
    and the column of each field."""

    name: str
    kind: ImportKind
    source: Source
    spelling: Spelling
    columns: Mapping[str, str]

    @property
    def key(self) -> str:
        """The column that tells the records apart; empty while none of those that may is there."""
        return next((self.columns[name] for name in self.kind.key if name in self.columns), "")

    @property
    def beside(self) -> tuple[str, ...]:
        """The columns that tell the records apart together with it."""
        return tuple(self.columns[name] for name in self.kind.beside if name in self.columns)

    @property
    def lacking(self) -> tuple[str, ...]:
        """The fields that no column goes to and that every record needs, or every part that it has."""
        lists = {self.kind.parts} - {name.partition(".")[0] for name in self.columns}
        needed = (one.name for one in self.kind.fields if one.required and one.name.partition(".")[0] not in lists)
        return tuple(name for name in needed if name not in self.columns)

    def written(self) -> str:
        """The profile, as a text."""
        return "\n".join(_written(self)) + "\n"

    def profile(self) -> Profile:
        """The profile that the text describes."""
        (found,) = profiles_of(self.name, self.written())
        return found


def _written(mapped: Mapped) -> Iterator[str]:
    kind, source, spelling = mapped.kind, mapped.source, mapped.spelling
    yield f"file = {_said(source.file)}"
    if source.table:
        yield f"table = {_said(source.table)}"
    yield f"command = {_said(kind.command)}"
    yield f"encoding = {_said(spelling.encoding)}"
    yield f"delimiter = {_said(spelling.delimiter)}"
    yield f"decimal = {_said(spelling.decimal)}"
    yield f"dates = {_said(spelling.dates)}"
    yield f"zone = {_said(str(spelling.zone))}"
    yield f"key = {_said([mapped.key, *mapped.beside] if mapped.beside else mapped.key)}"
    mapped_to = [one for one in kind.fields if one.name in mapped.columns and not one.is_key]
    here = [one for one in mapped_to if not one.passes_over and not one.name.startswith(STEPS)]
    yield "\n[fields]"
    for name, value in kind.given.items():
        if name not in mapped.columns:
            yield f"{name} = {{ value = {_said(value)} }}"
    yield from (_line(one.name, one, mapped) for one in here if "." not in one.name)
    lists = dict.fromkeys(one.name.partition(".")[0] for one in here if "." in one.name)
    for name in lists:
        if name == kind.parts:
            yield f"\n[parts.{name}]\nfile = {_said(source.file)}\ntable = {_said(source.table)}"
            yield f"by = {_said(mapped.key)}\n\n[parts.{name}.fields]"
        else:
            yield f"\n[[fields.{name}]]"
        for one in here:
            head, _, inner = one.name.partition(".")
            if head == name and inner:
                yield _line(inner, one, mapped)
    yield from _apart(mapped, mapped_to)


def _apart(mapped: Mapped, mapped_to: Sequence[ImportField]) -> Iterator[str]:
    """The steps, and the rows that are no records."""
    if steps := [one for one in mapped_to if one.name.startswith(STEPS)]:
        yield "\n[steps]"
        yield from (f"{one.name.removeprefix(STEPS)} = {_said(mapped.columns[one.name])}" for one in steps)
    if passed := [one for one in mapped_to if one.passes_over]:
        yield "\n[leaves_out]"
        for one in passed:
            yield f"{_said(mapped.columns[one.name])} = {_said(_passed(mapped.kind, one))}"


def _passed(kind: ImportKind, one: ImportField) -> tuple[str, ...]:
    """The values by which a field passes a row over."""
    return tuple(sorted(_codes(kind, one))) if one.options else (ANY,)


def _line(name: str, one: ImportField, mapped: Mapped) -> str:
    said = [f"column = {_said(mapped.columns[one.name])}"]
    if one.looks_in:
        said += [f"looks_in = {_said(one.looks_in)}", f"by = {_said(one.by)}"]
    elif one.options:
        said.append(f"codes = {_said(_codes(mapped.kind, one))}")
    else:
        said.append(f"as = {_said(one.read)}")
        said += [f"digits = {one.digits}"] if one.digits is not None else []
    return f"{name} = {{ {', '.join(said)} }}"


def _codes(kind: ImportKind, one: ImportField) -> dict[str, str]:
    """What files call each of the options, in every language, however they write it."""
    return {
        form: option
        for option in one.options
        for said in headings(f"{kind.label(one.name)}.{option}")
        for form in (said.upper(), said.capitalize(), said.title(), said, option)
    }


def headings(code: str) -> list[str]:
    """What stands in the texts of a code, parted by commas, in every language."""
    every = (Texts(language) for language in LANGUAGES)
    said = [text for texts in every if texts.has(code) for text in texts.say(code).split(",")]
    return list(dict.fromkeys(text.strip() for text in said if text.strip()))


def _said(value: Any) -> str:
    """A value as TOML has it, which writes texts and lists as JSON does."""
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_said(str(name))} = {_said(one)}" for name, one in value.items()) + " }"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_said(one) for one in value) + "]"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def mapped_in(profile: Profile, kinds: Sequence[ImportKind]) -> Mapped | None:
    """What somebody chose, out of the profile that it was written down as; None for one that was written otherwise."""
    for kind in kinds:
        fields = {one.name: one for one in kind.fields}
        columns = {name: reading.column for name, reading in _readings(profile) if name in fields and reading.column}
        own_key = next((one.name for one in kind.fields if one.is_key), "")
        if own_key and profile.key not in columns.values():
            columns[own_key] = profile.key
        for one in kind.fields:
            passing = (name for name, values in profile.leaves_out.items() if values == _passed(kind, one))
            if one.passes_over and (column := next(passing, "")):
                columns[one.name] = column
        mapped = Mapped(name=profile.name, kind=kind, source=profile.source, spelling=profile.spelling, columns=columns)
        if profile.command == kind.command and mapped.key and not mapped.lacking and _alike(mapped, profile):
            return mapped
    return None


def _alike(mapped: Mapped, profile: Profile) -> bool:
    """Whether the profile says what the mapping says, wherever its lines stand."""
    return _plain(mapped.profile()) == _plain(profile)


def _plain(profile: Profile) -> tuple[object, ...]:
    readings = {name: replace(reading, line=0) for name, reading in _readings(profile)}
    keys, left_out = (profile.key, profile.beside), dict(profile.leaves_out)
    return profile.command, keys, profile.spelling, readings, set(profile.parts), profile.joins, left_out


def _readings(profile: Profile) -> Iterator[tuple[str, Reading]]:
    """Every field as a kind names it, in whatever list it stands."""
    for name, reading in flat(profile.fields):
        head, _, rest = name.partition(".")
        yield (f"{head}.{rest.partition('.')[2]}" if rest else name), reading
    for mark in profile.steps:
        yield f"{STEPS}{mark.step}", Reading(mark.column, as_="instant")
    for name, part in profile.parts.items():
        yield from ((f"{name}.{inner}", reading) for inner, reading in flat(part.fields))


def proposed(heading: Sequence[str], kind: ImportKind) -> dict[str, str]:
    """The column that each field probably has, by what columns are called in every language: first those that are
    called exactly so, then those that have all the words of one."""
    columns = {column: _words(column) for column in heading if column}
    labels = {one.name: kind.label(one.name) for one in kind.fields}
    wanted = {
        name: [_words(said) for code in (label, f"{label}.also") for said in headings(code)]
        for name, label in labels.items()
    }
    found: dict[str, str] = {}
    for name, names in wanted.items():
        column = next((c for c, words in columns.items() if words and words in names and c not in found.values()), None)
        if column is not None:
            found[name] = column
    for name, names in wanted.items():
        if name not in found:
            close = [
                (-len(said), column)
                for column, words in columns.items()
                for said in names
                if said and column not in found.values() and set(said) < set(words)
            ]
            if close:
                found[name] = min(close)[1]
    return found


def _words(said: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(said)))
