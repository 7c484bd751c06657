"""A profile says how files become records: which files, which column is which field of a command, how values are read.

It is a TOML file in `resources/imports`; nothing in the program knows a source by name.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from retaguarda.kernel.errors import Fault, Invalid
from retaguarda.kernel.resource import find_resource


@dataclass(frozen=True, slots=True)
class Reading:
    """Where a field comes from: `column` of the file, or `file.column` of one that is joined to it; how it is read.

    `as_` is text, number, whole, day, instant (by the profile's clock), words (`casa_e_jardim` becomes `Casa e jardim`)
    or given (`value` for every record). `codes` names what a value of the file is called here.
    """

    column: str = ""
    as_: str = "text"
    codes: Mapping[str, str] | None = None
    value: Any = None


@dataclass(frozen=True, slots=True)
class Join:
    """A file that is looked up: its column `by` has what the column `on` says."""

    file: str
    on: str
    by: str


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of a file that belong to a record: those whose column `by` is its key, in the order of the column `sort`."""

    file: str
    by: str
    sort: str
    fields: Mapping[str, Reading]
    joins: Mapping[str, Join]


@dataclass(frozen=True, slots=True)
class Mark:
    """A step of the flow that the column says the time of."""

    step: str
    column: str


@dataclass(frozen=True, slots=True)
class Profile:
    """How one kind of source becomes records of one command."""

    name: str
    command: str
    encoding: str
    zone: ZoneInfo
    file: str
    key: str
    fields: Mapping[str, Reading]
    joins: Mapping[str, Join]
    parts: Mapping[str, Part]
    steps: tuple[Mark, ...]

    def files(self) -> tuple[str, ...]:
        """Every file that is read, the main one first."""
        parts = tuple(self.parts.values())
        joined = [j.file for joins in (self.joins, *(p.joins for p in parts)) for j in joins.values()]
        return tuple(dict.fromkeys((self.file, *joined, *(p.file for p in parts))))


def profile_names() -> tuple[str, ...]:
    """The profiles that come with the program."""
    return tuple(sorted(path.stem for path in find_resource("resources", "imports").glob("*.toml")))


def profile_named(name: str) -> Profile:
    """The profile of that name; refuses one that there is not, naming those there are."""
    if name not in profile_names():
        raise Invalid(Fault("profile", "imports.unknown_profile", {"known": ", ".join(profile_names())}))
    with find_resource("resources", "imports", f"{name}.toml").open("rb") as file:
        return profile_of(name, tomllib.load(file))


def profile_of(name: str, data: Mapping[str, Any]) -> Profile:
    """The profile that the data describes."""
    return Profile(
        name=name,
        command=data["command"],
        encoding=data.get("encoding", "utf-8-sig"),
        zone=ZoneInfo(data["zone"]),
        file=data["file"],
        key=data["key"],
        fields=_fields(data["fields"]),
        joins=_joins(data),
        parts={
            field: Part(part["file"], part["by"], part["sort"], _fields(part["fields"]), _joins(part))
            for field, part in data.get("parts", {}).items()
        },
        steps=tuple(Mark(step, column) for step, column in data.get("steps", {}).items()),
    )


def _fields(data: Mapping[str, Any]) -> dict[str, Reading]:
    return {field: _reading(said) for field, said in data.items()}


def _reading(said: Any) -> Reading:
    if isinstance(said, str):
        return Reading(said)
    if "value" in said:
        return Reading(as_="given", value=said["value"])
    return Reading(said["column"], said.get("as", "text"), said.get("codes"))


def _joins(data: Mapping[str, Any]) -> dict[str, Join]:
    return {name: Join(join["file"], join["on"], join["by"]) for name, join in data.get("joins", {}).items()}
